import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { encodedHead, headIn, type PartName, type StateHead } from "../../lambda/state/head.ts";
import { keysOf } from "../../lambda/state/shards.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { tablesOf } from "../../lambda/state/tables.ts";
import type { Key, Store } from "../../lambda/stores/store.ts";

/** The head that a state store holds. */
export async function headOf(state: Store): Promise<StateHead | undefined> {
  const found = await state.read(stateKeys.head);
  return found === undefined ? undefined : headIn(found.bytes, "head.json");
}

/** The keys of all objects of a part that the head names. */
export async function objectsOf(state: Store, part: PartName): Promise<readonly Key[]> {
  const root = (await headOf(state))?.roots[part] ?? {};
  return tablesOf[part].flatMap((table) => keysOf(table, root[table.name] ?? []));
}

/** Removes all objects of a part for good, as if somebody had deleted them. */
export async function lose(state: Store, part: PartName): Promise<void> {
  for (const key of await objectsOf(state, part)) {
    await state.remove(key);
    await state.dropHistory(key);
  }
}

/** Removes the head with all its versions: no ledger is left. */
export async function loseLedger(state: Store): Promise<void> {
  await state.remove(stateKeys.head);
  await state.dropHistory(stateKeys.head);
}

/** Puts an older root of a part back into the head, as somebody who restores one part from a copy would. */
export async function putBack(state: Store, part: PartName, older: StateHead | undefined): Promise<void> {
  const head = await headOf(state);
  if (head === undefined || older === undefined) throw new Error("no head");
  const { [part]: _, ...roots } = head.roots;
  const root = older.roots[part];
  await state.write(stateKeys.head, encodedHead({ ...head, roots: root === undefined ? roots : { ...roots, [part]: root } }));
}

/** A state store whose writes of the head that change a part fail, as when power is cut. */
export function cutAtCommit(state: Store, part: PartName, ends: () => ReturnType<Store["write"]>): Store {
  let before: string | undefined;
  return {
    ...state,
    write: async (key, content, ...rest) => {
      if (key !== stateKeys.head || !(content instanceof Uint8Array)) return state.write(key, content, ...rest);
      before ??= JSON.stringify((await headOf(state))?.roots[part]);
      const changes = JSON.stringify(headIn(content, "head.json")?.roots[part]) !== before;
      return changes ? ends() : state.write(key, content, ...rest);
    },
  };
}

/** A value as the first version sealed it. */
export function sealedByFirstVersion(name: "ledger" | "catalog" | "manifest", value: unknown): Uint8Array {
  const text = JSON.stringify(value);
  return gzipSync(JSON.stringify({ format: `wireroom-${name}`, version: 1, checksum: hash("sha256", text), value: text }));
}
