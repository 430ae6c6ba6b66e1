/** A row of a table, as the export has it: nothing about its types is certain. */
export type GhostRow = Readonly<Record<string, unknown>>;
export type GhostData = Readonly<Record<string, unknown>>;

/** The rows of a table; empty if there is none. */
export function listOf(data: GhostData, table: string): readonly GhostRow[] {
  const rows = data[table];
  return Array.isArray(rows) ? rows.filter((row) => row !== null && typeof row === "object") : [];
}

/** A text or number of a row as text; undefined if it is empty. */
export function textAt(row: GhostRow | undefined, name: string): string | undefined {
  const value = row?.[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

const indexes = new WeakMap<GhostData, Map<string, ReadonlyMap<string, readonly GhostRow[]>>>();

/** The rows of a table by one of their columns, in the order that `sort_order` gives; each index is made once. */
export function rowsBy(data: GhostData, table: string, column: string): ReadonlyMap<string, readonly GhostRow[]> {
  const known = indexes.get(data) ?? new Map<string, ReadonlyMap<string, readonly GhostRow[]>>();
  indexes.set(data, known);
  const name = `${table} ${column}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const order = (row: GhostRow) => Number(row["sort_order"] ?? 0);
  const rows = [...listOf(data, table)].sort((a, b) => order(a) - order(b));
  const made = Map.groupBy(rows, (row) => textAt(row, column) ?? "");
  known.set(name, made);
  return made;
}
