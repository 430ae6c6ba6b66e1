import type { Key, Version } from "../stores/store.ts";
import { wholeRun } from "./guard.ts";
import type { Manifest } from "./manifest.ts";
import type { Target } from "./survey.ts";
import { variantKey } from "./variants.ts";

/** A file to be removed, with the version that the listing showed (absent: only variants are left of it). */
export type Removal = { readonly key: Key; readonly over?: Version; readonly variants: readonly Key[] };

/** What site.yaml may stop asking for (`rights`): a signal that nobody gives any more must not be read. */
const signals = new Set(["robots.txt", ".well-known/tdmrep.json"]);

/**
 * Articles' pages that nobody wants any longer: the article is withdrawn, expired or gone, or its page is elsewhere now; and
 * signals of rights. Feeds are never removed. `held`: paths of held channels, or the whole run; what their live feeds may lead to stays.
 */
export function removalsOf(
  manifest: Manifest,
  target: Target,
  wanted: ReadonlySet<Key>,
  held: ReadonlySet<string>,
): { readonly removes: readonly Removal[]; readonly gone: ReadonlySet<Key> } {
  if (held.has(wholeRun)) return { removes: [], gone: new Set() };
  const led = new Set([...held].flatMap((path) => (Object.hasOwn(manifest.members, path) ? (manifest.members[path] ?? []) : [])));
  const gone = Object.entries(manifest.files)
    .filter(([key, { article }]) => !wanted.has(key) && (article === undefined ? signals.has(key) : !led.has(article)))
    .map(([key]) => key)
    .sort();
  return { removes: gone.flatMap((key) => removalOf(key, target.listing)), gone: new Set(gone) };
}

/** Nothing where nothing of it is there. */
export function removalOf(key: Key, listing: ReadonlyMap<Key, Version>): readonly Removal[] {
  const over = listing.get(key);
  const variants = (["gzip", "br"] as const).map((encoding) => variantKey(key, encoding)).filter((variant) => listing.has(variant));
  return over === undefined && variants.length === 0 ? [] : [{ key, variants, ...(over === undefined ? {} : { over }) }];
}
