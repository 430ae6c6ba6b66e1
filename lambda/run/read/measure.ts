import { createHash } from "node:crypto";
import { typeOfName } from "../../articles/links/media-type.ts";
import type { Measured, Media, Medium, Picture } from "../../channels/media/media.ts";
import { typeOfHead } from "../../channels/media/media-head.ts";
import { pixelsOf } from "../../channels/media/picture-size.ts";
import { Fault } from "../../fault.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Listed, Store } from "../../stores/store.ts";

/** Increase this if the code measures something else of a file. */
const way = 2;

/** The number of bytes per read: enough for the head of every picture, and few enough to read a video in pieces. */
const piece = 8_000_000;

/**
 * Media that articles refer to and the content holds. Reads only what changed since the last catalog; a file that is gone stays
 * known while articles refer to it and the target has its copy.
 */
export async function measureMedia(input: {
  readonly content: Store;
  readonly pictures: readonly Picture[];
  readonly cached: readonly Medium[];
  /** Bytes: a larger file is not a medium. */
  readonly limit: number;
  readonly isLive: (medium: Medium) => Promise<boolean>;
}): Promise<Measured> {
  const cached = new Map(input.cached.map((medium) => [medium.key.normalize("NFC"), medium]));
  const mediumOf = async ({ places, listed: found }: Picture): Promise<Medium | undefined> => {
    const known = (found === undefined ? places : [found.key.normalize("NFC")]).map((place) => cached.get(place)).find(Boolean);
    if (found === undefined) {
      // Nobody lists the content if notices named what changed.
      const isThere = known === undefined || (await input.isLive(known)) || (await input.content.find(known.key)) !== undefined;
      return isThere ? known : undefined;
    }
    if (known?.way === way && known.version === found.version) return known;
    return found.size > input.limit ? undefined : measure(input.content, found).catch((error: unknown) => unreadable(found, error));
  };
  const all = await inParallel(input.pictures, async (picture) => [picture.key, await mediumOf(picture)] as const);
  const those = (isUnfit: boolean): Media =>
    new Map(all.flatMap(([key, medium]) => (medium !== undefined && (medium.unfit !== undefined) === isUnfit ? [[key, medium]] : [])));
  return { media: those(false), unfit: those(true) };
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
export async function measure(content: Store, { key, version, size, settled }: Listed): Promise<Medium | undefined> {
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
