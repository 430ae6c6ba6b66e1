import type { Manifest } from "../plan/manifest/manifest.ts";

type Members = Manifest["members"];
type Paths = ReadonlyMap<string, readonly string[]>;

/** Of members that were turned around once: a run compares its manifest, and writes it with other versions of files. */
const turned = new WeakMap<Members, Paths>();

/** The paths of the channels that each article is in. `before`: those of an earlier manifest. */
export function pathsByArticle(members: Members, before?: { readonly members: Members; readonly paths: Paths }): Paths {
  const paths = turned.get(members) ?? (before && changedPaths(members, before.members, before.paths)) ?? allPaths(members);
  turned.set(members, paths);
  return paths;
}

const none: readonly never[] = [];

function allPaths(members: Members): Paths {
  const paths = new Map<string, readonly string[]>();
  for (const [path, ids] of Object.entries(members)) {
    // Most articles are in the same channels as many others: these share one list.
    const longer = new Map<readonly string[], readonly string[]>();
    for (const id of ids) {
      const list = paths.get(id) ?? none;
      const found = longer.get(list) ?? [...list, path];
      longer.set(list, found);
      paths.set(id, found);
    }
  }
  return paths;
}

/** Up to so many articles are looked at one by one. */
const few = 100;

/** Undefined if many articles have come or gone. */
function changedPaths(members: Members, membersBefore: Members, before: Paths): Paths | undefined {
  const [now, was] = [new Map(Object.entries(members)), new Map(Object.entries(membersBefore))];
  const channels = [...new Set([...now.keys(), ...was.keys()])].map((path) => ({
    path,
    ...between(was.get(path) ?? none, now.get(path) ?? none),
  }));
  const changed = new Set<string>();
  for (const { left, came } of channels) {
    for (const id of [...left, ...came]) changed.add(id);
    if (changed.size > few) return undefined;
  }
  const paths = new Map(before);
  for (const id of changed) {
    const old = before.get(id) ?? none;
    const own = channels.flatMap(({ path, left, came }) => (came.has(id) || (old.includes(path) && !left.has(id)) ? [path] : []));
    if (own.length === 0) paths.delete(id);
    else paths.set(id, own);
  }
  return paths;
}

/** What two lists have between the same beginning and the same end. */
function between(
  was: readonly string[],
  now: readonly string[],
): { readonly left: ReadonlySet<string>; readonly came: ReadonlySet<string> } {
  const shorter = Math.min(was.length, now.length);
  let [start, end] = [0, 0];
  while (start < shorter && was[start] === now[start]) start += 1;
  while (end < shorter - start && was[was.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return { left: new Set(was.slice(start, was.length - end)), came: new Set(now.slice(start, now.length - end)) };
}
