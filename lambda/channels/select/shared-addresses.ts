import type { Finding } from "../../articles/model/article.ts";
import type { Key } from "../../stores/store.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";

const readable: readonly string[] = ["live", "kept", "missing"];

/**
 * Reports articles with the address of an article seen earlier: readers of one would open the other. Entries are newest first; of
 * two first seen in one run, the older keeps the address. (If this target publishes the pages itself, `placePages` reports the
 * conflict.)
 */
export function sharedAddresses(entries: readonly CatalogEntry[]): readonly Finding[] {
  const held = new Map<string, Key>();
  const bySight = entries.toReversed().sort((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1));
  return bySight.flatMap(({ url, state, meta }): readonly Finding[] => {
    if (url === undefined || !readable.includes(state)) return [];
    const holder = held.get(url);
    if (holder === undefined) held.set(url, meta.key);
    if (holder === undefined) return [];
    const message = `The article has the same address as ${holder}: ${url}.`;
    return [{ kind: "notice", code: "url-used-twice", key: meta.key, message, hint: "Give it another slug or section, or another url." }];
  });
}
