import { type MediaReference, OWN_FOLDER, plainKey, referenceAt } from "../../articles/links/media-mark.ts";
import { endingOf } from "../../articles/links/media-type.ts";
import type { Article, Attachment, Finding, Image } from "../../articles/model/article.ts";
import type { Key, Listed, Version } from "../../stores/store.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";

/** A picture, audio or video file of the content folder, measured. */
export type Medium = {
  readonly key: Key;
  /** As listed when it was measured; "" if the listing could not confirm it. */
  readonly version: Version;
  /** The version that was read. */
  readonly seen: Version;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly type: string;
  /** Bytes; for a picture, pixels too. */
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  /** What the file is, if it is not a medium; it is not published then. */
  readonly unfit?: string;
  /** The version of the measuring code; a file measured by another version is read again. */
  readonly way?: number;
};

/** By the key that articles write, in NFC. */
export type Media = ReadonlyMap<Key, Medium>;

/**
 * The key under which a medium is published: from the hash of its bytes, so that it never changes and may be cached for ever. A
 * JPEG named .png ends in .jpg, because some readers go by the extension.
 */
export function mediumKey({ hash, key, type }: Medium): Key {
  return `media/${hash.slice(0, 32)}${endingOf(key, type)}`;
}

/** `unfit`: files that are not what their name says, and not media. */
export type Measured = { readonly media: Media; readonly unfit: Media };

/**
 * A file that articles refer to: its key as they write it, in NFC; the keys at which it may be, the likeliest first; and its listing in
 * the content, if the content holds it.
 */
export type Picture = { readonly key: Key; readonly places: readonly Key[]; readonly listed?: Listed };

/**
 * The files of some references, each once, ordered by key. `folders`: whose files a generator puts at the top of the site.
 */
export function picturesOf(
  references: readonly MediaReference[],
  listing: readonly Listed[],
  folders: readonly string[] = [],
): readonly Picture[] {
  if (references.length === 0) return [];
  const byKey = new Map(listing.map((one) => [one.key.normalize("NFC"), one]));
  const rooted = new Set(references.flatMap((reference) => (reference.rooted ? [reference.key] : [])));
  return [...new Set(references.map(({ key }) => key))].sort().map((key) => {
    const places = placesOf({ key, rooted: rooted.has(key) }, folders);
    const listed = places.map((place) => byKey.get(place)).find((one) => one !== undefined);
    return listed === undefined ? { key, places } : { key, places, listed };
  });
}

/**
 * The keys at which a file may be, the likeliest first: where the article says; in the folder of the article's name; in a folder whose
 * files are at the top of the site, for an address that begins with "/", that is only a name (a theme's folder of pictures), or that climbs to
 * that folder (`../static/a.png`).
 */
export function placesOf({ key, rooted }: Pick<MediaReference, "key" | "rooted">, folders: readonly string[] = []): readonly Key[] {
  const [, before = "", name, written = ""] = OWN_FOLDER.exec(key) ?? [];
  if (name !== undefined) return [before + written, `${before}${name}/${written}`, ...folders.map((folder) => `${folder}/${written}`)];
  const isOutside = key.startsWith("../");
  const inside = folders.flatMap((folder) => {
    const [, rest] = `/${key}`.split(`/${folder.slice(folder.lastIndexOf("/") + 1)}/`, 2);
    return rest === undefined || rooted ? [] : [`${folder}/${rest}`];
  });
  // As in a browser, a way that climbs too far ends at the top of the site.
  const asWritten = isOutside ? [key.slice(3), ...folders.map((folder) => `${folder}/${key.slice(3)}`)] : [key];
  const ways = isOutside ? [...inside, ...asWritten] : [...asWritten, ...inside];
  return [...new Set(ways), ...(rooted ? folders.map((folder) => `${folder}/${key}`) : [])];
}

/** Reports files that articles refer to and that do not exist or are not media: the article is published without them. */
export function missingMedia(entries: readonly CatalogEntry[], { media, unfit }: Measured): readonly Finding[] {
  return shownWhole(entries).flatMap(({ meta }) => {
    const gone = meta.media.filter(({ key, rooted }) => unfit.has(key) || (!rooted && !media.has(key)));
    return [...new Map(gone.map(({ key }) => [unfit.get(key)?.key ?? plainKey(key), key])).values()].map((key): Finding => {
      const medium = unfit.get(key);
      return medium === undefined ? missing(meta.key, key) : mistaken(meta.key, medium);
    });
  });
}

function missing(article: Key, key: Key): Finding {
  const isOutside = key.startsWith("../");
  const why = isOutside ? "which is outside of the content" : "which is not in the content or is too large";
  return {
    kind: "notice",
    code: "file-missing",
    key: article,
    message: `The article shows ${plainKey(key)}, ${why}. The article is published without it.`,
    hint: isOutside ? "Take the folder above as --content, or put the file into the content." : "Put the file there, or correct its path.",
  };
}

function mistaken(key: Key, { key: file, type, unfit = "" }: Medium): Finding {
  const promised = type.startsWith("image/") ? "a picture" : "audio or video";
  const message = `The article shows ${file}, which is not ${promised} but ${unfit}. The article is published without it.`;
  return { kind: "notice", code: "file-mistaken", key, message, hint: "Put the real file there, with the file extension of its format." };
}

/** The media references of articles as last published, for the catalog's entries. */
export function referencesIn(entries: readonly CatalogEntry[]): readonly MediaReference[] {
  return shownWhole(entries).flatMap(({ meta }) => meta.media);
}

/** A notice of withdrawal shows no picture. */
function shownWhole(entries: readonly CatalogEntry[]): readonly CatalogEntry[] {
  return entries.filter(({ state }) => state !== "canceled");
}

/** Lead image and attachments with the addresses, types and sizes of their files. */
export function withMediaAddresses(
  article: Pick<Article, "image" | "attachments">,
  place: (reference: MediaReference) => { readonly url: string; readonly medium?: Medium },
): { readonly image: Image | undefined; readonly attachments: readonly Attachment[] } {
  return { image: article.image && measured(article.image, place), attachments: article.attachments.map((file) => measured(file, place)) };
}

function measured<T extends Image | Attachment>(
  file: T,
  place: (reference: MediaReference) => { readonly url: string; readonly medium?: Medium },
): T {
  const reference = referenceAt(file.url);
  if (reference === undefined) return file;
  const { url, medium } = place(reference);
  if (medium === undefined) return { ...file, url };
  const { type, bytes, width, height } = medium;
  return { ...file, url, type, bytes, ...(width === undefined || height === undefined ? {} : { width, height }) };
}
