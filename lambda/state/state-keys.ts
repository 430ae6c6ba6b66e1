/**
 * Where the state store keeps its values. The stack gives the function its rights on state from these names alone, so a value that
 * is written under another key is refused by AWS: add its name here first. `kept` is a prefix: `articles/<content hash>`.
 */
export const stateKeys = {
  ledger: "ledger.json.gz",
  catalog: "catalog.json.gz",
  manifest: "manifest.json.gz",
  lease: "lease.json",
  report: "report.json.gz",
  kept: "articles/",
} as const;
