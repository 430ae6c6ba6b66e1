import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Ground } from "../../channels/select/pages.ts";
import type { Encoding } from "../../channels/site/site.ts";
import type { Key, Listed, Version } from "../../stores/store.ts";
import type { Wanted } from "./file.ts";
import type { Manifest } from "./manifest.ts";
import { plainOf, variantKey } from "./variants.ts";

/** What a key of the target really holds, where its version is not the one that the manifest names. */
type Looked = {
  readonly version: Version;
  readonly hash: string;
  /** Ids and addresses of the items, of a JSON feed. */
  readonly items?: readonly Item[];
};
export type Item = { readonly id: string; readonly url?: string };

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

/** What lies in the target beside what a run wants there. */
export type Orphans = {
  /** Ours, with the listed version: articles' pages, what else may be taken away, and variants of both. */
  readonly ours: ReadonlyMap<Key, Version>;
  /** Of pages that no manifest knows, the address that each names. */
  readonly addresses: ReadonlyMap<Key, string>;
  /** Somebody else's, and never touched. The manifest remembers them, so that each is looked at once. */
  readonly strangers: Readonly<Record<Key, Version>>;
};

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

/** `tree`: the target is a disk, on which a file cannot lie below another. */
export function groundOf({ files, strangers }: Manifest, listing: readonly Listed[], tree: boolean): Ground {
  const ours = (key: Key) => Object.hasOwn(files, key.replace(/\.(?:gz|br)$/, "")) || Object.hasOwn(files, key);
  return {
    holder: (key) => (Object.hasOwn(files, key) ? files[key]?.article : undefined),
    strangers: tree ? listing.map(({ key }) => key).filter((key) => !ours(key)) : [],
    // By its version: what was written there since may be ours, of a run that was cut.
    theirs: listing.filter(({ key, version }) => strangers[key] === version && !ours(key)).map(({ key }) => plainOf(key)),
  };
}
