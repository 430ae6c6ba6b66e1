import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { channelMark, type Earlier, pathsIn } from "../plan/corrections/earlier.ts";
import type { Manifest } from "../plan/manifest/manifest.ts";

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
  const left = new Map(paths.map((path) => [path, [...(rolledBack[path]?.left ?? []), channelMark(present, path)]]));
  const found = new Map<string, Earlier>();
  for await (const manifest of overTime) {
    for (const path of paths) {
      const marks = left.get(path) ?? [];
      if (found.has(path) || !Object.hasOwn(manifest.members, path) || marks.includes(channelMark(manifest, path))) continue;
      found.set(path, { path, manifest, left: [...marks, channelMark(manifest, path)] });
    }
    if (found.size === paths.length) break;
  }
  return paths.flatMap((path) => found.get(path) ?? []);
}

/** The channels that the last run changed which changed any. */
export async function lastChanged(present: Manifest, overTime: AsyncIterable<Manifest>): Promise<readonly string[]> {
  for await (const manifest of overTime) {
    const changed = pathsIn(present).filter(
      (path) => Object.hasOwn(manifest.members, path) && channelMark(manifest, path) !== channelMark(present, path),
    );
    if (changed.length > 0) return changed;
  }
  return [];
}
