import type { Key } from "../../stores/store.ts";

/** A moment in UTC with milliseconds, `2026-11-23T09:00:00.000Z`: sorts and compares as text (years 0001 to 9999). */
export type Instant = string;

/** A date as written: a moment, or a day (`2026-11-23`) in an IANA time zone, without an hour. */
export type WrittenDate =
  | { readonly kind: "instant"; readonly at: Instant }
  | { readonly kind: "day"; readonly day: string; readonly zone: string };

/**
 * A finding about an article. Notice: the article is published, repaired if needed. Problem: a new article stays out, a published one stays
 * as it was.
 */
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

/** `fediverse`: an account, `@ann@social.example`, which only pages name. */
export type Person = { readonly name: string; readonly email?: string; readonly url?: string; readonly fediverse?: string };

/** A picture; its size in bytes and pixels if known. */
export type Image = {
  readonly url: string;
  readonly type?: string;
  readonly alt?: string;
  readonly bytes?: number;
  readonly width?: number;
  readonly height?: number;
};

/** A file to play or download: `type` is a media type, `bytes` a length, `seconds` a duration. */
export type Attachment = {
  readonly url: string;
  readonly type: string;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly title?: string;
};

/** Who may have copies: everybody whom nothing else keeps out, nobody, or the partners of these names, in lower case. */
export type Syndication = "allow" | "deny" | readonly string[];

/** What a picture's owner asks. `source`: the wire that it comes from, if not the article's. */
export type MediaRights = {
  readonly credit?: string;
  readonly license?: string;
  readonly usageTerms?: string;
  readonly source?: string;
  readonly syndication?: Syndication;
};

/** What the article says about copies of it. */
export type ArticleRights = {
  readonly syndication?: Syndication;
  /** The wire that it comes from; absent: it is the newsroom's own. */
  readonly source?: string;
  readonly sponsored?: true;
  readonly credit?: string;
  readonly usageTerms?: string;
  /** By the address of a picture, as in the article. */
  readonly media?: Readonly<Record<string, MediaRights>>;
};

/** One article as its file states it, sanitised. A fact that the file neither states nor implies is absent. */
export type Article = {
  readonly key: Key;
  /** Plain text, one line. */
  readonly title: string;
  /**
   * The body, safe to show anywhere: sanitised HTML with absolute addresses. If the article names no url, only the catalog knows it, so a
   * mark stands for each address relative to it (relative-mark.ts).
   */
  readonly html: string;
  /** Plain text, one paragraph; empty only if the body has no words. */
  readonly summary: string;
  /** Absent: dated by the first run that sees the article. */
  readonly published?: WrittenDate;
  readonly updated?: WrittenDate;
  readonly embargo?: WrittenDate;
  readonly expires?: WrittenDate;
  /** BCP 47; the site's language if nothing better is known. */
  readonly language: string;
  readonly authors: readonly Person[];
  readonly section?: string;
  readonly tags: readonly string[];
  /** The last segment of the url, `[a-z0-9-]+` or letters of the title's own script; the ledger keeps the first one. */
  readonly slug: string;
  /** The article states the slug that would be made of its title or name. Absent: it states none, or another one. */
  readonly ownSlug?: true;
  /** The address that the article states, absolute. */
  readonly url?: string;
  /** The id that the article states, unchanged. */
  readonly id?: string;
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /**
   * Ties the languages of one story together: the id or key of the article that this one translates, or any word that all versions share.
   */
  readonly translationOf?: string;
  /** A page where readers discuss the article, absolute. */
  readonly comments?: string;
  /** Where the article came from or first appeared; `url` is absolute. */
  readonly via?: { readonly url: string; readonly title?: string };
  /** The absolute address of the article's own licence. */
  readonly license?: string;
  readonly rights?: ArticleRights;
  /** Tells readers what was corrected. */
  readonly correction?: string;
  /** Withdrawn after publication; the reason is shown to readers. */
  readonly canceled?: { readonly reason?: string };
};

/** Stands for the article's own address in its html until the catalog knows it. Not an allowed protocol, so no author can write it. */
export const SELF = "wireroom-self:";

/**
 * The prefix of a mark for a file that may be in the content folder (links/media-mark.ts); used in html, lead image and attachments.
 * Only the catalog knows whether the file exists and under which name it is published.
 */
export const MEDIA = "wireroom-media:";

/** The prefix of a mark for a link to another article (links/article-link.ts), whose address only the catalog knows. */
export const ARTICLE = "wireroom-article:";

/** The outcome of one source. */
export type Parsed =
  /** `idLine`: the line that states its id. */
  | { readonly kind: "article"; readonly article: Article; readonly findings: readonly Finding[]; readonly idLine?: number }
  | { readonly kind: "withheld"; readonly key: Key; readonly reason: "draft"; readonly findings: readonly Finding[] }
  /** Not an article: a folder's index page. Counted in the report. */
  | { readonly kind: "passed-over"; readonly key: Key; readonly reason: string }
  /** At least one finding is a problem. */
  | { readonly kind: "quarantined"; readonly key: Key; readonly findings: readonly Finding[] };

/** What parsing needs to know about the newsroom; the site (channels/site.ts) provides it. */
export type Newsroom = {
  /** Where articles live: absolute, ends with "/". Relative links resolve against it. */
  readonly url: string;
  /** BCP 47; for articles whose language is unknown. */
  readonly language: string;
  /** Languages that the detector may return and that a path segment may name; empty: nothing is detected. */
  readonly languages: readonly string[];
  /** IANA name, for dates without an offset. */
  readonly timezone: string;
  /** Globs over keys (relative to the content): `articles` selects sources, `ignore` excludes some of them. */
  readonly articles: readonly string[];
  readonly ignore: readonly string[];
  /** Bytes. */
  readonly limits: { readonly article: number };
  /** The newsroom's own names of front matter's fields, by fact (front-matter/fields/field-names.ts), folded; they precede ours. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  readonly people?: People;
};

/**
 * Who the authors' ids stand for, and the place in the content that says so, as site.yaml names it. `glob`: of the files of a folder, which are
 * no articles; absent for a single file.
 */
export type People = { readonly file: string; readonly glob?: string; readonly byId: Readonly<Record<string, Person>> };
