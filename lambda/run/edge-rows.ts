import { Fault } from "../fault.ts";
import type { EdgeUpdate } from "../plan/changes/make-plan.ts";
import type { RowChange, Rows, Table } from "../stores/store.ts";

/** The settings last of what is set: they tell how deep the edge function has to look for the others. */
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

/** Brings the table up to date in one conditional change; touches nothing where it is right. */
export async function updateEdge(table: Table, { rows }: EdgeUpdate): Promise<void> {
  const { rows: before, version } = await table.read();
  const change = changeOf(before, rows);
  if (change.set.length + change.drop.length === 0) return;
  const written = await table.change(change, version);
  if (written.kind === "refused")
    throw new Fault(`The edge table ${table.address} changed while this run was at work.`, { kind: "overtaken" });
}
