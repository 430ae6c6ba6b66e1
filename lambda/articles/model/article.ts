import type { Key } from "../../stores/store.ts";

/** A moment in UTC with milliseconds, `2026-11-23T09:00:00.000Z`: sorts and compares as text (years 0001 to 9999). */
export type Instant = string;

/** A date as somebody wrote it: a moment, or a day (`2026-11-23`) of an IANA time zone that has no hour yet. */
export type WrittenDate =
  | { readonly kind: "instant"; readonly at: Instant }
  | { readonly kind: "day"; readonly day: string; readonly zone: string };

/** Something to tell about an article. A notice: published, mended. A problem: a new article stays out, a published one as it was. */
export type Finding = {
  readonly kind: "notice" | "problem";
  /** A short stable name, such as "date-invalid". */
  readonly code: string;
  readonly key: Key;
  /** Counted from 1 in the file. */
  readonly line?: number;
  /** What was found: one sentence with a full stop. */
  readonly message: string;
  /** What would be right: one sentence with a full stop. */
  readonly hint?: string;
};

export type Person = { readonly name: string; readonly email?: string; readonly url?: string };

/** A picture; size in bytes and pixels where they are known. */
export type Image = {
  readonly url: string;
  readonly type?: string;
  readonly alt?: string;
  readonly bytes?: number;
  readonly width?: number;
  readonly height?: number;
};

/** A file to play or download: `type` a media type, `bytes` its length, `seconds` its duration. */
export type Attachment = {
  readonly url: string;
  readonly type: string;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly title?: string;
};

/** One article as its file says it, made safe; what the file does not say and cannot be worked out from it is absent. */
export type Article = {
  readonly key: Key;
  /** Plain text, one line. */
  readonly title: string;
  /**
   * The body, safe to show anywhere: sanitised HTML, every address absolute, but for those that are relative to an article which
   * names no url: its url is known only to the catalog, and a mark stands for it (relative-mark.ts).
   */
  readonly html: string;
  /** Plain text, one paragraph; may be empty only when the body has no words. */
  readonly summary: string;
  /** Absent: to be dated by first sight. */
  readonly published?: WrittenDate;
  readonly updated?: WrittenDate;
  readonly embargo?: WrittenDate;
  readonly expires?: WrittenDate;
  /** BCP 47; the site's own where nothing better is known. */
  readonly language: string;
  readonly authors: readonly Person[];
  readonly section?: string;
  readonly tags: readonly string[];
  /** A url's last segment, `[a-z0-9-]+` or letters of its own script; the ledger freezes the first one. */
  readonly slug: string;
  /** The address the article names itself, absolute. */
  readonly url?: string;
  /** The id the article names itself, to the letter. */
  readonly id?: string;
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /**
   * What ties the languages of one story together: the id or the key of the article that this one translates, or any word that all
   * of its versions name.
   */
  readonly translationOf?: string;
  /** A page where readers talk about it, absolute. */
  readonly comments?: string;
  /** Where it was taken from or first appeared; `url` absolute. */
  readonly via?: { readonly url: string; readonly title?: string };
  /** Absolute address of a licence of its own. */
  readonly license?: string;
  /** A note to readers on what was corrected. */
  readonly correction?: string;
  /** Withdrawn after publication; the reason is shown to readers. */
  readonly canceled?: { readonly reason?: string };
};

/** What stands for the article's own address in its html, until the catalog knows it. No allowed protocol, so nobody can write it. */
export const SELF = "wireroom-self:";

/**
 * What begins the mark of a file that may lie in the content folder (articles/media-mark.ts), in an article's html, lead image and
 * attachments: only the catalog knows whether it does, and under which name it is published.
 */
export const MEDIA = "wireroom-media:";

/** What became of one source. */
export type Parsed =
  /** `idLine`: where it names its id. */
  | { readonly kind: "article"; readonly article: Article; readonly findings: readonly Finding[]; readonly idLine?: number }
  | { readonly kind: "withheld"; readonly key: Key; readonly reason: "draft"; readonly findings: readonly Finding[] }
  /** No article at all: a folder's index page. Counted in the report. */
  | { readonly kind: "passed-over"; readonly key: Key; readonly reason: string }
  /** At least one of the findings is a problem. `id`, where the broken file still shows one. */
  | { readonly kind: "quarantined"; readonly key: Key; readonly findings: readonly Finding[] };

/** What parsing needs to know of the newsroom; the site (channels/site.ts) has all of it. */
export type Newsroom = {
  /** Where articles live, absolute, ends with "/": relative links resolve against it. */
  readonly url: string;
  /** BCP 47, of an article of which nothing better is known. */
  readonly language: string;
  /** What the detector may answer, and which path segments are languages; empty: nothing is detected. */
  readonly languages: readonly string[];
  /** IANA name, for dates without an offset. */
  readonly timezone: string;
  /** Globs over keys (relative to the content): which sources are articles, and which of those are not. */
  readonly articles: readonly string[];
  readonly ignore: readonly string[];
  /** Bytes. */
  readonly limits: { readonly article: number };
};
