import type { Encoding } from "../../channels/site/site.ts";
import type { Headers, Key, Version } from "../../stores/store.ts";
import type { Write } from "../changes/diff.ts";
import { finished, type WriteOrder } from "../manifest/file.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import { isBare, isText, variantKey } from "../manifest/variants.ts";

/** The target's listing, and the variants that each text file has. */
export type Listing = { readonly listing: ReadonlyMap<Key, Version>; readonly encodings: readonly Encoding[] };

type Known = Pick<ManifestFile, "channel" | "entries" | "fingerprint" | "article">;

/** Replaces a published file, whose bytes readers must no longer get, with bytes that were not rendered in this run. */
export function rewriteOf(key: Key, bytes: Uint8Array, headers: Headers, known: Known, { listing, encodings }: Listing): Write {
  const { channel, entries, fingerprint, article } = known;
  const variants = isText(key) || isBare(key) ? encodings : [];
  const over = listing.get(key);
  const versions = variants.flatMap((encoding) => {
    const version = listing.get(variantKey(key, encoding));
    return version === undefined ? [] : [[encoding, version] as const];
  });
  return {
    ...{ key, channel, order: article === undefined ? orderOf(key) : "article", fingerprint, entries, headers, defects: [] },
    ...finished(bytes, headers),
    why: over === undefined ? "restored" : "changed",
    recalls: true,
    encodings: variants,
    variantsOver: Object.fromEntries(versions),
    ...(over === undefined ? {} : { over }),
    ...(article === undefined ? {} : { article }),
  };
}

/** The manifest entry of a write; the run that writes it adds the versions. */
export function knownOf({ hash, fingerprint, size, entries, channel, article }: Write): ManifestFile {
  return { hash, version: "", fingerprint, size, entries, channel, ...(article === undefined ? {} : { article }) };
}

/** The order of a published file, from its key. */
function orderOf(key: Key): WriteOrder {
  if (/\/archive\/[^/]+\/[^/]+$/.test(key)) return "archive";
  return /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json)$/.test(key) ? "window" : "page";
}
