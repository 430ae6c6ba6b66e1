import type { SourceRecord } from "../../channels/catalog/ledger/record.ts";
import type { Key, Listed } from "../../stores/store.ts";

/**
 * Keeps what a run has read while it goes on reading, so that a kill does not make the next run begin again. `after`: how many sources are
 * read before they are kept. `shardOf`: which object of state will hold a source. `keep`: commits the records, of which there will be
 * `expected`.
 */
export type ReadProgress = {
  readonly after: number;
  readonly shardOf: (key: Key, expected: number) => number;
  readonly keep: (records: readonly SourceRecord[], expected: number) => Promise<void>;
};

/** At most so many times in a run, because each time passes over all records. */
const times = 32;

/**
 * The order in which to read: shard by shard, so that what is kept on the way is whole shards, and each is written once. `step` counts one
 * source as read; `settled` waits for what is being kept. `records`: all that are known so far.
 */
export function keptOnTheWay(
  changed: readonly Listed[],
  expected: number,
  records: () => readonly SourceRecord[],
  progress: ReadProgress | undefined,
): { readonly inOrder: readonly Listed[]; readonly step: () => Promise<void>; readonly settled: () => Promise<void> } {
  const after = Math.max(progress?.after ?? 0, Math.ceil(expected / times));
  if (progress === undefined || changed.length <= after)
    return { inOrder: changed, step: () => Promise.resolve(), settled: () => Promise.resolve() };
  const shards = Map.groupBy(changed, ({ key }) => progress.shardOf(key, expected));
  const inOrder = [...shards].sort(([a], [b]) => a - b).flatMap(([, shard]) => shard);
  let [read, kept] = [0, 0];
  let keeping: Promise<void> = Promise.resolve();
  const step = (): Promise<void> => {
    read += 1;
    if (read - kept < after || read === changed.length) return Promise.resolve();
    kept = read;
    // The other sources are read meanwhile. One after the other: each builds on the last.
    keeping = keeping.then(() => progress.keep(records(), expected));
    return keeping;
  };
  return { inOrder, step, settled: () => keeping };
}
