import type { FormatName } from "../../../channels/site/site.ts";
import type { NotTaken } from "../../../reports/imported.ts";
import type { RunEvent } from "../../../run/ports.ts";

/** Hears how far an import is. */
export type TellProgress = (event: RunEvent) => void;

/** One article of a source, as the source has it. Addresses are absolute where the source allows it. */
export type ImportedArticle = {
  /** Where the source has it, for messages: "item 12 of https://…", "post 345". */
  readonly where: string;
  /** Pages are not in the old feeds. */
  readonly kind: "post" | "page";
  /** "scheduled": its date is in the future. "private": readers never had it, or not as it is. */
  readonly state: "published" | "scheduled" | "draft" | "private";
  /** What readers know it by; absent if the source names nothing. */
  readonly id?: string;
  /** Readers do not know it as an entry of its own: it had the id of another one. */
  readonly isNew?: true;
  readonly url?: string;
  readonly slug?: string;
  readonly title?: string;
  /** As front matter takes them: a moment in UTC or a day. */
  readonly published?: string;
  readonly updated?: string;
  readonly authors: readonly ImportedPerson[];
  readonly section?: string;
  readonly tags: readonly string[];
  readonly summary?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly image?: { readonly url: string; readonly alt?: string };
  readonly attachments: readonly ImportedAttachment[];
  /** The page where readers discuss it. */
  readonly comments?: string;
  readonly license?: string;
  /** HTML, as written. */
  readonly html: string;
};

export type ImportedPerson = { readonly name: string; readonly url?: string };
export type ImportedAttachment = {
  readonly url: string;
  readonly type?: string;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly title?: string;
};

/** An address at which readers subscribe today. */
export type OldFeed = { readonly url: string; readonly format: FormatName };

/** What the source says of the site. */
export type ImportedSite = {
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly language?: string;
  readonly timezone?: string;
  readonly copyright?: string;
  readonly license?: string;
  readonly hub?: string;
  readonly image?: string;
  readonly icon?: string;
  readonly author?: ImportedPerson;
  /** Where its feeds are, as far as that is known; the one that was read comes first. */
  readonly feeds: readonly OldFeed[];
};

/** A source that was read once from end to end: `articles` reads it again, in the order of `heads`. */
export type ImportSource = {
  readonly kind: "feed" | "wordpress" | "ghost";
  /** The format in which readers know the ids. */
  readonly format: FormatName;
  readonly site: ImportedSite;
  /** Every article without its body. */
  readonly heads: readonly ImportedHead[];
  readonly articles: () => AsyncIterable<ImportedArticle> | Iterable<ImportedArticle>;
  readonly notTaken: readonly NotTaken[];
};

export type ImportedHead = Omit<ImportedArticle, "html">;
