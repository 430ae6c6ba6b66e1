import { createHash } from "node:crypto";
import type { Article, Attachment, Finding, Image } from "../articles/article.ts";
import { type MediaReference, referenceAt } from "../articles/media-mark.ts";
import { endingOf, typeOfName } from "../articles/media-type.ts";
import { Fault } from "../fault.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Listed, Store, Version } from "../stores/store.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { typeOfHead } from "./media-head.ts";
import { pixelsOf } from "./picture-size.ts";

/** A picture, sound or film of the content folder, measured. */
export type Medium = {
  readonly key: Key;
  /** As listed when it was measured; "" where the listing could not vouch for it. */
  readonly version: Version;
  /** The version that was read. */
  readonly seen: Version;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly type: string;
  /** Bytes, and pixels where it is a picture. */
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  /** What it is, where that is no medium: it is not published. */
  readonly unfit?: string;
  /** How it was measured; another way, and it is read again. */
  readonly way?: number;
};

/** Raised by whoever changes what is measured of a file. */
const way = 2;

/** By key in NFC. */
export type Media = ReadonlyMap<Key, Medium>;

/** Read at once: enough for every picture's head, little enough for a film to pass in pieces. */
const piece = 8_000_000;

/**
 * Where a medium is published: under the hash of its bytes, so that it never changes there and may be kept for ever. A JPEG that is
 * named .png ends in .jpg, because some readers go by that.
 */
export function mediumKey({ hash, key, type }: Medium): Key {
  return `media/${hash.slice(0, 32)}${endingOf(key, type)}`;
}

/** `unfit`: files that are not what their name says, and no media. */
export type Measured = { readonly media: Media; readonly unfit: Media };

/** What articles refer to and the content holds. Only what changed since the last catalog is read; what is gone stays known while it is referred to. */
export async function measureMedia(input: {
  readonly content: Store;
  readonly listing: readonly Listed[];
  readonly references: readonly MediaReference[];
  readonly cached: readonly Medium[];
  /** Bytes: a larger file is no medium. */
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

/** A file that may not be read is shown by nobody, and looked at again by the next run. */
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

/** Undefined where the file went away, or changed, while it was read: the next run finds it as it is then. */
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

/** Files that articles refer to and that are nowhere, or no media: the article is published without them. */
export function missingMedia(entries: readonly CatalogEntry[], { media, unfit }: Measured): readonly Finding[] {
  return shownWhole(entries).flatMap(({ meta }) => {
    const gone = meta.media.filter(({ key, rooted }) => unfit.has(key) || (!rooted && !media.has(key)));
    return [...new Set(gone.map(({ key }) => key))].map((key): Finding => {
      const medium = unfit.get(key);
      if (medium !== undefined) return mistaken(meta.key, medium);
      const message = `The article shows ${key}, which is not in the content or is too large.`;
      return { kind: "notice", code: "file-missing", key: meta.key, message, hint: "Put the file there, or correct its path." };
    });
  });
}

function mistaken(key: Key, { key: file, type, unfit = "" }: Medium): Finding {
  const promised = type.startsWith("image/") ? "a picture" : "a sound or film";
  const message = `The article shows ${file}, which is not ${promised} but ${unfit}; it is not published.`;
  return { kind: "notice", code: "file-mistaken", key, message, hint: "Put the file itself there, under a name that ends as it should." };
}

/** The references of articles as last published, for the catalog's entries. */
export function referencesIn(entries: readonly CatalogEntry[]): readonly MediaReference[] {
  return shownWhole(entries).flatMap(({ meta }) => meta.media);
}

/** A notice of withdrawal shows no picture. */
function shownWhole(entries: readonly CatalogEntry[]): readonly CatalogEntry[] {
  return entries.filter(({ state }) => state !== "canceled");
}

/** Lead image and attachments with the addresses, types and sizes of the files that they mean. */
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
