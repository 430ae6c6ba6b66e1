import type { Key, Version } from "../../stores/store.ts";
import type { Order } from "../manifest/file.ts";
import { type Manifest, type ManifestFile, signals } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";
import { plainOf, variantKey } from "../manifest/variants.ts";
import { wholeRun } from "./guard.ts";

/**
 * A file to be removed, with the version that the listing showed (absent: only variants are left of it). `before`: it stands in the way of
 * a file of that order.
 */
export type Removal = { readonly key: Key; readonly over?: Version; readonly variants: readonly Key[]; readonly before?: Order };

type Removals = { readonly removes: readonly Removal[]; readonly gone: ReadonlySet<Key> };

/** Whether a published file is taken away when nobody wants it any longer. Feeds never are. */
export function isRemovable(key: Key, { article }: Pick<ManifestFile, "article">): boolean {
  return article !== undefined || signals.has(key);
}

/**
 * Articles' pages that nobody wants any longer, whether the manifest knows them or not: the article is withheld, withdrawn, expired or
 * gone, or its page is elsewhere now; and signals of rights. Feeds are never removed, and nothing that somebody else has written. `held`:
 * paths of held channels, or the whole run; what their live feeds may lead to stays. `gone`: what the manifest is to know no longer, and
 * the edge is to let go.
 */
export function removalsOf(manifest: Manifest, target: Target, wanted: ReadonlySet<Key>, held: ReadonlySet<string>): Removals {
  if (held.has(wholeRun)) return { removes: [], gone: new Set() };
  const led = new Set([...held].flatMap((path) => (Object.hasOwn(manifest.members, path) ? (manifest.members[path] ?? []) : [])));
  const known = Object.entries(manifest.files)
    .filter(([key, file]) => isRemovable(key, file) && !wanted.has(key) && !(file.article !== undefined && led.has(file.article)))
    .map(([key]) => key);
  const { ours, addresses } = target.orphans;
  const linked = new Set([...held].flatMap((path) => target.looked.get(`${path}/feed.json`)?.items?.map(({ url }) => url) ?? []));
  const unknown = [...addresses].filter(([, address]) => !linked.has(address)).map(([key]) => plainOf(key));
  const gone = [...new Set([...known, ...unknown])].sort();
  return { removes: gone.flatMap((key) => removalOf(key, ours)), gone: new Set(gone) };
}

/** Nothing where nothing of it is there. */
export function removalOf(key: Key, listing: ReadonlyMap<Key, Version>): readonly Removal[] {
  const over = listing.get(key);
  const variants = (["gzip", "br"] as const).map((encoding) => variantKey(key, encoding)).filter((variant) => listing.has(variant));
  return over === undefined && variants.length === 0 ? [] : [{ key, variants, ...(over === undefined ? {} : { over }) }];
}
