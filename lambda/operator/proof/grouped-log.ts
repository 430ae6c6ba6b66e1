import { type LoggedRequest, partnerFileOf } from "./requests.ts";
import { type FeedReader, isPublicFeed, readerOf } from "./subscribers.ts";

/** Requests for one file with one status, and by one program where programs count (public feeds). `at`: seconds since 1970. */
export type RequestGroup = { readonly path: string; readonly status: number; readonly reader?: FeedReader; readonly at: readonly number[] };

/** What a log says of partners and feeds, small enough that a month of a million requests stays in memory. `first`, `last`: seconds since 1970. */
export type GroupedLog = {
  readonly requests: number;
  readonly first?: number;
  readonly last?: number;
  readonly groups: readonly RequestGroup[];
};

/** Groups requests; they may come in any order. */
export function logGrouper(): { readonly add: (requests: readonly LoggedRequest[]) => void; readonly result: () => GroupedLog } {
  const groups = new Map<string, RequestGroup & { readonly at: number[] }>();
  const places = new Map<string, "partner" | "feed" | "other">();
  const readers = new Map<string, FeedReader>();
  let requests = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const add = ({ at, path, status, agent }: LoggedRequest): void => {
    const second = Math.floor(Date.parse(at) / 1_000);
    if (Number.isNaN(second)) return;
    requests += 1;
    first = Math.min(first, second);
    last = Math.max(last, second);
    const place = places.get(path) ?? placeOf(path);
    places.set(path, place);
    if (place === "other") return;
    const reader = place === "partner" ? undefined : (readers.get(agent) ?? readerOf(agent));
    if (reader !== undefined) readers.set(agent, reader);
    const key = `${path}\n${status}\n${reader === undefined ? "" : `${reader.name}\n${reader.number}\n${reader.count}`}`;
    const group = groups.get(key);
    if (group !== undefined) group.at.push(second);
    else groups.set(key, { path, status, at: [second], ...(reader === undefined ? {} : { reader }) });
  };
  return {
    add: (some) => {
      for (const request of some) add(request);
    },
    result: () => ({ requests, groups: [...groups.values()], ...(requests === 0 ? {} : { first, last }) }),
  };
}

function placeOf(path: string): "partner" | "feed" | "other" {
  if (partnerFileOf(path) !== undefined) return "partner";
  return isPublicFeed(path) ? "feed" : "other";
}
