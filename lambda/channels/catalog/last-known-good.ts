import type { Instant } from "../../articles/model/article.ts";
import { later } from "./ledger/dating.ts";
import type { Ledger, LedgerEntry } from "./ledger/ledger.ts";
import type { Metadata, SourceRecord } from "./ledger/record.ts";

/**
 * Articles as last published, for entries of the ledger whose file can no longer be read as an article and which readers still
 * see or hear about (`retain`, milliseconds). They come from the last catalog, or, because the catalog may be deleted at any
 * time, from the article kept in state.
 */
export async function lastKnown(input: {
  readonly ledger: Ledger;
  readonly now: Instant;
  readonly retain: number;
  readonly records: readonly SourceRecord[];
  /** The records of the last catalog. */
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
    // A file that names another id is, or may be, another article, so this one may have to stay as it was.
    const silent = said === undefined || (said.id !== undefined && said.id !== entry.id);
    const meta = atHand ?? (silent ? await input.load(entry.digest) : undefined);
    if (meta !== undefined) known.set(entry.id, meta);
  }
  return known;
}

/** Feeds neither show it nor announce its end. */
function isOver({ absent, canceled }: LedgerEntry, now: Instant, retain: number): boolean {
  if (absent !== undefined && absent !== "canceled") return true;
  return canceled !== undefined && later(canceled, retain) <= now;
}
