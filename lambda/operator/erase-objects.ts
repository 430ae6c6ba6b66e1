import { keysOf } from "../state/shards.ts";
import type { State } from "../state/state.ts";
import { stateKeys } from "../state/state-keys.ts";
import { tablesOf } from "../state/tables.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";
import type { Traces } from "./erase-traces.ts";

/**
 * Removes an article from the older objects of state and from older heads. Older catalogs can be made again, so all of them go; of older
 * manifests and heads only those that show the article. A ledger has none of its words.
 */
export async function forgetObjects(state: Store, { head }: State, traces: Traces): Promise<void> {
  const present = new Set(
    (["catalog", "manifest"] as const).flatMap((part) =>
      tablesOf[part].flatMap((table) => keysOf(table, head.roots[part]?.[table.name] ?? [])),
    ),
  );
  const isCatalog = (key: Key) => key.startsWith(stateKeys.catalog) || key.startsWith(stateKeys.details);
  const old = [stateKeys.catalog, stateKeys.details, stateKeys.manifest].map((prefix) => state.list(prefix));
  const listed = (await Promise.all(old)).flat().filter(({ key }) => !present.has(key));
  await inParallel(listed, async ({ key }) => {
    const found = isCatalog(key) ? undefined : await state.read(key);
    if (found === undefined || traces(found.bytes, key)) await state.remove(key);
  });
  const isOlder = (key: Key) => isCatalog(key) || key.startsWith(stateKeys.manifest) || key === stateKeys.head;
  await state.purge(isOlder, (bytes, key) => isCatalog(key) || traces(bytes, key));
}
