import type { Ledger } from "./ledger.ts";
import type { Metadata, SourceRecord } from "./record.ts";

/**
 * Articles as last published, for those of the ledger whose file no longer says: first from what the last catalog knew, else
 * (the catalog may be deleted at any time) from the article itself, as kept in state.
 */
export async function lastKnown(input: {
  readonly ledger: Ledger;
  readonly records: readonly SourceRecord[];
  /** Of the last catalog. */
  readonly before: readonly SourceRecord[];
  readonly known: Readonly<Record<string, Metadata>>;
  readonly load: (digest: string) => Promise<Metadata | undefined>;
}): Promise<ReadonlyMap<string, Metadata>> {
  const speaking = new Set(input.records.filter((record) => record.kind === "article").map((record) => record.key));
  const earlier = new Map(input.before.map((record) => [record.key, record]));
  const known = new Map<string, Metadata>();
  for (const entry of Object.values(input.ledger.entries)) {
    const key = entry.keys.at(-1) ?? "";
    if (speaking.has(key) || entry.canceled !== undefined) continue;
    const record = earlier.get(key);
    const meta =
      record?.kind === "article" && record.meta.digest === entry.digest
        ? record.meta
        : (input.known[entry.id] ?? (await input.load(entry.digest)));
    if (meta !== undefined) known.set(entry.id, meta);
  }
  return known;
}
