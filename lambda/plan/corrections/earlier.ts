import { hashOfValue } from "../../articles/model/json-value.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** A channel and the manifest of the last time at which it was something else than it is now. `left`: marks of what it has been since. */
export type Earlier = { readonly path: string; readonly manifest: Manifest; readonly left: readonly string[] };

/** Paths of all channels that a manifest knows. */
export function pathsIn({ members }: Manifest): readonly string[] {
  return Object.keys(members).sort();
}

/** Equal marks: the same bytes in all of a channel's files. */
function markOf({ files }: Manifest, path: string): string {
  const own = Object.entries(files).flatMap(([key, { channel, hash }]) => (channel === path ? [[key, hash]] : []));
  return hashOfValue(own.sort(), 16);
}

/**
 * The ledger without roll-backs that were cut before the manifest knew of them: such a channel is what it was, and nothing holds it. What
 * was put back of its files already is nobody's, and made anew by the next run.
 */
export function withoutUnfinished(ledger: Ledger, manifest: Manifest): Ledger {
  const all = Object.entries(ledger.rolledBack ?? {});
  // The last but one mark is what the channel was when it was to be put back, the last what it was to become.
  const done = all.filter(([path, { left }]) => left.at(-2) !== markOf(manifest, path));
  if (done.length === all.length) return ledger;
  const { rolledBack: _, ...rest } = ledger;
  return done.length === 0 ? rest : { ...rest, rolledBack: Object.fromEntries(done) };
}

/**
 * For each channel what it was before; absent where nothing earlier is kept. What it has already been rolled back from is passed over,
 * so that a second time leads further back and not forth.
 */
export async function earlierOf(
  paths: readonly string[],
  present: Manifest,
  overTime: AsyncIterable<Manifest>,
  { rolledBack = {} }: Ledger,
): Promise<readonly Earlier[]> {
  const left = new Map(paths.map((path) => [path, [...(rolledBack[path]?.left ?? []), markOf(present, path)]]));
  const found = new Map<string, Earlier>();
  for await (const manifest of overTime) {
    for (const path of paths) {
      const marks = left.get(path) ?? [];
      if (found.has(path) || !Object.hasOwn(manifest.members, path) || marks.includes(markOf(manifest, path))) continue;
      found.set(path, { path, manifest, left: [...marks, markOf(manifest, path)] });
    }
    if (found.size === paths.length) break;
  }
  return paths.flatMap((path) => found.get(path) ?? []);
}

/** The channels that the last run changed which changed any. */
export async function lastChanged(present: Manifest, overTime: AsyncIterable<Manifest>): Promise<readonly string[]> {
  for await (const manifest of overTime) {
    const changed = pathsIn(present).filter(
      (path) => Object.hasOwn(manifest.members, path) && markOf(manifest, path) !== markOf(present, path),
    );
    if (changed.length > 0) return changed;
  }
  return [];
}
