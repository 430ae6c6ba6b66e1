import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import type { Manifest } from "../plan/manifest/manifest.ts";
import type { CatalogCache } from "./catalog-cache.ts";
import { besideLedger, rowsOfCatalog } from "./catalog-rows.ts";
import type { PartName, Root } from "./head.ts";
import { isChanged, type RowsOf, type Shard, shardsOf } from "./shards.ts";
import { type PartRows, rowsByKey, rowsOfLedger, rowsOfManifest, type TableRows, tablesOf } from "./tables.ts";

type PartValue = Ledger | CatalogCache | Manifest;

/** A part as it was read, and its objects that are still whole. */
type PartBefore = { readonly value: PartValue; readonly root: Root };

/** The rows of values that were compared: a run compares each several times before it writes. */
const known = new WeakMap<PartValue, PartRows>();

function rowsOf(part: PartName, value: PartValue, before?: PartValue): PartRows {
  const found = known.get(value);
  if (found !== undefined) return found;
  const made =
    part === "ledger"
      ? rowsOfLedger(value as Ledger)
      : part === "catalog"
        ? rowsOfCatalog(value as CatalogCache)
        : rowsOfManifest(value as Manifest, pathsIn(before as Manifest | undefined));
  known.set(value, made);
  return made;
}

function pathsIn(manifest: Manifest | undefined) {
  const rows = manifest === undefined ? undefined : rowsOf("manifest", manifest)["members"]?.rows;
  return manifest && rows && { members: manifest.members, paths: rows as ReadonlyMap<string, readonly string[]> };
}

/** Notes the rows from which a value was made. */
export function rememberRows(value: PartValue, read: TableRows): void {
  known.set(value, Object.fromEntries(Object.keys(read).map((name) => [name, { rows: rowsByKey(read, name) }])));
}

/** Whether a value has other rows than the one before. */
export function hasOtherRows(part: PartName, value: PartValue, before: PartBefore): boolean {
  const [now, was] = [rowsOf(part, value, before.value), rowsOf(part, before.value)];
  return tablesOf[part].some(({ name }) => {
    const [rows, old] = [now[name], was[name]];
    return rows !== undefined && old !== undefined && isChanged(rows, { ...old, shards: before.root[name] ?? [] });
  });
}

/** The objects of a value, and those of them to write. `ledger`: that beside them. `expected`: how many sources there will be. */
export function encoded(
  part: PartName,
  value: PartValue,
  before: PartBefore,
  { ledger, expected }: { readonly ledger: Ledger; readonly expected: number },
): { readonly root: Root; readonly written: readonly Shard[] } {
  const [all, was] = [rowsOf(part, value, before.value), rowsOf(part, before.value)];
  const now = part === "catalog" ? besideLedger(all, ledger) : all;
  const tables = tablesOf[part].map((table) => {
    const [rows = { rows: new Map() }, old = { rows: new Map() }] = [now[table.name], was[table.name]];
    return {
      name: table.name,
      ...shardsOf(table, expecting(table.name, rows, expected), { ...old, shards: before.root[table.name] ?? [] }),
    };
  });
  return {
    root: Object.fromEntries(tables.flatMap(({ name, shards }) => (shards.length === 0 ? [] : [[name, shards]]))),
    written: tables.flatMap(({ written }) => written),
  };
}

/** Only these tables have a row for each source. */
function expecting(table: string, rows: RowsOf, expected: number): RowsOf {
  return table === "facts" || table === "details" ? { ...rows, expected } : rows;
}
