import type { Key } from "../stores/store.ts";

/**
 * The keys of the state store. The stack grants the function rights on these names only, and AWS refuses any other key, so add new
 * names here first. A name that ends in a slash is a prefix.
 */
export const stateKeys = {
  head: "head.json",
  lease: "lease.json",
  report: "report.json.gz",
  ledger: "ledger/",
  catalog: "catalog/",
  details: "details/",
  manifest: "manifest/",
  /** `articles/<digest>`. */
  kept: "articles/",
} as const;

/** The prefixes of the objects that a head names. */
export const objectPrefixes = [stateKeys.ledger, stateKeys.catalog, stateKeys.details, stateKeys.manifest] as const;
export type ObjectPrefix = (typeof objectPrefixes)[number];

/** What the first version kept. A run without a head migrates it, and leaves it as it is. */
export const firstVersionKeys = { ledger: "ledger.json.gz", manifest: "manifest.json.gz" } as const;

/** The key under which state keeps an article as last published. */
export function articleKey(digest: string): Key {
  return `${stateKeys.kept}${digest}.json.gz`;
}
