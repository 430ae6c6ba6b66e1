import type { Finding } from "../../articles/model/article.ts";
import type { Key } from "../../stores/store.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import type { Metadata, SourceRecord } from "./ledger/record.ts";

/** By the id of an entry: why the gate refuses it, even if it stands alone. */
export type Defects = ReadonlyMap<string, readonly string[]>;

/**
 * An article that no feed can hold: in the version of its file (`file`), or also as last published (`out`), so that feeds show
 * none of it.
 */
export type Refusal = { readonly key: Key; readonly reason: string; readonly file: boolean; readonly out: boolean };

/** By id. */
export type Refused = ReadonlyMap<string, Refusal>;

/**
 * The refusals from now on: a new article stays out; a live article stays as it was, unless the gate refuses that too, or it was
 * withdrawn. Undefined if nothing new is refused.
 */
export function refusedAfter(before: Refused, defects: Defects, entries: readonly CatalogEntry[]): Refused | undefined {
  const more = entries.flatMap(({ id, state, meta }) => {
    const [reason] = defects.get(id) ?? [];
    const earlier = before.get(id);
    if (reason === undefined || earlier?.out === true) return [];
    const file = state === "live" || state === "canceled" || earlier !== undefined;
    return [[id, { key: meta.key, reason, file, out: state !== "live" }] as const];
  });
  return more.length === 0 ? undefined : new Map([...before, ...more]);
}

/** The sources without refused articles: their files count as broken. */
export function soundRecords(records: readonly SourceRecord[], refused: Refused): readonly SourceRecord[] {
  const keys = new Set([...refused.values()].flatMap(({ key, file }) => (file ? [key] : [])));
  if (keys.size === 0) return records;
  return records.map((record): SourceRecord => {
    const { key, version, findings } = record;
    return keys.has(key) ? { kind: "quarantined", key, version, findings } : record;
  });
}

/** Articles as last published, without those that the gate refuses in that version too. */
export function soundKnown(known: ReadonlyMap<string, Metadata>, refused: Refused): ReadonlyMap<string, Metadata> {
  return new Map([...known].filter(([id]) => refused.get(id)?.out !== true));
}

/** The findings about refused articles. */
export function refusals(refused: Refused): readonly Finding[] {
  return [...refused.values()].map(({ key, reason, out }) => ({
    kind: "problem",
    code: "entry-refused",
    key,
    message: `No feed can hold the article${out ? ", nor its last published version" : ""}: ${reason}`,
    hint: "Change what the message names. If nothing is wrong with it, report this as a mistake in Wireroom.",
  }));
}
