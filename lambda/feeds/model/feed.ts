import type { Attachment, Image, Instant, Person } from "../../articles/model/article.ts";
import type { Translation } from "../../channels/catalog/catalog-entry.ts";
import type { Tombstone } from "../../channels/select/carry-over.ts";

/**
 * An article's place in a feed, independent of any format. Every text except `html` is plain and without characters that XML
 * cannot hold.
 */
export type Entry = {
  /** The id as given or made; RSS writes it as guid. */
  readonly id: string;
  /** The same id as an absolute URI that `new URL(uri).toString()` does not change; Atom and JSON Feed write it. */
  readonly uri: string;
  /** Absent: the entry has no page, and no format may show a link. */
  readonly url?: string;
  readonly title: string;
  readonly summary: string;
  /** Safe HTML with absolute addresses. Absent: the feed shows only summaries, or this body is too long for it. */
  readonly html?: string;
  /** The same body as Markdown, if site.yaml asks for it and the article was written in it. */
  readonly markdown?: string;
  readonly published: Instant;
  readonly updated: Instant;
  /** BCP 47. */
  readonly language: string;
  readonly authors: readonly Person[];
  readonly section?: string;
  readonly tags: readonly string[];
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /** The same story in other languages, each with its page. */
  readonly translations?: readonly Translation[];
  /** A page where readers discuss the story. */
  readonly comments?: string;
  /** The page where the story first appeared. */
  readonly via?: { readonly url: string; readonly title?: string };
  /** The entry's own licence; without one, the licence of the feed applies. */
  readonly license?: string;
};

/** The terms of a licence for machines, in the words of RSL 1.0. */
export type MachineTerms = {
  readonly permits: readonly string[];
  readonly prohibits: readonly string[];
  readonly payment: string;
};

export type Format = "rss" | "atom" | "json";

/** One whole document of a feed: everything that a renderer needs and may use. URLs are absolute. */
export type FeedDocument = {
  readonly kind: "window" | "archive";
  /** The folder of the document under feedUrl, without slashes at its ends: "all", "section/world", "all/archive/2026-10". */
  readonly path: string;
  /** The formats in which this feed exists, each with the absolute url of this document. */
  readonly urls: Readonly<Partial<Record<Format, string>>>;
  /** An absolute URI for the whole feed, the same in its window and in its archives (RFC 4287, 4.2.6). */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The newsroom's own site, which readers open from the feed. */
  readonly site: string;
  /** The page of this feed for people. */
  readonly page?: string;
  /** Absent if the entries have several languages. */
  readonly language?: string;
  readonly updated: Instant;
  readonly author: Person;
  readonly image?: string;
  readonly icon?: string;
  readonly copyright?: string;
  /** Url of a licence. */
  readonly license?: string;
  /** Entries may have Markdown. */
  readonly markdown?: true;
  /** For machines, with each item of RSS. */
  readonly terms?: MachineTerms;
  /** Url of the licence for machines (RSL 1.0). */
  readonly rsl?: string;
  /** WebSub hub. */
  readonly hub?: string;
  /** The same channel in single languages. */
  readonly alternates: readonly { readonly language: string; readonly urls: Readonly<Partial<Record<Format, string>>> }[];
  /**
   * RFC 5005, for each format: the current window of this feed (in an archive), and the documents before (older) and after
   * (newer) this one.
   */
  readonly current?: Readonly<Partial<Record<Format, string>>>;
  readonly previous?: Readonly<Partial<Record<Format, string>>>;
  readonly next?: Readonly<Partial<Record<Format, string>>>;
  /**
   * Entries that are gone or replaced by a notice, for as long as feeds announce them; latest first. Only Atom can express them
   * (RFC 6721).
   */
  readonly tombstones: readonly Tombstone[];
  /** Newest first. */
  readonly entries: readonly Entry[];
};
