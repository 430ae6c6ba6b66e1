import type { Key } from "../stores/store.ts";
import { type Article, MEDIA } from "./article.ts";
import { mediaTypeOfName } from "./media-type.ts";

/** A file that an article refers to: a key of the content folder, in NFC. */
export type MediaReference = {
  readonly key: Key;
  /** Written with a leading "/": where it is not in the content it is an address on the site, and nothing is missing. */
  readonly rooted: boolean;
  /** The address it has if it is not in the content; an empty one where there is none. */
  readonly otherwise: string;
};

/**
 * A mark is `wireroom-media:`, "/" if rooted, the encoded key, ";" and the other address; none of them holds a quote, space or
 * comma. It is the whole of an address, or one of a `srcset`.
 */
const mark = /(?<=^|="|, )wireroom-media:(\/?)([^;,"\s]*);([^,"\s]*)/g;

export function markOf({ key, rooted, otherwise }: MediaReference): string {
  return `${MEDIA}${rooted ? "/" : ""}${encodeURIComponent(key)};${otherwise.replaceAll(",", "%2C")}`;
}

/**
 * The key that an address in an article means: relative to the article's folder, or to the content folder where it begins with "/".
 * Undefined for an address elsewhere, for one that leaves the content folder, and for what is no picture, sound or film.
 */
export function referenceOf(written: string, article: Key, otherwise: string): MediaReference | undefined {
  const path = /^[^?#]*/.exec(written.trim())?.[0] ?? "";
  if (path === "" || path.startsWith("//") || /^[a-z][a-z0-9+.-]*:/i.test(path) || mediaTypeOfName(path) === undefined) return undefined;
  const rooted = path.startsWith("/");
  const segments = rooted ? [] : article.split("/").slice(0, -1);
  for (const segment of (decoded(path) ?? "").split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const key = segments.join("/").normalize("NFC");
  return key === "" || key.includes("\0") ? undefined : { key, rooted, otherwise };
}

/** Every file that an article refers to, each once, ordered by key. */
export function referencesOf(article: Pick<Article, "html" | "image" | "attachments">): readonly MediaReference[] {
  const texts = [article.html, article.image?.url ?? "", ...article.attachments.map(({ url }) => url)];
  const found = new Map<Key, MediaReference>();
  for (const text of texts) for (const reference of marksIn(text)) found.set(`${reference.rooted} ${reference.key}`, reference);
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : Number(a.rooted) - Number(b.rooted)));
}

function marksIn(text: string): readonly MediaReference[] {
  if (!text.includes(MEDIA)) return [];
  return [...text.matchAll(mark)].flatMap(([, slash, key = "", otherwise = ""]) => {
    const name = decoded(key);
    return name === undefined ? [] : [{ key: name, rooted: slash === "/", otherwise }];
  });
}

/** The text with an address in every mark's place. What only looks like a mark (somebody wrote about it) stays as it is. */
export function withMedia(text: string, addressOf: (reference: MediaReference) => string): string {
  if (!text.includes(MEDIA)) return text;
  return text.replace(mark, (whole: string, slash: string, key: string, otherwise: string) => {
    const name = decoded(key);
    return name === undefined ? whole : addressOf({ key: name, rooted: slash === "/", otherwise });
  });
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
