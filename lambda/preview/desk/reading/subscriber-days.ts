import type { GroupedLog } from "../../../operator/proof/grouped-log.ts";
import { isDelivered } from "../../../operator/proof/requests.ts";
import type { Days } from "./log-days.ts";

/** The readers of one feed by day. `requests`: of all programs, those that speak for one reader included. */
export type SubscriberDays = {
  readonly feed: string;
  readonly reported: readonly number[];
  readonly requests: readonly number[];
};

/** What one program said under one number of a feed, by day. */
type Said = { readonly at: number; readonly count: number };

/**
 * The subscribers that programs report for each feed, at the end of each day: a program that does not come on a day still has those of
 * before. The last day has the sum of `wireroom subscribers`. The most read feed comes first.
 */
export function subscriberDays(logs: readonly GroupedLog[], days: Days): readonly SubscriberDays[] {
  const feeds = new Map<string, { readonly said: Map<string, Map<number, Said>>; readonly requests: number[] }>();
  for (const { groups } of logs)
    for (const { path, status, reader, at } of groups) {
      if (reader === undefined || !isDelivered({ status })) continue;
      const feed = feeds.get(path) ?? { said: new Map(), requests: days.names.map(() => 0) };
      feeds.set(path, feed);
      const own = feed.said.get(`${reader.name}\n${reader.number}`) ?? new Map<number, Said>();
      if (reader.count !== undefined) feed.said.set(`${reader.name}\n${reader.number}`, own);
      for (const second of at) {
        const index = days.at(second);
        if (index !== undefined) feed.requests[index] = (feed.requests[index] ?? 0) + 1;
        // What was said before the first day counts on it.
        const on = index ?? 0;
        if (reader.count !== undefined && second >= (own.get(on)?.at ?? 0)) own.set(on, { at: second, count: reader.count });
      }
    }
  return [...feeds]
    .map(([feed, { said, requests }]) => ({ feed, requests, reported: summed([...said.values()], days.names.length) }))
    .sort((a, b) => (b.reported.at(-1) ?? 0) - (a.reported.at(-1) ?? 0) || (a.feed < b.feed ? -1 : 1));
}

function summed(all: readonly ReadonlyMap<number, Said>[], length: number): readonly number[] {
  const sums = Array.from({ length }, () => 0);
  for (const said of all) {
    let last = 0;
    for (let index = 0; index < length; index += 1) {
      last = said.get(index)?.count ?? last;
      sums[index] = (sums[index] ?? 0) + last;
    }
  }
  return sums;
}
