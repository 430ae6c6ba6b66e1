import type { Key } from "../../stores/store.ts";
import { type Article, MEDIA } from "../model/article.ts";
import { mediaTypeOfName } from "./media-type.ts";

/** A file that an article refers to. */
export type MediaReference = {
  /**
   * In NFC: a key of the content. `posts/harvest//a.png` is written as `a.png` in posts/harvest.md: it may lie beside the article or in the
   * folder of its name (Hexo). `../img/a.png` is outside of the content.
   */
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
 * The file that an address in an article means: relative to the article's folder, or to the content folder if it begins with "/". Undefined
 * for an address elsewhere, and for anything but a picture, sound or video.
 */
export function mediaReferenceOf(written: string, article: Key, otherwise: string): MediaReference | undefined {
  const path = /^[^?#]*/.exec(written.trim())?.[0] ?? "";
  const meant = mediaTypeOfName(path) === undefined ? undefined : resolved(path, article);
  if (meant === undefined) return undefined;
  const { rooted, isOutside, key, below } = meant;
  if (isOutside) return { key: `../${key}`, rooted, otherwise };
  const own =
    rooted || below === undefined || INDEX.test(article)
      ? undefined
      : `${article.replace(/(?<=[^/])\.[^./]*$/, "").normalize("NFC")}//${below}`;
  return { key: own ?? key, rooted, otherwise };
}

/** The page of a folder: its pictures lie beside it. */
const INDEX = /(?:^|\/)index(?:\.[\w-]+)?\.[^./]+$/i;

/** The key as the article writes it: beside the article. */
export const plainKey = (key: Key): Key => key.replace(OWN_FOLDER, "$1$3");

/** The folder of the article, its name, and what it wrote. */
export const OWN_FOLDER = /^((?:[^/]+\/)*?)([^/]+)\/\/(.+)$/;

/**
 * The key, in NFC, that a path means: relative to the article's folder, or to the content folder if it begins with "/". Undefined for an
 * address elsewhere or outside the content folder.
 */
export function keyMeant(path: string, article: Key): Key | undefined {
  const meant = resolved(path, article);
  return meant === undefined || meant.isOutside ? undefined : meant.key;
}

/** `below`: the path itself, if it climbs nowhere. `isOutside`: it climbs out of the content; the key is what is left. */
type Resolved = { readonly key: Key; readonly rooted: boolean; readonly isOutside: boolean; readonly below?: Key };

function resolved(path: string, article: Key): Resolved | undefined {
  if (path === "" || path.startsWith("//") || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  const rooted = path.startsWith("/");
  const segments = rooted ? [] : article.split("/").slice(0, -1);
  const steps = (decoded(path) ?? "").split("/").filter((step) => step !== "" && step !== ".");
  let isOutside = false;
  for (const step of steps) {
    if (step !== "..") segments.push(step);
    else if (segments.pop() === undefined) isOutside = true;
  }
  const key = segments.join("/").normalize("NFC");
  if (key === "" || key.includes("\0") || !key.isWellFormed() || (isOutside && rooted)) return undefined;
  return { key, rooted, isOutside, ...(steps.includes("..") ? {} : { below: steps.join("/").normalize("NFC") }) };
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
