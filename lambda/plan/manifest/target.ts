import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { OccupiedKeys } from "../../channels/select/pages.ts";
import type { Encoding } from "../../channels/site/site.ts";
import type { Key, Listed, Version } from "../../stores/store.ts";
import type { DesiredFile } from "./file.ts";
import type { Manifest } from "./manifest.ts";
import { plainOf, variantKey } from "./variants.ts";

/** What a key of the target really has, if its version is not the manifest's. */
type Drift = {
  readonly version: Version;
  readonly hash: string;
  /** For a JSON feed: the ids and addresses of its items. */
  readonly items?: readonly Item[];
};
export type Item = { readonly id: string; readonly url?: string };

/** The target's keys, and what is known about them. */
export type Target = {
  readonly listing: ReadonlyMap<Key, Version>;
  /** In bytes. */
  readonly sizes: ReadonlyMap<Key, number>;
  readonly drift: ReadonlyMap<Key, Drift>;
  /** Listed variants that do not match their plain file: somebody else wrote them, or a run was cut. */
  readonly orphanVariants: ReadonlySet<Key>;
  /** Copies of media that have another version than the manifest names, and the same bytes. Looked for only where their file is gone. */
  readonly same?: ReadonlySet<Key>;
  /** The variants that each text file has. */
  readonly encodings: readonly Encoding[];
  /** The other files there. */
  readonly orphans: Orphans;
};

/** The files in the target that a run does not want there. */
export type Orphans = {
  /** Our files that may be removed, article pages and others, and the variants of both; with the listed version. */
  readonly ours: ReadonlyMap<Key, Version>;
  /** The address in each page that is not in the manifest. */
  readonly addresses: ReadonlyMap<Key, string>;
  /** Files of others, which are never touched. The manifest records them, so that each is read only once. */
  readonly strangers: Readonly<Record<Key, Version>>;
};

/** The version and hash of a live key; undefined if the key does not exist. */
export function liveOf(
  key: Key,
  manifest: Manifest,
  target: Pick<Target, "listing" | "drift">,
): { readonly version: Version; readonly hash: string } | undefined {
  const version = target.listing.get(key);
  if (version === undefined) return undefined;
  return target.drift.get(key) ?? { version, hash: manifest.files[key]?.hash ?? "" };
}

/** Whether all compressed variants of the file exist and match it. */
export function hasVariants(key: Key, target: Target): boolean {
  return variantsOf(key, target).every(([, version]) => version !== undefined);
}

/** By encoding, the version of each variant that exists and matches the file. */
export function variantsOf(key: Key, target: Target): readonly (readonly [Encoding, Version | undefined])[] {
  return target.encodings.map((encoding) => {
    const variant = variantKey(key, encoding);
    return [encoding, target.orphanVariants.has(variant) ? undefined : target.listing.get(variant)];
  });
}

/** The keys that must be rendered: those that are not live and complete with this fingerprint. */
export function staleKeys(wanted: readonly DesiredFile[], manifest: Manifest, target: Target): ReadonlySet<Key> {
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

/** The articles in each live window, for channels that the manifest does not have. */
export function baselineOf(
  channels: readonly { readonly path: string }[],
  target: Target,
  ledger: Ledger,
): ReadonlyMap<string, readonly string[]> {
  const live = channels.flatMap(({ path }) => {
    const items = target.drift.get(`${path}/feed.json`)?.items;
    return items === undefined ? [] : [{ path, items }];
  });
  if (live.length === 0) return new Map();
  const byUri = new Map([...ledger.entries.values()].map((entry) => [entry.uri, entry.id]));
  return new Map(live.map(({ path, items }) => [path, items.map(({ id }) => byUri.get(id) ?? id)]));
}

/** `tree`: the target is a disk, on which a file cannot lie below another. */
export function occupiedKeys({ files, strangers }: Manifest, listing: readonly Listed[], tree: boolean): OccupiedKeys {
  const ours = (key: Key) => Object.hasOwn(files, key.replace(/\.(?:gz|br)$/, "")) || Object.hasOwn(files, key);
  return {
    holder: (key) => (Object.hasOwn(files, key) ? files[key]?.article : undefined),
    strangers: tree ? listing.map(({ key }) => key).filter((key) => !ours(key)) : [],
    // Compared by version: a newer file there may be ours, from a run that was cut.
    theirs: listing.filter(({ key, version }) => strangers[key] === version && !ours(key)).map(({ key }) => plainOf(key)),
  };
}

/** The folders that are targets of other sites: this program makes their pages too, at addresses below ours. */
export function otherWiresIn(listing: readonly Listed[]): readonly string[] {
  const found = listing.flatMap(({ key }) => /^(?!media\/)(.+\/)(?:edge\.json|status\.json|feeds\.opml)$/.exec(key)?.[1] ?? []);
  return [...new Set(found)];
}
