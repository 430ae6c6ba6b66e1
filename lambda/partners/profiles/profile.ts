import type { ProfileName } from "../../channels/site/partner-rule.ts";
import type { Remedy, RuleName } from "./rule-names.ts";

/**
 * Where a fact about a partner comes from: the section of the research that docs/partners/README.md names, the row, and how sure it is.
 * O: the partner's own page. S: a specification. T: tried. C: second-hand, from code or notes that quote the partner. K: not verified.
 * H: a choice of this house.
 */
export type FactSource = `${string} [${"O" | "S" | "T" | "C" | "K" | "H"}]`;

export type PartnerFact<Value> = { readonly is: Value; readonly source: FactSource };

/** How a partner learns that an article is withdrawn, beside the notice that replaces its text (partners.md, section 4). */
export type Deletion =
  /** Nothing but the notice, under the same id. */
  | "notice"
  /** `<media:status state="deleted"/>`. */
  | "media-status"
  /** `<media:status>deleted</media:status>`; `active` in all other items. */
  | "media-status-text"
  /** `mi:expirationDate` and `dcterms:valid` in the past. */
  | "expiration"
  /** `<licensed_news:deleted>yes</licensed_news:deleted>`. */
  | "licensed-deleted"
  /** `<oa:pubStatus>0</oa:pubStatus>`; 2 in all other items. */
  | "pub-status"
  /** The element that the setting `deletedElement` names, with `deletedText` in it. */
  | "element"
  /** The item leaves the file at once. */
  | "remove";

/** What a partner demands of a file and its items. Zero, an empty text and an empty list mean: no such demand. */
export type Demands = {
  readonly contentType: string;
  /** Prefix to address. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Bytes of the whole file. */
  readonly fileBytes: number;
  /** The window: items that are not withdrawn. */
  readonly entries: number;
  readonly leastEntries: number;
  readonly hours: number;
  /** The shortest window, in hours. */
  readonly leastHours: number;
  /** So many days stay in files of their own, a file for each day, as text alone. */
  readonly archiveDays: number;
  /** How long a withdrawal stays in the file. */
  readonly retainDays: number;
  readonly pollSeconds: number;
  readonly access: readonly string[];

  readonly oneLanguage: boolean;
  /** How a BCP 47 tag is written: as it is, as `en-us`, or without its script. */
  readonly languageTags: "bcp47" | "lower" | "iso";
  readonly channelDescriptionMax: number;
  readonly channelPubDate: boolean;
  /** A file without a language, because its articles have several, is refused. */
  readonly channelLanguage: boolean;
  /** The partner shows a logo of the newsroom. */
  readonly channelLogo: boolean;
  readonly selfLink: boolean;
  readonly hub: boolean;
  /** Links the licence for machines, which a contract usually replaces. */
  readonly machineLicense: boolean;
  /** Minutes. */
  readonly ttl: number;

  /** Graphemes. */
  readonly titleMin: number;
  readonly titleMax: number;
  /** A longer title goes in whole, with a short one of so many graphemes beside it. */
  readonly shortTitle: number;
  readonly shortTitleElement: string;
  readonly descriptionMin: number;
  readonly descriptionMax: number;

  readonly bodyElement: string;
  readonly bodyFormat: "html" | "text";
  readonly bodyRequired: boolean;
  readonly bodyMinCharacters: number;
  readonly bodyMinWords: number;
  readonly bodyBytes: number;
  /** Elements that the partner takes; empty: all that a feed may have. */
  readonly bodyTags: readonly string[];
  /** Elements that get another name; `br: p` begins a new paragraph. */
  readonly renameTags: Readonly<Record<string, string>>;
  readonly bodyImages: boolean;
  /** Pixels; counts where the body states a picture's size. */
  readonly bodyImageMinWidth: number;
  readonly bodyImageMinHeight: number;
  /** Media types of pictures in the body, where their names tell. */
  readonly bodyImageTypes: readonly string[];
  /** Only pictures of the newsroom's own hosts. */
  readonly ownImages: boolean;
  readonly bodyVideos: "any" | "mp4" | "none";
  readonly bodyVideoMinWidth: number;
  readonly bodyVideoMinHeight: number;
  /** More links than this are taken off, from the end. */
  readonly bodyLinks: number;
  /** A no-break space becomes a space. */
  readonly plainSpaces: boolean;

  readonly imageElements: readonly string[];
  readonly imageMinWidth: number;
  readonly imageMinHeight: number;
  readonly imageShortSide: number;
  readonly imageAdvisedWidth: number;
  readonly imageBytes: number;
  /** Width by height. */
  readonly imageMinRatio: number;
  readonly imageMaxRatio: number;
  readonly imageTypes: readonly string[];
  /** Says beside each picture that it may be shown (MSN). */
  readonly syndicationFlag: boolean;

  readonly dates: "rfc822" | "iso8601";
  readonly rejectFuture: boolean;
  readonly oldestDays: number;
  /** The element with the time of the last change; empty: none. */
  readonly updatedElement: string;
  readonly updatedDates: "rfc822" | "iso8601";
  readonly creatorElement: string;

  readonly linkRequired: boolean;
  /** Parameters such as `utm_source` are taken off. */
  readonly plainLinks: boolean;
  readonly linkQuery: boolean;
  /** Of pages, and of the file itself. */
  readonly asciiHost: boolean;
  readonly httpsLinks: boolean;
  /** The file itself has an https address. */
  readonly httpsFile: boolean;
  readonly sameHost: boolean;

  /** Which parts of `attribution` the partner takes. */
  readonly attribution: readonly ("line" | "canonical" | "noindex" | "pixel" | "parameters")[];
  /** The category that asks for no index; empty: an XHTML `meta` does. */
  readonly noindexCategory: string;
  /** The element that holds the pixel; empty: it stands at the end of the body. */
  readonly pixelElement: string;
  readonly sponsored: boolean;

  readonly deletion: Deletion;
  readonly deletedElement: string;
  readonly deletedText: string;
  /** Elements with a fixed text in every item. */
  readonly itemElements: Readonly<Record<string, string>>;
  readonly channelElements: Readonly<Record<string, string>>;
};

export type DemandName = keyof Demands;
export type PartnerFacts = { readonly [Name in DemandName]: PartnerFact<Demands[Name]> };

/** A setting that only one dialect knows, with its default. */
export type OwnSetting = PartnerFact<string | number | boolean | readonly string[] | Readonly<Record<string, string>>> & {
  readonly choices?: readonly string[];
};

/** What Wireroom knows about a partner, as data. */
export type Profile = {
  readonly name: ProfileName;
  readonly title: string;
  /** The name of the file under `partners/<name>/`. */
  readonly file: string;
  /** What this profile states; all else is as in `generic`. */
  readonly facts: Partial<PartnerFacts>;
  readonly own: Readonly<Record<string, OwnSetting>>;
  /** What becomes of a violation, where it is not the default of the rule (rule-names.ts). */
  readonly remedies: Readonly<Partial<Record<RuleName, PartnerFact<Remedy>>>>;
  /** Every demand is a setting, not only those that are second-hand. */
  readonly open: boolean;
};

export function fact<Value>(is: Value, source: FactSource): PartnerFact<Value> {
  return { is, source };
}
