import type { Key, Version } from "../../stores/store.ts";
import { orders, type WriteOrder } from "../manifest/file.ts";
import type { Removal } from "./removals.ts";

/** The files that block a key's path: on a disk, a file cannot lie below another file or have the name of a folder. */
export type Obstructions = (key: Key) => readonly Key[];

export function obstructionsIn(listing: ReadonlyMap<Key, Version>): Obstructions {
  let below: ReadonlyMap<Key, readonly Key[]> | undefined;
  return (key) => {
    // An existing file is not blocked.
    if (listing.size === 0 || listing.has(key)) return [];
    below ??= filesBelow(listing);
    return [...foldersOf(key).filter((folder) => listing.has(folder)), ...(below.get(key) ?? [])];
  };
}

function filesBelow(listing: ReadonlyMap<Key, Version>): ReadonlyMap<Key, readonly Key[]> {
  const below = new Map<Key, Key[]>();
  for (const key of listing.keys()) {
    for (const folder of foldersOf(key)) {
      const files = below.get(folder);
      if (files === undefined) below.set(folder, [key]);
      else files.push(key);
    }
  }
  return below;
}

function foldersOf(key: Key): readonly Key[] {
  const segments = key.split("/");
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("/"));
}

/** Orders the removals: those that block a file come before that file, and all others after everything is written. */
export function orderedRemovals(
  removes: readonly Removal[],
  writes: readonly { readonly key: Key; readonly order: WriteOrder }[],
  way: Obstructions,
): readonly Removal[] {
  if (removes.length === 0) return removes;
  const first = new Map<Key, WriteOrder>();
  for (const { key, order } of writes.toSorted((a, b) => orders.indexOf(b.order) - orders.indexOf(a.order)))
    for (const other of way(key)) first.set(other, order);
  return removes.map((removal) => {
    const before = [removal.key, ...removal.variants].flatMap((key) => first.get(key) ?? []);
    const [earliest] = before.sort((a, b) => orders.indexOf(a) - orders.indexOf(b));
    return earliest === undefined ? removal : { ...removal, before: earliest };
  });
}
