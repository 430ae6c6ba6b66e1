import type { Instant } from "../../articles/model/article.ts";
import { later } from "./ledger/dating.ts";
import type { Ledger, LedgerEntry } from "./ledger/ledger.ts";
import { type Metadata, recordsByKey, type SourceRecord } from "./ledger/record.ts";

export type LastKnownInput = {
  readonly ledger: Ledger;
  readonly now: Instant;
  /** How long feeds announce the end of an article, in milliseconds. */
  readonly retain: number;
  readonly records: readonly SourceRecord[];
  /** The records of the last catalog. */
  readonly before: readonly SourceRecord[];
  readonly known: Readonly<Record<string, Metadata>>;
};

/**
 * Articles as last published, by id, for entries of the ledger whose file can no longer be read as an article and which readers still
 * see or hear about. They come from the last catalog, or, because the catalog may be deleted at any time, from the articles kept in
 * state. `kept`: these by digest; `digestsToRecall` names the digests.
 */
export function lastKnownGood(former: readonly Former[], kept: ReadonlyMap<string, Metadata>): ReadonlyMap<string, Metadata> {
  return new Map(
    former.flatMap(({ entry, meta, silent }) => {
      const known = meta ?? (silent ? kept.get(entry.digest) : undefined);
      return known === undefined ? [] : [[entry.id, known] as const];
    }),
  );
}

/** The digests of articles that have neither a readable file nor a record in the last catalog. */
export function digestsToRecall(former: readonly Former[]): readonly string[] {
  const digests = former.flatMap(({ entry, meta, silent }) => (silent && meta === undefined ? [entry.digest] : []));
  return [...new Set(digests)];
}

/** `meta`: from the last catalog; `silent`: no file says what the article is now. */
export type Former = { readonly entry: LedgerEntry; readonly meta: Metadata | undefined; readonly silent: boolean };

/** The entries of the ledger whose file is not as it was published. */
export function formerIn({ ledger, now, retain, records, before, known }: LastKnownInput): readonly Former[] {
  const [sources, earlier] = [recordsByKey(records), recordsByKey(before)];
  const remembered = new Map(Object.entries(known));
  const former: Former[] = [];
  for (const entry of ledger.entries.values()) {
    const key = entry.keys.at(-1) ?? "";
    const source = sources.get(key);
    const said = source?.kind === "article" ? source.meta : undefined;
    if (said?.digest === entry.digest || isOver(entry, now, retain)) continue;
    const record = earlier.get(key);
    const meta = record?.kind === "article" && record.meta.digest === entry.digest ? record.meta : remembered.get(entry.id);
    // A file that names another id is, or may be, another article, so this one may have to stay as it was.
    former.push({ entry, meta, silent: said === undefined || (said.id !== undefined && said.id !== entry.id) });
  }
  return former;
}

/** Feeds neither show it nor announce its end. */
function isOver({ absent, canceled }: LedgerEntry, now: Instant, retain: number): boolean {
  if (absent !== undefined && absent !== "canceled") return true;
  return canceled !== undefined && later(canceled, retain) <= now;
}
