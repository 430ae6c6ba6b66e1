import { omitUndefined } from "../articles/model/json-value.ts";
import type { Site } from "../channels/site/site.ts";
import type { DesiredFile } from "../plan/manifest/file.ts";
import { hashOf, type Manifest } from "../plan/manifest/manifest.ts";
import { type Item, liveOf, type Target } from "../plan/manifest/target.ts";
import { decompress, variantKey } from "../plan/manifest/variants.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Headers, Key, Listed, Store } from "../stores/store.ts";
import { orphansIn } from "./orphans.ts";

/** Reads our files that differ from the manifest, because it was lost or somebody else wrote: the listing alone does not show what they contain. */
export async function refresh(
  target: Store,
  listing: readonly Listed[],
  wanted: readonly DesiredFile[],
  manifest: Manifest,
  site: Pick<Site, "encodings" | "url" | "feedUrl">,
): Promise<Target> {
  const { encodings } = site;
  const headers = new Map(wanted.map((file) => [file.key, file.headers]));
  const doubtful = listing.filter(
    (listed) => headers.has(listed.key) && (manifest.files[listed.key]?.version !== listed.version || !listed.settled),
  );
  const drift = await inParallel(doubtful, async ({ key }) => {
    const found = await target.read(key);
    if (found === undefined) return [];
    const served: Headers = found.headers ?? headers.get(key) ?? {};
    const items = key.endsWith("/feed.json") ? itemsOf(found.bytes) : undefined;
    return [[key, { version: found.version, hash: hashOf(found.bytes, served), ...omitUndefined({ items }) }] as const];
  });
  const seen = {
    listing: new Map(listing.map(({ key, version }) => [key, version])),
    sizes: new Map(listing.map(({ key, size }) => [key, size])),
    drift: new Map(drift.flat()),
  };
  const orphans = await orphansIn({ target, listing, wanted: new Set(headers.keys()), manifest, site });
  return { ...seen, orphanVariants: await orphanVariantsIn(target, listing, wanted, { manifest, encodings, ...seen }), encodings, orphans };
}

/** Reads the variants that differ from the manifest: a run may have been cut between the variant and its file. */
async function orphanVariantsIn(
  target: Store,
  listing: readonly Listed[],
  wanted: readonly DesiredFile[],
  known: Pick<Target, "listing" | "drift" | "encodings"> & { readonly manifest: Manifest },
): Promise<ReadonlySet<Key>> {
  const listed = new Map(listing.map((one) => [one.key, one]));
  const doubtful = wanted.flatMap((file) =>
    known.encodings.flatMap((encoding) => {
      const variant = listed.get(variantKey(file.key, encoding));
      const vouched = variant?.settled === true && known.manifest.files[file.key]?.variants?.[encoding] === variant.version;
      return variant === undefined || vouched ? [] : [{ file, encoding, key: variant.key }];
    }),
  );
  const orphans = await inParallel(doubtful, async ({ file, encoding, key }) => {
    const found = await target.read(key);
    const plain = found === undefined ? undefined : decompress(found.bytes, encoding);
    const live = liveOf(file.key, known.manifest, known);
    return plain === undefined || hashOf(plain, found?.headers ?? file.headers) !== live?.hash ? [key] : [];
  });
  return new Set(orphans.flat());
}

function itemsOf(bytes: Uint8Array): readonly Item[] | undefined {
  try {
    const feed = JSON.parse(Buffer.from(bytes).toString("utf8")) as { readonly items?: readonly { id?: unknown; url?: unknown }[] };
    return feed.items?.flatMap(({ id, url }) => (typeof id === "string" ? [{ id, ...(typeof url === "string" ? { url } : {}) }] : []));
  } catch {
    return undefined;
  }
}
