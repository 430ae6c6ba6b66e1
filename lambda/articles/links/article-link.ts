import type { Key } from "../../stores/store.ts";
import { escapeValue } from "../html/serialize.ts";
import { ARTICLE } from "../model/article.ts";
import { keyMeant } from "./media-mark.ts";
import { mediaTypeOfName } from "./media-type.ts";
import { plainParts } from "./plain-address.ts";

/**
 * Another article that a link leads to. `file`: by the key of its file, in NFC; `name`: as Hugo's `ref` and Jekyll's `post_url` name it, by
 * path, file name or both; `address`: by a path on the site, which may be that of an article or of anything else.
 */
export type ArticleReference = {
  readonly by: "file" | "name" | "address";
  readonly name: Key;
  /** The place in it, and a query: `#part`; empty if there is none. */
  readonly tail: string;
  /** The address of the link if there is no such article; empty if it has none. */
  readonly otherwise: string;
};

/** In an address, stands before the name of an article in a template tag: a character that no text holds. */
const NAMED = "\uFDD1";
const NAME_MARK = /(?:\uFDD1|%EF%B7%91)\/([\w.~%-]*)(.*)$/is;

/** The address of an article that a template tag names. */
export const addressOfNamed = (name: string): string => `${NAMED}/${encoded(name)}`;

/** Whether a template tag that names an article is in an address: then it is no address itself. */
export const namesArticle = (address: string): boolean => NAME_MARK.test(address);

/** The endings of files that may be articles. */
const FILE = /\.(?:md|markdown|mdown|mkd|mdx|mdoc|html?|xhtml|txt)$/i;

/**
 * The article that an address means; undefined if it is none. `@/` is Zola's sign for the content folder. `base`: an address on the site.
 */
export function articleReferenceOf(written: string, article: Key, otherwise: string, base: string): ArticleReference | undefined {
  const [whole, name = "", behind = ""] = NAME_MARK.exec(written.trim()) ?? [];
  if (whole !== undefined) {
    const [path = "", tail = ""] = split(decoded(name));
    return path === "" ? undefined : { by: "name", name: path.normalize("NFC"), tail: tail || tailOf(behind), otherwise: "" };
  }
  const [path, tail] = split(written.trim());
  const key = FILE.test(path) ? keyMeant(path.replace(/^@\//, "/"), article) : undefined;
  if (key !== undefined) return { by: "file", name: key, tail, otherwise };
  const place = pathOnSite(path, base);
  return place === undefined ? undefined : { by: "address", name: place, tail, otherwise };
}

/** The path of an address on the site that is no file to show; undefined for any other address, and for the site's first page. */
function pathOnSite(written: string, base: string): string | undefined {
  if (!/^(?:https?:\/)?\/[^/\\]/i.test(written) || mediaTypeOfName(written) !== undefined) return undefined;
  const [url, site] = [plainParts(written) ?? URL.parse(written, base), plainParts(base) ?? URL.parse(base)];
  const isOwn = url !== null && site !== null && withoutWww(url.host) === withoutWww(site.host);
  return isOwn && url.pathname !== "/" ? decoded(url.pathname).normalize("NFC") || undefined : undefined;
}

/**
 * Whether a plain address leads to another site, and to a page: then nothing about it changes, and it means no article. `own`: the parts
 * of the site's own address.
 */
export function leadsElsewhere(written: string, own: ReturnType<typeof plainParts>): boolean {
  const there = own === undefined ? undefined : plainParts(written);
  if (there === undefined || own === undefined || mediaTypeOfName(there.pathname) !== undefined) return false;
  return withoutWww(there.host) !== withoutWww(own.host);
}

const withoutWww = (host: string): string => (host.startsWith("www.") ? host.slice(4) : host);

function split(address: string): readonly [path: string, tail: string] {
  const at = address.search(/[?#]/);
  return at === -1 ? [address, ""] : [address.slice(0, at), address.slice(at)];
}

const tailOf = (text: string): string => /[?#].*$/s.exec(text)?.[0] ?? "";

/** A whole address: `wireroom-article:`, how it is named, its name, the tail and the other address, percent-encoded as in media marks. */
export function articleMark({ by, name, tail, otherwise }: ArticleReference): string {
  return `${ARTICLE}${by};${encoded(name)};${encoded(tail)};${encoded(otherwise)}`;
}

const MARKED_LINK = / href="wireroom-article:(file|name|address);([\w.~%-]*);([\w.~%-]*);([\w.~%-]*)"/g;
/** The tag of a link up to such a mark: in safe HTML, no attribute holds ">" (serialize.ts). */
const IN_LINK = /^<a(?: [^>]*)?$/;

/** Fills every mark in safe HTML; a link whose article has no address loses its own, and keeps its text. Text that looks like a mark stays. */
export function withArticles(html: string, addressOf: (reference: ArticleReference) => string): string {
  if (!html.includes(ARTICLE)) return html;
  let [seen, tag] = [0, 0];
  return html.replace(
    MARKED_LINK,
    (mark: string, by: ArticleReference["by"], name: string, tail: string, otherwise: string, at: number): string => {
      // The last tag before the mark; what was looked through for the mark before is not looked through again.
      const last = html.slice(seen, at).lastIndexOf("<");
      if (last !== -1) tag = seen + last;
      seen = at;
      if (!IN_LINK.test(html.slice(tag, at))) return mark;
      const address = addressOf({ by, name: decoded(name), tail: decoded(tail), otherwise: decoded(otherwise) });
      return address === "" ? "" : ` href="${escapeValue(address)}"`;
    },
  );
}

/** Tells one reference from another. */
export const articleName = ({ by, name }: Pick<ArticleReference, "by" | "name">): string => `${by} ${name}`;

/** The address of an article with the place that a link names in it. */
export const addressWithin = (url: string, tail: string): string => (tail === "" ? url : (URL.parse(tail, url)?.href ?? url));

/** As in media marks: no character of a name can end a mark, and HTML escapes none. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/['!()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
