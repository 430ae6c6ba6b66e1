import type { Instant } from "../articles/model/article.ts";
import { later } from "../channels/catalog/ledger/dating.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";
import { headIn, type StateHead } from "./head.ts";
import { keysOf } from "./shards.ts";
import { articleKey, objectPrefixes, stateKeys } from "./state-keys.ts";
import { tablesOf } from "./tables.ts";

/** How often objects are swept, in milliseconds. */
const daily = 86_400_000;

/** As many heads as a folder keeps: what one of them names stays in its place. */
const heads = 40;

export function isSweepDue({ swept }: StateHead, now: Instant): boolean {
  return swept === undefined || later(swept, daily) <= now;
}

/**
 * Removes the objects that none of the newest heads names: each change replaces some; and the kept articles that are not among `kept`
 * (digests): a run may have been cut before it removed them. In a versioned bucket their contents stay for as long as it keeps old versions,
 * so that an older head can still be put back; a folder would keep them for ever. The caller holds the lease. What another run has written
 * as progress, and not named yet, may go too: it is then read again.
 */
export async function sweep(store: Store, present: StateHead, kept: Iterable<string>): Promise<void> {
  const named = new Set<Key>(keysIn(present));
  for (const past of (await store.history(stateKeys.head)).slice(0, heads)) {
    const head = headIn(await past.read(), `${store.address}/${stateKeys.head}`);
    for (const key of head === undefined ? [] : keysIn(head)) named.add(key);
  }
  for (const digest of kept) named.add(articleKey(digest));
  for (const prefix of [...objectPrefixes, stateKeys.kept]) {
    for await (const batch of store.scan(prefix)) {
      const replaced = batch.filter(({ key }) => !named.has(key));
      await inParallel(replaced, async ({ key }) => {
        await store.remove(key);
        if (store.tree === true) await store.dropHistory(key);
      });
    }
  }
}

function keysIn({ roots }: StateHead): readonly Key[] {
  return (["ledger", "catalog", "manifest"] as const).flatMap((part) =>
    tablesOf[part].flatMap((table) => keysOf(table, roots[part]?.[table.name] ?? [])),
  );
}
