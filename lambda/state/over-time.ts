import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { emptyManifest, type Manifest } from "../plan/manifest/manifest.ts";
import type { Store } from "../stores/store.ts";
import type { CatalogCache } from "./catalog-cache.ts";
import { catalogFrom } from "./catalog-rows.ts";
import { headIn, type PartName, type StateHead } from "./head.ts";
import { loadTables } from "./objects.ts";
import { stateKeys } from "./state-keys.ts";
import { ledgerFrom, manifestFrom, tablesOf } from "./tables.ts";

/** Every head that the store keeps, newest first; the present one is the first. Each root is in one of them only. */
async function* headsWithNew(store: Store, part: PartName): AsyncGenerator<StateHead> {
  const seen = new Set<string>();
  for (const past of await store.history(stateKeys.head)) {
    const head = headIn(await past.read(), `${store.address}/${stateKeys.head}`);
    const root = JSON.stringify(head?.roots[part]);
    if (head === undefined || root === undefined || seen.has(root)) continue;
    seen.add(root);
    yield head;
  }
}

/** Every manifest that the store keeps, newest first. The present one is the first. */
export async function* manifestsOverTime(store: Store): AsyncGenerator<Manifest> {
  let [ledger, last] = [undefined as Ledger | undefined, ""];
  for await (const head of headsWithNew(store, "manifest")) {
    const root = JSON.stringify(head.roots.ledger);
    if (ledger === undefined || root !== last) ledger = await pastLedger(store, head);
    last = root;
    const loaded = await loadTables(store, tablesOf.manifest, head.roots.manifest);
    if (loaded !== undefined) yield { ...emptyManifest, ...manifestFrom(loaded.rows, ledger) };
  }
}

async function pastLedger(store: Store, head: StateHead): Promise<Ledger> {
  const loaded = await loadTables(store, tablesOf.ledger, head.roots.ledger);
  return ledgerFrom(loaded?.rows ?? {}, head);
}

/** Every catalog that the store keeps, newest first. */
export async function* catalogsOverTime(store: Store): AsyncGenerator<CatalogCache> {
  for await (const head of headsWithNew(store, "catalog")) {
    const loaded = await loadTables(store, tablesOf.catalog, head.roots.catalog);
    if (loaded !== undefined) yield catalogFrom(loaded.rows, await pastLedger(store, head));
  }
}

/** The digests under which an article was kept, as far as the store keeps old ledgers. */
export async function digestsOverTime(store: Store, id: string): Promise<readonly string[]> {
  const digests = new Set<string>();
  for await (const head of headsWithNew(store, "ledger")) {
    const loaded = await loadTables(store, [tablesOf.ledger[0]], head.roots.ledger);
    const entry = ledgerFrom(loaded?.rows ?? {}, head).entries.get(id);
    if (entry !== undefined) digests.add(entry.digest);
  }
  return [...digests];
}
