import type { Finding } from "../articles/article.ts";
import type { Key } from "../stores/store.ts";
import type { CatalogEntry } from "./catalog-entry.ts";

const readable: readonly string[] = ["live", "kept", "missing"];

/**
 * Articles whose address is that of one that was seen before: readers of one of them see the other. Entries are the newest first; of those
 * that were first seen in one run the older is right. (Where this target publishes the pages itself, there is one page for an address: `placePages` tells.)
 */
export function sharedAddresses(entries: readonly CatalogEntry[]): readonly Finding[] {
  const held = new Map<string, Key>();
  const bySight = entries.toReversed().sort((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1));
  return bySight.flatMap(({ url, state, meta }): readonly Finding[] => {
    if (url === undefined || !readable.includes(state)) return [];
    const holder = held.get(url);
    if (holder === undefined) held.set(url, meta.key);
    if (holder === undefined) return [];
    const message = `The article has the address of ${holder}: ${url}.`;
    return [{ kind: "notice", code: "url-used-twice", key: meta.key, message, hint: "Give it another slug or section, or another url." }];
  });
}
