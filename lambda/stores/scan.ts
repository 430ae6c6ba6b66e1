import { byKey } from "./key.ts";
import type { Key, Listed } from "./store.ts";

/** The `list` of a store, from its `scan`. */
export const collected = async (batches: AsyncIterable<readonly Listed[]>): Promise<readonly Listed[]> => {
  const listed: Listed[] = [];
  for await (const batch of batches) for (const one of batch) listed.push(one);
  return listed.sort(byKey);
};

/** A batch as text, which takes a third of the memory: most runs need no more of a listing than that it is the same. */
export const asText = (batch: readonly Listed[]): string => JSON.stringify(batch);

/** The `list` of a store, from batches of its `scan`: as text, and as they came. */
export const listingFrom = (batches: readonly string[], others: readonly Listed[]): readonly Listed[] =>
  [...batches.flatMap((batch) => JSON.parse(batch) as readonly Listed[]), ...others].sort(byKey);

/** Keys in a batch, as many as on a page of S3. */
const page = 1000;

/** The points for a listing, by its keys. */
export const pointsIn = (listing: readonly Listed[]): readonly Key[] =>
  pointsOf(listing.flatMap(({ key }, at) => (at % page === page - 1 ? [key] : [])));

/** The most points, and the fewest batches between two of them: a range costs at most one request more than its pages. */
const most = 31;
const apart = 3;

/**
 * Where the next scan of the same store may divide its keys: `lasts` are the last keys of the batches of this one. None for a
 * store of a few thousand keys, whose scan must not cost more requests.
 */
export const pointsOf = (lasts: readonly Key[]): readonly Key[] => {
  const sorted = [...new Set(lasts)].sort(byBytes);
  const ranges = Math.min(most + 1, Math.floor(sorted.length / apart));
  return Array.from({ length: Math.max(0, ranges - 1) }, (_, at) => sorted[Math.round(((at + 1) * sorted.length) / ranges) - 1] as Key);
};

/** Half of a character that UTF-16 writes as two. Without any, the order of UTF-8 is that of JavaScript. */
const surrogate = /[\uD800-\uDFFF]/;

/** The order of S3: by the bytes of UTF-8. */
export const byBytes = (a: Key, b: Key): number => {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a === b ? 0 : a < b ? -1 : 1;
};

/** Batches that wait to be taken, at most: a lane each. */
const lanes = 16;

/** The batches of all sources, as they come. Sixteen sources are read at once; the first failure ends all of them. */
export async function* merged<Batch>(sources: readonly AsyncIterable<Batch>[]): AsyncGenerator<Batch> {
  type Step = { readonly from: AsyncIterator<Batch>; readonly result: IteratorResult<Batch> };
  const waiting = sources[Symbol.iterator]();
  const reading = new Map<AsyncIterator<Batch>, Promise<Step>>();
  const ask = (from: AsyncIterator<Batch>): void => {
    const step = from.next().then((result) => ({ from, result }));
    // The race below throws it; without this, Node ends the process if it fails while the batch before is being used.
    step.catch(() => {});
    reading.set(from, step);
  };
  const begin = (): void => {
    const next = waiting.next();
    if (next.done !== true) ask(next.value[Symbol.asyncIterator]());
  };
  for (let lane = 0; lane < lanes; lane += 1) begin();
  try {
    while (reading.size > 0) {
      const { from, result } = await Promise.race(reading.values());
      if (result.done === true) {
        reading.delete(from);
        begin();
      } else {
        ask(from);
        yield result.value;
      }
    }
  } finally {
    await Promise.allSettled(reading.values());
  }
}
