import { createHash } from "node:crypto";
import { type MediaReference, referenceAt } from "../../articles/links/media-mark.ts";
import { endingOf, typeOfName } from "../../articles/links/media-type.ts";
import type { Article, Attachment, Finding, Image } from "../../articles/model/article.ts";
import { Fault } from "../../fault.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Key, Listed, Store, Version } from "../../stores/store.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import { typeOfHead } from "./media-head.ts";
import { pixelsOf } from "./picture-size.ts";

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

/** Increase this if the code measures something else of a file. */
const way = 2;

/** By key in NFC. */
export type Media = ReadonlyMap<Key, Medium>;

/** The number of bytes per read: enough for the head of every picture, and few enough to read a video in pieces. */
const piece = 8_000_000;

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
 * Media that articles refer to and the content holds. Reads only what changed since the last catalog; a file that is gone stays
 * known while articles refer to it.
 */
export async function measureMedia(input: {
  readonly content: Store;
  readonly listing: readonly Listed[];
  readonly references: readonly MediaReference[];
  readonly cached: readonly Medium[];
  /** Bytes: a larger file is not a medium. */
  readonly limit: number;
}): Promise<Measured> {
  const listed = new Map(input.listing.map((one) => [one.key.normalize("NFC"), one]));
  const cached = new Map(input.cached.map((medium) => [medium.key.normalize("NFC"), medium]));
  const keys = [...new Set(input.references.map(({ key }) => key))].sort();
  const all = await inParallel(keys, async (key) => {
    const [found, known] = [listed.get(key), cached.get(key)];
    if (found === undefined || (known?.way === way && known.version === found.version)) return known;
    return found.size > input.limit ? undefined : measure(input.content, found).catch((error: unknown) => unreadable(found, error));
  });
  const measured = all.filter((medium) => medium !== undefined);
  const byKey = (media: readonly Medium[]): Media => new Map(media.map((medium) => [medium.key.normalize("NFC"), medium]));
  return {
    media: byKey(measured.filter(({ unfit }) => unfit === undefined)),
    unfit: byKey(measured.filter(({ unfit }) => unfit !== undefined)),
  };
}

/** An unreadable file is not shown; the next run tries again. */
function unreadable({ key, size }: Listed, error: unknown): Medium {
  if (!(error instanceof Fault) || error.kind !== "unreadable") throw error;
  return {
    key,
    version: "",
    seen: "",
    hash: "",
    type: typeOfName(key) ?? "application/octet-stream",
    bytes: size,
    unfit: "a file that cannot be read",
  };
}

/** Undefined if the file disappeared or changed while it was read: the next run reads it again. */
async function measure(content: Store, { key, version, size, settled }: Listed): Promise<Medium | undefined> {
  const hash = createHash("sha256");
  let [head, seen, read] = [new Uint8Array(), version, 0];
  while (read < size) {
    const found = await content.read(key, { first: read, last: Math.min(size, read + piece) - 1 });
    if (found === undefined || found.bytes.length === 0 || (read > 0 && found.version !== seen)) return undefined;
    if (read === 0) [head, seen] = [Uint8Array.from(found.bytes), found.version];
    hash.update(found.bytes);
    read += found.bytes.length;
  }
  const named = typeOfName(key) ?? "application/octet-stream";
  const told = typeOfHead(head, named);
  const trusted = settled && seen === version ? version : "";
  const medium = { key, version: trusted, seen, hash: hash.digest("hex"), type: named, bytes: size, way };
  if ("unfit" in told) return { ...medium, unfit: told.unfit };
  return { ...medium, type: told.type, ...(told.type.startsWith("image/") ? pixelsOf(head) : {}) };
}

/** Reports files that articles refer to and that do not exist or are not media: the article is published without them. */
export function missingMedia(entries: readonly CatalogEntry[], { media, unfit }: Measured): readonly Finding[] {
  return shownWhole(entries).flatMap(({ meta }) => {
    const gone = meta.media.filter(({ key, rooted }) => unfit.has(key) || (!rooted && !media.has(key)));
    return [...new Set(gone.map(({ key }) => key))].map((key): Finding => {
      const medium = unfit.get(key);
      if (medium !== undefined) return mistaken(meta.key, medium);
      const message = `The article shows ${key}, which is not in the content or is too large. The article is published without it.`;
      return { kind: "notice", code: "file-missing", key: meta.key, message, hint: "Put the file there, or correct its path." };
    });
  });
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
export function placed(
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
