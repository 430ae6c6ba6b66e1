import type { Key } from "../../../stores/store.ts";
import type { Ledger, LedgerEntry } from "../ledger/ledger.ts";

/** The articles that each place may belong to. */
type Places = {
  /** The most likely article first: the one whose file was there last time, then those that went away from it and may come back. */
  readonly at: (key: Key) => readonly LedgerEntry[];
  /** The first of these for which this is true. */
  readonly find: (key: Key, is: (entry: LedgerEntry) => boolean) => LedgerEntry | undefined;
};

/** A run asks several times about the same entries, which nobody changes. */
const known = new WeakMap<Ledger["entries"], Places>();

/** After the grace, an article leaves its place to new files. */
export function entriesByPlace(entries: Ledger["entries"]): Places {
  const places = known.get(entries) ?? placesOf(entries);
  known.set(entries, places);
  return places;
}

/** Nearly every place has one article, which needs no list. */
function placesOf(entries: Ledger["entries"]): Places {
  const only = new Map<Key, LedgerEntry>();
  const several = new Map<Key, LedgerEntry[]>();
  for (const entry of entries.values()) {
    if (hasLeft(entry)) continue;
    const place = placeOf(entry);
    const other = only.get(place);
    if (other === undefined) only.set(place, entry);
    else several.set(place, inOrder(several.get(place) ?? [other], entry));
  }
  const find: Places["find"] = (key, is) => {
    const entry = only.get(key);
    if (entry === undefined) return undefined;
    const shared = several.size === 0 ? undefined : several.get(key);
    if (shared !== undefined) return shared.find(is);
    return is(entry) ? entry : undefined;
  };
  const at: Places["at"] = (key) => {
    const entry = only.get(key);
    return several.get(key) ?? (entry === undefined ? [] : [entry]);
  };
  return { at, find };
}

function inOrder(others: readonly LedgerEntry[], entry: LedgerEntry): LedgerEntry[] {
  return entry.missing === undefined ? [entry, ...others] : [...others, entry];
}

/** The key that its file has, or had last. */
export const placeOf = (entry: LedgerEntry | undefined): Key => entry?.keys.at(-1) ?? "";

/** Its file went away and did not come back within the grace. */
export const hasLeft = ({ missing, canceled }: LedgerEntry): boolean => missing !== undefined && canceled !== undefined;
