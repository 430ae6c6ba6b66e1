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
export function channelMark({ files }: Manifest, path: string): string {
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
  const done = all.filter(([path, { left }]) => left.at(-2) !== channelMark(manifest, path));
  if (done.length === all.length) return ledger;
  const { rolledBack: _, ...rest } = ledger;
  return done.length === 0 ? rest : { ...rest, rolledBack: Object.fromEntries(done) };
}
