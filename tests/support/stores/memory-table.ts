import type { Rows, Table } from "../../../lambda/stores/store.ts";

/** A table in memory. */
export const memoryTable = (start: Rows = {}, address = "memory table"): Table => {
  let rows = start;
  let version = 1;
  return {
    address,
    read: async () => ({ rows, version: String(version) }),
    change: async ({ set, drop }, ifVersion) => {
      if (ifVersion !== String(version)) return { kind: "refused" };
      rows = Object.fromEntries([...Object.entries(rows), ...set].filter(([key]) => !drop.includes(key)));
      version += 1;
      return { kind: "written", version: String(version) };
    },
  };
};
