import type { Instant } from "../articles/article.ts";
import { later } from "./dating.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import type { Metadata, SourceRecord } from "./record.ts";

/**
 * Articles as last published, for those of the ledger whose file no longer says and that are still shown, or whose end is still told
 * (`retain`, milliseconds): first from what the last catalog knew, else (the catalog may be deleted at any time) from the article
 * itself, as kept in state.
 */
export async function lastKnown(input: {
  readonly ledger: Ledger;
  readonly now: Instant;
  readonly retain: number;
  readonly records: readonly SourceRecord[];
  /** Of the last catalog. */
  readonly before: readonly SourceRecord[];
  readonly known: Readonly<Record<string, Metadata>>;
  readonly load: (digest: string) => Promise<Metadata | undefined>;
}): Promise<ReadonlyMap<string, Metadata>> {
  const speaking = new Map(input.records.flatMap((record) => (record.kind === "article" ? [[record.key, record.meta] as const] : [])));
  const earlier = new Map(input.before.map((record) => [record.key, record]));
  const remembered = new Map(Object.entries(input.known));
  const known = new Map<string, Metadata>();
  for (const entry of Object.values(input.ledger.entries)) {
    const key = entry.keys.at(-1) ?? "";
    const said = speaking.get(key);
    if (said?.digest === entry.digest || isOver(entry, input.now, input.retain)) continue;
    const record = earlier.get(key);
    const atHand = record?.kind === "article" && record.meta.digest === entry.digest ? record.meta : remembered.get(entry.id);
    // An article that names another id is not this one, or may not be: then this one may have to stay as it was.
    const silent = said === undefined || (said.id !== undefined && said.id !== entry.id);
    const meta = atHand ?? (silent ? await input.load(entry.digest) : undefined);
    if (meta !== undefined) known.set(entry.id, meta);
  }
  return known;
}

/** Nothing is shown of it, and nothing told. */
function isOver({ absent, canceled }: LedgerEntry, now: Instant, retain: number): boolean {
  if (absent !== undefined && absent !== "canceled") return true;
  return canceled !== undefined && later(canceled, retain) <= now;
}
