import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { encodedHead, headIn, type PartName, type StateHead } from "../../lambda/state/head.ts";
import { keysOf } from "../../lambda/state/shards.ts";
import { loadState } from "../../lambda/state/state.ts";
import { articleKey, objectPrefixes, stateKeys } from "../../lambda/state/state-keys.ts";
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

/**
 * Every object that is out of place: one that some of the newest `heads` names and the store does not hold, one that the store holds and
 * none of them names, nor one of the `since` before (as many heads as were written since the sweep); and the same of kept articles and the
 * present manifest.
 */
export async function outOfPlace(state: Store, heads: number, since: number): Promise<readonly string[]> {
  const past = (await state.history(stateKeys.head)).slice(0, heads + since);
  const all = await Promise.all(past.map(async (one) => headIn(await one.read(), "head.json")));
  const kept = (await loadState(state)).manifest.value.kept.map(articleKey);
  const namedBy = (some: typeof all) => new Set([...kept, ...some.flatMap((head) => (head === undefined ? [] : objectsNamedBy(head)))]);
  const listed = await Promise.all([...objectPrefixes, stateKeys.kept].map((prefix) => state.list(prefix)));
  const held = new Set(listed.flat().map(({ key }) => key));
  const named = namedBy(all);
  return [
    ...[...namedBy(all.slice(0, heads))].filter((key) => !held.has(key)).map((key) => `${key} is gone`),
    ...[...held].filter((key) => !named.has(key)).map((key) => `${key} belongs to nobody`),
  ];
}

function objectsNamedBy({ roots }: StateHead): readonly Key[] {
  return (["ledger", "catalog", "manifest"] as const).flatMap((part) =>
    tablesOf[part].flatMap((table) => keysOf(table, roots[part]?.[table.name] ?? [])),
  );
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

/** A value as the first version sealed it, which had records in the place of maps. */
export function sealedByFirstVersion(name: "ledger" | "catalog" | "manifest", value: unknown): Uint8Array {
  const text = JSON.stringify(value, (_, inner: unknown) => (inner instanceof Map ? Object.fromEntries(inner) : inner));
  return gzipSync(JSON.stringify({ format: `wireroom-${name}`, version: 1, checksum: hash("sha256", text), value: text }));
}
