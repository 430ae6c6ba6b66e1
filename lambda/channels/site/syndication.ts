import * as z from "zod"; // the named import carries the messages of every language
import { omitUndefined } from "../../articles/model/json-value.ts";
import { text } from "./site-values.ts";

/** Whether pictures go to partners: "credited" lets those travel that name whom to credit. */
export type ImageDefault = "allow" | "credited" | "deny";

/** What holds for articles and pictures of one source that say nothing themselves. */
export type SourceRights = {
  readonly articles: "allow" | "deny";
  readonly images: ImageDefault;
  readonly usageTerms?: string;
};

/** The site's defaults: for its own articles, and by source (folded), for those of other wires. */
export type SyndicationRights = SourceRights & { readonly sources: Readonly<Record<string, SourceRights>> };

const ofSource = { syndication: z.enum(["allow", "deny"]).optional(), images: z.enum(["allow", "credited", "deny"]).optional() };

/** The keys of `rights` that are about partners. */
export const syndicationKeys = {
  ...ofSource,
  usageTerms: text.optional(),
  sources: z.record(text, z.strictObject({ ...ofSource, usageTerms: text.optional() })).optional(),
};

type Written = {
  readonly syndication?: "allow" | "deny" | undefined;
  readonly images?: ImageDefault | undefined;
  readonly usageTerms?: string | undefined;
  readonly sources?: Readonly<Record<string, Omit<Written, "sources">>> | undefined;
};

export function syndicationOf(written: Written = {}): SyndicationRights {
  const sources = Object.entries(written.sources ?? {}).map(([name, rights]) => [sourceName(name), rightsOf(rights, "credited")] as const);
  return { ...rightsOf(written, "allow"), sources: Object.fromEntries(sources) };
}

function rightsOf({ syndication = "allow", images, usageTerms }: Written, otherwise: ImageDefault): SourceRights {
  return { articles: syndication, images: images ?? otherwise, ...omitUndefined({ usageTerms }) };
}

/** What holds for a source; other wires' pictures need a credit unless site.yaml says otherwise. */
export function rightsFor(source: string | undefined, { sources, ...own }: SyndicationRights): SourceRights {
  if (source === undefined) return own;
  const name = sourceName(source);
  return Object.hasOwn(sources, name) ? (sources[name] ?? own) : { articles: "allow", images: "credited" };
}

/** The name of a wire as it is compared. */
export function sourceName(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}
