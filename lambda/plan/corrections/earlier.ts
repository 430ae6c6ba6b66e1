import { hashOfValue } from "../../articles/model/json-value.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** A channel and the newest manifest in which it differs from now. `left`: the marks of its states since then. */
export type Earlier = { readonly path: string; readonly manifest: Manifest; readonly left: readonly string[] };

/** The paths of all channels in a manifest. */
export function pathsIn({ members }: Manifest): readonly string[] {
  return Object.keys(members).sort();
}

/** Identifies the bytes of all of a channel's files. */
export function channelMark({ files }: Manifest, path: string): string {
  const own = Object.entries(files).flatMap(([key, { channel, hash }]) => (channel === path ? [[key, hash]] : []));
  return hashOfValue(own.sort(), 16);
}

/**
 * The ledger without roll-backs that were cut before they reached the manifest: nothing holds such a channel, and the next run rewrites the
 * files that were already put back.
 */
export function withoutUnfinished(ledger: Ledger, manifest: Manifest): Ledger {
  const all = Object.entries(ledger.rolledBack ?? {});
  // The second last mark is the channel before the roll-back, the last one is the channel after it.
  const done = all.filter(([path, { left }]) => left.at(-2) !== channelMark(manifest, path));
  if (done.length === all.length) return ledger;
  const { rolledBack: _, ...rest } = ledger;
  return done.length === 0 ? rest : { ...rest, rolledBack: Object.fromEntries(done) };
}
