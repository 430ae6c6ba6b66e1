import type { PartnerAccess } from "./partner-access.ts";
import type { Where } from "./site.ts";

/** The dialects that partners read; `partners/profiles` describes each. */
export const profileNames = [
  "generic",
  "google-news",
  "google-licensed",
  "dzen",
  "msn",
  "yandex",
  "smartnews",
  "flipboard",
  "ninjs",
  "newsml-g2",
  "yahoo",
  "rambler",
  "mailru",
  "line",
  "goo",
] as const;

export type ProfileName = (typeof profileNames)[number];

/** What a partner's copies say of their origin. Each is allowed or refused by the profile. */
export type Attribution = {
  /** A closing line of text, with a link to the article. */
  readonly line?: string;
  readonly canonical: boolean;
  /** Asks the partner to keep its copy out of search engines. */
  readonly noindex: boolean;
  /** The address of a picture that counts readers. */
  readonly pixel?: string;
  /** Parameters for links to the article: `utm_source: partner`. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** One entry of `partners` in site.yaml, with its defaults. */
export type PartnerRule = {
  /** Its folder under `partners/`: letters, digits and hyphens. */
  readonly name: string;
  readonly profile: ProfileName;
  readonly access: PartnerAccess;
  readonly title?: string;
  /** The channel whose articles it gets; else `where`. */
  readonly channel?: string;
  readonly where: Where;
  readonly except: Where;
  /** Milliseconds between an article's publication and its release to this partner. */
  readonly delay: number;
  /** The window, where the partner wants less than its profile allows. */
  readonly hours?: number;
  readonly limit?: number;
  readonly content: "full" | "summary" | { readonly paragraphs: number };
  readonly sponsored: boolean;
  /** Names of other wires whose articles it may have; "*" means every one. */
  readonly sources: readonly string[];
  readonly attribution: Attribution;
  readonly ids: "guid" | "url";
  /** It follows a log of changes, beside its files. */
  readonly changes: boolean;
  /** The profile's own settings, such as facts that are second-hand; the profile checks them. */
  readonly settings: Readonly<Record<string, unknown>>;
};
