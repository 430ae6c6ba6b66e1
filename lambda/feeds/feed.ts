import type { Attachment, Image, Instant, Person } from "../articles/article.ts";
import type { Tombstone } from "../channels/carried.ts";
import type { Translation } from "../channels/catalog-entry.ts";

/** An article's place in a feed, in no format's words. Every text is plain and clean of what XML cannot hold, but `html`. */
export type Entry = {
  /** As given or made: what RSS writes as guid. */
  readonly id: string;
  /** The same id as an absolute URI, invariant under `new URL(uri).toString()`: what Atom and JSON Feed write. */
  readonly uri: string;
  /** Absent: the entry has no page, and no format may show a link. */
  readonly url?: string;
  readonly title: string;
  readonly summary: string;
  /** Safe, absolute HTML. Absent: the feed shows summaries, or this body is too long for it. */
  readonly html?: string;
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
  /** A page where readers talk about it. */
  readonly comments?: string;
  /** Where it was taken from or first appeared. */
  readonly via?: { readonly url: string; readonly title?: string };
  /** A licence of its own; else the feed's holds. */
  readonly license?: string;
};

export type Format = "rss" | "atom" | "json";

/** One document of a feed, whole: what a renderer needs and all it may use. Urls are absolute. */
export type FeedDocument = {
  readonly kind: "window" | "archive";
  /** The document's folder under feedUrl, without slashes at its ends: "all", "section/world", "all/archive/2026-10". */
  readonly path: string;
  /** The formats in which this feed exists, each with the absolute url of this document in it. */
  readonly urls: Readonly<Partial<Record<Format, string>>>;
  /** An absolute URI for the whole feed, the same in its window and archives (RFC 4287, 4.2.6). */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The newsroom's own site: what a reader opens for "the site". */
  readonly site: string;
  /** The page of this feed, for people. */
  readonly page?: string;
  /** Absent where entries have several languages. */
  readonly language?: string;
  readonly updated: Instant;
  readonly author: Person;
  readonly image?: string;
  readonly icon?: string;
  readonly copyright?: string;
  /** Url of a licence. */
  readonly license?: string;
  /** WebSub hub. */
  readonly hub?: string;
  /** The same channel in one language each. */
  readonly alternates: readonly { readonly language: string; readonly urls: Readonly<Partial<Record<Format, string>>> }[];
  /** RFC 5005, in each format: the window of this feed (of an archive), the part before (older) and after (newer) this document. */
  readonly current?: Readonly<Partial<Record<Format, string>>>;
  readonly previous?: Readonly<Partial<Record<Format, string>>>;
  readonly next?: Readonly<Partial<Record<Format, string>>>;
  /** What is gone, or is a notice now, as long as that is told; latest first. Only Atom can say it (RFC 6721). */
  readonly tombstones: readonly Tombstone[];
  /** Newest first. */
  readonly entries: readonly Entry[];
};
