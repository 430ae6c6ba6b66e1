import type { Ledger } from "../ledger/ledger.ts";
import type { SourceRecord } from "../ledger/record.ts";
import { entriesByPlace } from "./places.ts";

type Article = Extract<SourceRecord, { kind: "article" }>;

/**
 * The records with the content hashes that the ledger has for the same bytes, so that an article that moves is known by its content even if
 * this program hashes otherwise.
 */
export function asHashedBefore(records: readonly SourceRecord[], remembered: Ledger["entries"]): readonly SourceRecord[] {
  const places = entriesByPlace(remembered);
  const isAsBefore = ({ key, source, meta }: Article) =>
    places.find(key, (entry) => entry.source === source && entry.content === meta.content) !== undefined;
  const others = records.filter((record): record is Article => record.kind === "article" && !isAsBefore(record));
  const sources = new Set(others.map(({ source }) => source));
  const hashes = new Map(
    [...remembered.values()].filter(({ source }) => sources.has(source)).map(({ source, content }) => [source, content]),
  );
  const changed = new Map(
    others.flatMap((record) => {
      const content = hashes.get(record.source) ?? record.meta.content;
      return content === record.meta.content ? [] : [[record.key, { ...record, meta: { ...record.meta, content } }] as const];
    }),
  );
  // Mostly none, and then the list stays the same.
  return changed.size === 0 ? records : records.map((record) => changed.get(record.key) ?? record);
}
