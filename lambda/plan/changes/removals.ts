import type { Key, Version } from "../../stores/store.ts";
import type { WriteOrder } from "../manifest/file.ts";
import { isSignal, type Manifest, type ManifestFile } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";
import { plainOf, variantKey } from "../manifest/variants.ts";
import { wholeRun } from "./guard.ts";

/**
 * A file to remove, with the version in the listing (absent if only its variants are left). `before`: it blocks the path of a file of
 * that order, and is removed before it.
 */
export type Removal = { readonly key: Key; readonly over?: Version; readonly variants: readonly Key[]; readonly before?: WriteOrder };

type Removals = { readonly removes: readonly Removal[]; readonly gone: ReadonlySet<Key> };

/** Whether a published file is removed when it is no longer wanted. Feeds never are, but files of partners are. */
export function isRemovable(key: Key, { article }: Pick<ManifestFile, "article">): boolean {
  return article !== undefined || isSignal(key) || isOfPartner(key);
}

/**
 * Removes signals for machines and article pages that are no longer wanted, in the manifest or not: the article is withheld, withdrawn, expired
 * or gone, or its page has moved. Never removes feeds or files that others wrote. `held`: the paths of held channels, or the whole run;
 * pages that their live feeds may link to stay. `gone`: the keys that leave the manifest and must be invalidated.
 */
export function removalsOf(manifest: Manifest, target: Target, wanted: ReadonlySet<Key>, held: ReadonlySet<string>): Removals {
  if (held.has(wholeRun)) return { removes: [], gone: new Set() };
  const led = new Set([...held].flatMap((path) => (Object.hasOwn(manifest.members, path) ? (manifest.members[path] ?? []) : [])));
  const known = Object.entries(manifest.files)
    .filter(
      ([key, file]) =>
        isRemovable(key, file) && !wanted.has(key) && !held.has(file.channel) && !(file.article !== undefined && led.has(file.article)),
    )
    .map(([key]) => key);
  const { ours, addresses } = target.orphans;
  const linked = new Set([...held].flatMap((path) => target.drift.get(`${path}/feed.json`)?.items?.map(({ url }) => url) ?? []));
  const unknown = [...addresses].filter(([, address]) => !linked.has(address)).map(([key]) => plainOf(key));
  const gone = [...new Set([...known, ...unknown])].sort();
  return { removes: gone.flatMap((key) => removalOf(key, ours)), gone: new Set(gone) };
}

/** A file in the folder of a partner, who alone may fetch it. */
export function isOfPartner(key: Key): boolean {
  return key.startsWith("partners/");
}

/** The removal of a key; empty if neither the file nor a variant exists. */
export function removalOf(key: Key, listing: ReadonlyMap<Key, Version>): readonly Removal[] {
  const over = listing.get(key);
  const variants = (["gzip", "br"] as const).map((encoding) => variantKey(key, encoding)).filter((variant) => listing.has(variant));
  return over === undefined && variants.length === 0 ? [] : [{ key, variants, ...(over === undefined ? {} : { over }) }];
}
