import type { Key } from "../../stores/store.ts";
import { type Article, MEDIA } from "../model/article.ts";
import { mediaTypeOfName } from "./media-type.ts";

/** A file that an article refers to: a key of the content folder, in NFC. */
export type MediaReference = {
  readonly key: Key;
  /** Written with a leading "/": if it is not in the content, it is an address on the site and nothing is missing. */
  readonly rooted: boolean;
  /** Its address if it is not in the content; empty if it has none. */
  readonly otherwise: string;
};

/**
 * A mark is `wireroom-media:`, "/" if rooted, the key, ";" and the other address, both percent-encoded down to letters, digits and `-._~%`,
 * so no character of a name can end it and HTML escapes none. A mark is a whole address, or one address of a `srcset`.
 */
const mark = /(?<=^|, )wireroom-media:(\/?)([\w.~%-]*);([\w.~%-]*)(?=$|, | )/g;

export function mediaMark({ key, rooted, otherwise }: MediaReference): string {
  return `${MEDIA}${rooted ? "/" : ""}${encoded(key)};${encoded(otherwise.replaceAll(",", "%2C"))}`;
}

/** `encodeURIComponent` leaves these, and HTML attributes escape the first one. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/['!()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The key that an address in an article means: relative to the article's folder, or to the content folder if it begins with "/". Undefined
 * for an address elsewhere or outside the content folder, and for anything but a picture, sound or video.
 */
export function mediaReferenceOf(written: string, article: Key, otherwise: string): MediaReference | undefined {
  const path = /^[^?#]*/.exec(written.trim())?.[0] ?? "";
  const key = mediaTypeOfName(path) === undefined ? undefined : keyMeant(path, article);
  return key === undefined ? undefined : { key, rooted: path.startsWith("/"), otherwise };
}

/**
 * The key, in NFC, that a path means: relative to the article's folder, or to the content folder if it begins with "/". Undefined for an
 * address elsewhere or outside the content folder.
 */
export function keyMeant(path: string, article: Key): Key | undefined {
  if (path === "" || path.startsWith("//") || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  const rooted = path.startsWith("/");
  const segments = rooted ? [] : article.split("/").slice(0, -1);
  for (const segment of (decoded(path) ?? "").split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const key = segments.join("/").normalize("NFC");
  return key === "" || key.includes("\0") || !key.isWellFormed() ? undefined : key;
}

/** Every file that an article refers to, each once, ordered by key. */
export function referencesOf(article: Pick<Article, "html" | "image" | "attachments">): readonly MediaReference[] {
  const found = new Map<Key, MediaReference>();
  const note = (reference: MediaReference): string => {
    found.set(`${reference.rooted} ${reference.key}`, reference);
    return "";
  };
  withMedia(article.html, note);
  for (const { url } of [...(article.image === undefined ? [] : [article.image]), ...article.attachments]) placedAt(url, note);
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : Number(a.rooted) - Number(b.rooted)));
}

/** A tag that holds a mark: in safe HTML, neither text nor attribute values hold "<" or ">" (serialize.ts). */
const MARKED_TAG = /<[a-z][^<>]*wireroom-media:[^<>]*>/g;
const ADDRESS = /(?<= (?:src|srcset|href|poster)=")wireroom-media:[^"]*|(?<= srcset=")[^"]*/g;

/** Replaces every mark in safe HTML by an address, written as an attribute value. Text that looks like a mark stays. */
export function withMedia(html: string, addressOf: (reference: MediaReference) => string): string {
  if (!html.includes(MEDIA)) return html;
  return html.replace(MARKED_TAG, (tag) => tag.replace(ADDRESS, (address) => placedAt(address, addressOf)));
}

/** A single address; if it is a mark, its replacement. */
export function placedAt(address: string, addressOf: (reference: MediaReference) => string): string {
  if (!address.includes(MEDIA)) return address;
  return address.replace(mark, (whole: string, slash: string, key: string, otherwise: string) => {
    const [name, elsewhere] = [decoded(key), decoded(otherwise)];
    return name === undefined || elsewhere === undefined ? whole : addressOf({ key: name, rooted: slash === "/", otherwise: elsewhere });
  });
}

/** The file that a single address means; undefined if it is not a mark. */
export function referenceAt(address: string): MediaReference | undefined {
  return referencesOf({ html: "", attachments: [{ url: address, type: "" }] })[0];
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
