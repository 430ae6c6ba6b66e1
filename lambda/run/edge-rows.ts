import { Fault } from "../fault.ts";
import type { EdgeUpdate } from "../plan/changes/make-plan.ts";
import type { RowChange, Rows, Table } from "../stores/store.ts";

/** Sets the settings row last: it tells the edge function how deep to look for the other rows. */
export function changeOf(before: Rows, after: Rows): RowChange {
  const set = Object.entries(after).filter(([key, value]) => !Object.hasOwn(before, key) || before[key] !== value);
  const isSettings = ([key]: readonly [string, string]) => key === "site";
  return {
    set: [...set.filter((row) => !isSettings(row)), ...set.filter(isSettings)],
    drop: Object.keys(before)
      .filter((key) => !Object.hasOwn(after, key))
      .sort(),
  };
}

/** Updates the table in one conditional change; does nothing if it is up to date. */
export async function updateEdge(table: Table, { rows }: EdgeUpdate): Promise<void> {
  const { rows: before, version } = await table.read();
  const change = changeOf(before, rows);
  if (change.set.length + change.drop.length === 0) return;
  const written = await table.change(change, version);
  if (written.kind === "refused") throw new Fault(`The edge table ${table.address} changed during this run.`, { kind: "overtaken" });
}
