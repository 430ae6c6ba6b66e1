import type { Ledger } from "../channels/ledger.ts";
import { type Encoding, present, type Site } from "../channels/site.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Headers, Key, Listed, Store, Version } from "../stores/store.ts";
import type { Wanted } from "./file.ts";
import { hashOf, type Manifest } from "./manifest.ts";
import { type Orphans, orphansIn } from "./orphans.ts";
import { decompress, variantKey } from "./variants.ts";

/** What a key of the target really holds, where its version is not the one that the manifest names. */
type Looked = {
  readonly version: Version;
  readonly hash: string /** Ids and addresses of the items, of a JSON feed. */;
  readonly items?: readonly Item[];
};
type Item = { readonly id: string; readonly url?: string };

/** The target's keys and what is known of them. */
export type Target = {
  readonly listing: ReadonlyMap<Key, Version>;
  /** Bytes. */
  readonly sizes: ReadonlyMap<Key, number>;
  readonly looked: ReadonlyMap<Key, Looked>;
  /** Variants that are listed and are not what their plain file is: somebody else wrote them, or a run that was cut. */
  readonly strays: ReadonlySet<Key>;
  /** The variants that stand beside each text file. */
  readonly encodings: readonly Encoding[];
  /** What lies there beside. */
  readonly orphans: Orphans;
};

/** Reads what a listing cannot tell: files of ours that the manifest does not vouch for, because it was lost or somebody else wrote. */
export async function survey(
  target: Store,
  listing: readonly Listed[],
  wanted: readonly Wanted[],
  manifest: Manifest,
  site: Pick<Site, "encodings" | "url" | "feedUrl">,
): Promise<Target> {
  const { encodings } = site;
  const headers = new Map(wanted.map((file) => [file.key, file.headers]));
  const doubtful = listing.filter(
    (listed) => headers.has(listed.key) && (manifest.files[listed.key]?.version !== listed.version || !listed.settled),
  );
  const looked = await inParallel(doubtful, async ({ key }) => {
    const found = await target.read(key);
    if (found === undefined) return [];
    const served: Headers = found.headers ?? headers.get(key) ?? {};
    const items = key.endsWith("/feed.json") ? itemsOf(found.bytes) : undefined;
    return [[key, { version: found.version, hash: hashOf(found.bytes, served), ...present({ items }) }] as const];
  });
  const seen = {
    listing: new Map(listing.map(({ key, version }) => [key, version])),
    sizes: new Map(listing.map(({ key, size }) => [key, size])),
    looked: new Map(looked.flat()),
  };
  const orphans = await orphansIn({ target, listing, wanted: new Set(headers.keys()), manifest, site });
  return { ...seen, strays: await straysIn(target, listing, wanted, { manifest, encodings, ...seen }), encodings, orphans };
}

/** Looks into the variants that the manifest does not vouch for: whoever wrote a variant last need not have written the file after it. */
async function straysIn(
  target: Store,
  listing: readonly Listed[],
  wanted: readonly Wanted[],
  known: Pick<Target, "listing" | "looked" | "encodings"> & { readonly manifest: Manifest },
): Promise<ReadonlySet<Key>> {
  const listed = new Map(listing.map((one) => [one.key, one]));
  const doubtful = wanted.flatMap((file) =>
    known.encodings.flatMap((encoding) => {
      const variant = listed.get(variantKey(file.key, encoding));
      const vouched = variant?.settled === true && known.manifest.files[file.key]?.variants?.[encoding] === variant.version;
      return variant === undefined || vouched ? [] : [{ file, encoding, key: variant.key }];
    }),
  );
  const strays = await inParallel(doubtful, async ({ file, encoding, key }) => {
    const found = await target.read(key);
    const plain = found === undefined ? undefined : decompress(found.bytes, encoding);
    const live = liveOf(file.key, known.manifest, known);
    return plain === undefined || hashOf(plain, found?.headers ?? file.headers) !== live?.hash ? [key] : [];
  });
  return new Set(strays.flat());
}

/** The version and hash under which a key is live now; undefined where it holds nothing. */
export function liveOf(
  key: Key,
  manifest: Manifest,
  target: Pick<Target, "listing" | "looked">,
): { readonly version: Version; readonly hash: string } | undefined {
  const version = target.listing.get(key);
  if (version === undefined) return undefined;
  return target.looked.get(key) ?? { version, hash: manifest.files[key]?.hash ?? "" };
}

/** Whether the file's compressed variants are all there, and its own. */
export function hasVariants(key: Key, target: Target): boolean {
  return variantsOf(key, target).every(([, version]) => version !== undefined);
}

/** By encoding, the version of each variant that is there and its own. */
export function variantsOf(key: Key, target: Target): readonly (readonly [Encoding, Version | undefined])[] {
  return target.encodings.map((encoding) => {
    const variant = variantKey(key, encoding);
    return [encoding, target.strays.has(variant) ? undefined : target.listing.get(variant)];
  });
}

/** The keys that must be rendered: what is not live, whole, with this very fingerprint. */
export function staleKeys(wanted: readonly Wanted[], manifest: Manifest, target: Target): ReadonlySet<Key> {
  const stale = wanted.filter((file) => {
    const known = manifest.files[file.key];
    const live = liveOf(file.key, manifest, target);
    return (
      known === undefined ||
      known.fingerprint !== file.fingerprint ||
      live === undefined ||
      live.hash !== known.hash ||
      !hasVariants(file.key, target)
    );
  });
  return new Set(stale.map((file) => file.key));
}

/** What the live feeds hold where no manifest remembers: the articles in each window. */
export function baselineOf(
  channels: readonly { readonly path: string }[],
  target: Target,
  ledger: Ledger,
): ReadonlyMap<string, readonly string[]> {
  const byUri = new Map(Object.values(ledger.entries).map((entry) => [entry.uri, entry.id]));
  return new Map(
    channels.flatMap(({ path }) => {
      const items = target.looked.get(`${path}/feed.json`)?.items;
      return items === undefined ? [] : [[path, items.map(({ id }) => byUri.get(id) ?? id)] as const];
    }),
  );
}

function itemsOf(bytes: Uint8Array): readonly Item[] | undefined {
  try {
    const feed = JSON.parse(Buffer.from(bytes).toString("utf8")) as { readonly items?: readonly { id?: unknown; url?: unknown }[] };
    return feed.items?.flatMap(({ id, url }) => (typeof id === "string" ? [{ id, ...(typeof url === "string" ? { url } : {}) }] : []));
  } catch {
    return undefined;
  }
}
