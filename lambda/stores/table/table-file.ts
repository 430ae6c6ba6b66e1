import { Fault } from "../../fault.ts";
import type { Condition, Key, Rows, Store, Table } from "../store.ts";

type Text = { readonly data: readonly { readonly key: string; readonly value: string }[] };

/** A table in one file of a store, in the import format of a CloudFront KeyValueStore: for an edge other than CloudFront. */
export const fileTable = (store: Store, key: Key): Table => {
  const address = `${store.address}/${key}`;
  const rowsIn = (bytes: Uint8Array): Rows => {
    try {
      const { data } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Text;
      return Object.fromEntries(data.map((row) => [row.key, row.value]));
    } catch (cause) {
      throw new Fault(`${address} is not an edge table. Remove the file, and the next run writes it again.`, { cause });
    }
  };
  const read: Table["read"] = async () => {
    const found = await store.read(key);
    return found === undefined ? { rows: {}, version: "" } : { rows: rowsIn(found.bytes), version: found.version };
  };
  return {
    address,
    read,
    change: async ({ set, drop }, ifVersion) => {
      const { rows, version } = await read();
      if (version !== ifVersion) return { kind: "refused" };
      const changed = [...Object.entries({ ...rows, ...Object.fromEntries(set) })].filter(([name]) => !drop.includes(name));
      const data = changed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ key: name, value }));
      const condition: Condition = version === "" ? { ifAbsent: true } : { ifVersion: version };
      return store.write(
        key,
        Buffer.from(`${JSON.stringify({ data }, undefined, 2)}\n`, "utf8"),
        { contentType: "application/json" },
        condition,
      );
    },
  };
};
