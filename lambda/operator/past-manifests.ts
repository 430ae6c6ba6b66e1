import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { channelMark, type Earlier, pathsIn } from "../plan/corrections/earlier.ts";
import type { Manifest } from "../plan/manifest/manifest.ts";

/**
 * Each channel's state before its last change; absent if no earlier one is kept. Skips states from which it was already rolled back, so
 * that a second roll-back goes further back and not forward again.
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

/** The channels that the last run with any change to a channel changed. */
export async function lastChanged(present: Manifest, overTime: AsyncIterable<Manifest>): Promise<readonly string[]> {
  for await (const manifest of overTime) {
    const changed = pathsIn(present).filter(
      (path) => Object.hasOwn(manifest.members, path) && channelMark(manifest, path) !== channelMark(present, path),
    );
    if (changed.length > 0) return changed;
  }
  return [];
}
