import { Fault } from "../fault.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";
import type { Root } from "./head.ts";
import { keyOf, rowsIn, type ShardRows, type TableName } from "./shards.ts";
import type { TableRows } from "./tables.ts";

/** The rows of each object of each table, and the objects of the tables that are whole in their place. */
export type LoadedTables = { readonly rows: TableRows; readonly root: Root };

/**
 * The rows of some tables. An object that is gone or damaged comes from its newest good version. Undefined if there is
 * none, or no root names the part: it is made anew.
 * @throws Fault if the part is precious and an object of it is lost.
 */
export async function loadTables(
  store: Store,
  tables: readonly TableName[],
  root: Root | undefined,
  worth: "precious" | "made again" = "made again",
): Promise<LoadedTables | undefined> {
  if (root === undefined) return undefined;
  const objects = tables.flatMap((table) =>
    (root[table.name] ?? []).flatMap((hashed, index) => (hashed === "" ? [] : [{ table, hashed, key: keyOf(table, index, hashed) }])),
  );
  const read = await inParallel(objects, async (object) => ({ ...object, ...(await loadObject(store, object)) }));
  const lost = read.find(({ rows }) => rows === undefined);
  if (lost !== undefined && worth !== "precious") return undefined;
  if (lost !== undefined) {
    throw new Fault(
      `${store.address}/${lost.key} is a part of the ledger; it is gone or damaged, and no good version of it is left. Restore a copy of the ` +
        `state, or remove ${store.address}/head.json with its versions to start with a new ledger. Nothing was changed.`,
    );
  }
  const rows = tables.map(({ name }) => [name, read.flatMap((object) => (object.table.name === name ? (object.rows ?? []) : []))] as const);
  const damaged = new Set(read.flatMap(({ table, place }) => (place === "history" ? [table.name] : [])));
  return {
    rows: Object.fromEntries(rows),
    root: Object.fromEntries(Object.entries(root).filter(([name]) => !damaged.has(name))),
  };
}

type Found = { readonly rows?: ShardRows; readonly place?: "history" };

async function loadObject(
  store: Store,
  { key, table, hashed }: { readonly key: Key; readonly table: TableName; readonly hashed: string },
): Promise<Found> {
  const found = await store.read(key);
  const rows = found === undefined ? undefined : rowsIn(found.bytes, table, hashed);
  if (rows !== undefined) return { rows };
  for (const past of await store.history(key)) {
    const older = rowsIn(await past.read(), table, hashed);
    if (older !== undefined) return { rows: older, place: "history" };
  }
  return {};
}
