/**
 * The keys of the state store. The stack grants the function rights on these names only, and AWS refuses any other key, so add new
 * names here first. `kept` is a prefix: `articles/<content hash>`.
 */
export const stateKeys = {
  ledger: "ledger.json.gz",
  catalog: "catalog.json.gz",
  manifest: "manifest.json.gz",
  lease: "lease.json",
  report: "report.json.gz",
  kept: "articles/",
} as const;
