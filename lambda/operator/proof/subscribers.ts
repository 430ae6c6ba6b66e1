import type { FeedReaders } from "../../reports/proof.ts";
import { isDelivered, type LoggedRequest } from "./requests.ts";

const feedFile = /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json)$/;
/** "25 subscribers", "1 reader", "12 users": how aggregators report for whom they fetch. */
const reportedCount = /(\d{1,9})\s+(?:subscribers?|readers?|users?)\b/i;
/** Feedly, Feedbin and others name their number of the feed: each number has its own subscribers. */
const feedNumber = /feed-?id[:=]\s*([\w-]+)/i;

type Known = { readonly requests: number; readonly counts: ReadonlyMap<string, { readonly at: string; readonly count: number }> };

/** Counts the readers of public feeds; requests may come in any order. */
export function subscriberTally(): { readonly add: (request: LoggedRequest) => void; readonly result: () => readonly FeedReaders[] } {
  const feeds = new Map<string, Map<string, Known>>();
  return {
    add: (request) => {
      const { path, agent, at } = request;
      if (!isDelivered(request) || !isPublicFeed(path)) return;
      const programs = feeds.get(path) ?? new Map<string, Known>();
      feeds.set(path, programs);
      const { name, count, number } = readerOf(agent);
      const { requests, counts } = programs.get(name) ?? { requests: 0, counts: new Map() };
      const isNewer = count !== undefined && at >= (counts.get(number)?.at ?? "");
      programs.set(name, { requests: requests + 1, counts: isNewer ? new Map(counts).set(number, { at, count }) : counts });
    },
    result: () =>
      [...feeds]
        .map(([feed, programs]) => {
          const all = [...programs].map(([name, { requests, counts }]) => {
            const subscribers = [...counts.values()].reduce((sum, { count }) => sum + count, 0);
            return { name, requests, ...(counts.size === 0 ? {} : { subscribers }) };
          });
          all.sort((a, b) => (b.subscribers ?? 0) - (a.subscribers ?? 0) || b.requests - a.requests || (a.name < b.name ? -1 : 1));
          return { feed, reported: all.reduce((sum, { subscribers = 0 }) => sum + subscribers, 0), programs: all };
        })
        .sort((a, b) => b.reported - a.reported || (a.feed < b.feed ? -1 : 1)),
  };
}

export function isPublicFeed(path: string): boolean {
  return !path.startsWith("partners/") && !path.startsWith("p/") && feedFile.test(path);
}

/** A program by its user agent: its name, the number that it gives the feed (else empty), and for how many it says that it reads. */
export type FeedReader = { readonly name: string; readonly number: string; readonly count?: number };

export function readerOf(agent: string): FeedReader {
  const count = reportedCount.exec(agent)?.[1];
  const number = feedNumber.exec(agent)?.[1] ?? "";
  return { name: programOf(agent), number, ...(count === undefined ? {} : { count: Number(count) }) };
}

/** The name that a program gives itself, without its version; browsers and their like are one. */
function programOf(agent: string): string {
  if (agent === "" || agent === "-") return "(no name)";
  const compatible = /^Mozilla\/[\d.]+ \(compatible; ([^/;)]+)/.exec(agent)?.[1];
  if (compatible !== undefined) return compatible.trim();
  if (agent.startsWith("Mozilla/")) return /\b(Thunderbird|NetNewsWire|Vienna|FreshRSS)\b/.exec(agent)?.[1] ?? "(browsers)";
  const [name = agent] = /^[^/(;]+/.exec(agent) ?? [];
  return name
    .replace(/[\s,-]*\b(?:feed-?id\b|\d+ (?:subscriber|reader|user)).*$/i, "")
    .trim()
    .slice(0, 60);
}
