import { hash } from "node:crypto";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { isSame } from "../articles/model/json-value.ts";
import type { Key } from "../stores/store.ts";
import { type Column, columnOf, valuesIn } from "./columns.ts";
import type { ObjectPrefix } from "./state-keys.ts";

/**
 * The rows of a table of state, by key. `encode`: what is written of a row, if it is not the row itself; a row without it is left out.
 * `expected`: how many there will be, if these are only the first of them.
 */
export type RowsOf = {
  readonly rows: ReadonlyMap<string, unknown>;
  readonly encode?: (row: never) => unknown;
  readonly expected?: number;
};

/** Where a table lies, and its name in the head. */
export type TableName = { readonly prefix: ObjectPrefix; readonly name: string };

/** The hashes of a table's objects, one for each shard; "" for a shard without rows. Their number is a power of two. */
export type Shards = readonly string[];

/** An object to write: named by the hash of its text, and never changed. */
export type Shard = { readonly key: Key; readonly bytes: Uint8Array };

/** How many rows a shard should have. Twice as many split it, and a quarter joins two. */
const rowsPerShard = 4096;

export function keyOf({ prefix, name }: TableName, index: number, hashed: string): Key {
  return `${prefix}${name}-${index}-${hashed}.json.br`;
}

/** The keys of all objects of a table. */
export function keysOf(table: TableName, shards: Shards): readonly Key[] {
  return shards.flatMap((hashed, index) => (hashed === "" ? [] : [keyOf(table, index, hashed)]));
}

/** A power of two. A table keeps its number of shards until they are far too full or too empty, since another number writes all anew. */
export function shardCount(rows: number, before: number): number {
  if (before > 0 && rows <= before * rowsPerShard * 2 && (before === 1 || rows >= (before * rowsPerShard) / 4)) return before;
  return 2 ** Math.max(0, Math.ceil(Math.log2(rows / rowsPerShard)));
}

/** The shard of a key: FNV-1a of its code units, which spreads keys that differ only in their last letters. */
export function shardOf(key: string, count: number): number {
  if (count === 1) return 0;
  let mixed = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) mixed = Math.imul(mixed ^ key.charCodeAt(index), 0x01000193);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % count;
}

/** Whether a table has other rows than before. */
export function isChanged(now: RowsOf, before: RowsOf & { readonly shards: Shards }): boolean {
  if (shardCount(now.rows.size, before.shards.length) !== before.shards.length && now.rows.size > 0) return true;
  return now.rows.size !== before.rows.size || otherKeys(now.rows, before.rows).length > 0;
}

type Rows = RowsOf["rows"];

/** Rows that were compared: a run asks several times whether a table changes, and two tables may have the same rows. */
const compared = new WeakMap<Rows, { readonly before: Rows; readonly others: readonly string[] }>();

/** The keys of the rows that are new, or other values than before. Most are the same objects. */
function otherKeys(rows: Rows, before: Rows): readonly string[] {
  const known = compared.get(rows);
  if (known?.before === before) return known.others;
  const others: string[] = [];
  for (const [key, row] of rows) {
    const old = before.get(key);
    if (row !== old && !isSame(row, old)) others.push(key);
  }
  compared.set(rows, { before, others });
  return others;
}

/**
 * The shards of a table, and those of them that have to be written: only shards whose rows differ from `before`. Rows are compared as
 * values, and most are the same objects as before.
 */
export function shardsOf(
  table: TableName,
  now: RowsOf,
  before: RowsOf & { readonly shards: Shards },
): { readonly shards: Shards; readonly written: readonly Shard[] } {
  if (now.rows.size === 0) return { shards: [], written: [] };
  const count = shardCount(Math.max(now.rows.size, now.expected ?? 0), before.shards.length);
  const changed = new Set<number>();
  if (count !== before.shards.length) for (let index = 0; index < count; index += 1) changed.add(index);
  else {
    const others = otherKeys(now.rows, before.rows);
    for (const key of others) changed.add(shardOf(key, count));
    const added = others.filter((key) => !before.rows.has(key)).length;
    if (now.rows.size - added < before.rows.size)
      for (const key of before.rows.keys()) if (!now.rows.has(key)) changed.add(shardOf(key, count));
  }
  if (changed.size === 0) return { shards: before.shards, written: [] };
  const grouped = new Map([...changed].map((index) => [index, [] as (readonly [string, unknown])[]]));
  for (const [key, row] of now.rows) {
    const group = grouped.get(shardOf(key, count));
    if (group === undefined) continue;
    const encoded = now.encode === undefined ? row : now.encode(row as never);
    if (encoded !== undefined) group.push([key, encoded]);
  }
  const shards = Array.from({ length: count }, (_, index) => before.shards[index] ?? "");
  const written: Shard[] = [];
  for (const [index, rows] of grouped) {
    const text = rows.length === 0 ? undefined : textOf(table, rows);
    const hashed = text === undefined ? "" : hashOfText(text);
    const known = count === before.shards.length && before.shards[index] === hashed;
    shards[index] = hashed;
    if (text !== undefined && !known) written.push({ key: keyOf(table, index, hashed), bytes: brotliCompressSync(text, fast) });
  }
  return { shards: shards.every((hashed) => hashed === "") ? [] : shards, written };
}

/** As fast as gzip, and smaller. */
const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** What an object holds: the keys of its rows in order, and the rows. */
type Text = { readonly table: string; readonly keys: Column; readonly rows: Column };

function textOf({ name }: TableName, rows: readonly (readonly [string, unknown])[]): string {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({
    table: name,
    keys: columnOf(sorted.map(([key]) => key)),
    rows: columnOf(sorted.map(([, row]) => row)),
  } satisfies Text);
}

/** 128 bits: nobody can choose what state holds so that two of its objects meet. */
function hashOfText(text: string | Uint8Array): string {
  return hash("sha256", text).slice(0, 32);
}

/** The keys of the rows of an object, in order, and the row of each. */
export type ShardRows = { readonly keys: readonly string[]; readonly rows: readonly unknown[] };

/** The rows of an object; undefined if it is damaged. */
export function rowsIn(bytes: Uint8Array, { name }: TableName, hashed: string): ShardRows | undefined {
  try {
    const text = brotliDecompressSync(bytes);
    if (hashOfText(text) !== hashed) return undefined;
    const { table, keys, rows } = JSON.parse(text.toString("utf8")) as Text;
    return table === name ? { keys: valuesIn(keys) as readonly string[], rows: valuesIn(rows) } : undefined;
  } catch {
    return undefined;
  }
}
