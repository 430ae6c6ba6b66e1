import { createHash } from "node:crypto";
import type { Instant } from "../articles/article.ts";
import { later } from "../channels/dating.ts";
import type { Encoding } from "../channels/site.ts";
import { urlOf } from "../feeds/document.ts";
import type { Key } from "../stores/store.ts";
import type { Write } from "./decide.ts";
import { edgeLifetime } from "./headers.ts";
import { gatheredPaths, pathsOf } from "./invalidation-paths.ts";
import type { Announcement, Invalidation, Ping } from "./manifest.ts";
import { type Shown, withdrawalsFrom } from "./withdrawals.ts";

/**
 * A hub asks for the feed as soon as it is told, through the same edge as everybody: until a regional cache and the place before it
 * have both let go of the old one, and half a lifetime more, it would be handed that, and tell its readers that nothing is new.
 */
export const untilFresh = 2.5 * edgeLifetime * 1000;

/** Whom there is to tell, and where files are served. */
export type Edge = {
  readonly encodings: readonly Encoding[];
  readonly hub?: string;
  readonly feedUrl: string;
  readonly distribution?: string;
};

type Input = Shown &
  Edge & {
    readonly now: Instant;
    readonly pending: readonly Announcement[];
    readonly writes: readonly Write[];
    /** Keys that must go from the edge whatever is told by the rest: taken away by this run, or by one that was cut before its manifest. */
    readonly gone: ReadonlySet<Key>;
  };

/** What is still to be told after this run: first to the edge, then to the hub. */
export function outboxOf(input: Input): readonly Announcement[] {
  const { pending, hub } = input;
  const pings = hub === undefined ? [] : pingsOf(input, hub);
  // A hub that site.yaml names no longer is told nothing.
  const before = pending.flatMap((one) => (one.kind === "ping" && one.hub === hub ? [one] : []));
  const stale = pending.filter((one) => one.kind === "invalidation");
  return [...invalidationsOf(stale, staleKeys(input), input), ...stillWaiting(before, pings), ...pings];
}

/**
 * Of a feed that changed again the last change is told, and the first that was waiting, also where it is due by now: this very run tells
 * that. A feed that changes with every run, however often that is, would otherwise never be announced.
 */
function stillWaiting(pending: readonly Ping[], pings: readonly Ping[]): readonly Ping[] {
  const again = new Set(pings.map(({ topic }) => topic));
  const first = new Set<string>();
  return pending.filter(({ topic }) => !again.has(topic) || (!first.has(topic) && first.add(topic)));
}

function pingsOf({ writes, feedUrl, now }: Input, hub: string): readonly Ping[] {
  const due = later(now, untilFresh);
  return writes
    .filter((write) => write.order === "window")
    .map((write) => ({ kind: "ping", hub, topic: urlOf({ feedUrl }, write.key), since: now, due }));
}

/**
 * What the edge may not go on showing for as long as it otherwise would: whatever showed an article that was withdrawn, and archive
 * parts, which it keeps for a day. All else is fresh there within a minute by itself.
 */
function staleKeys(input: Input): readonly string[] {
  const { writes, gone } = input;
  const { paths, ids } = withdrawalsFrom(input);
  const shows = ({ channel, article, order }: Write) =>
    channel !== "" ? paths.has(channel) : article === undefined ? order === "page" && paths.size > 0 : ids.has(article);
  const stale = writes.filter((write) => write.why !== "new" && (write.order === "archive" || shows(write)));
  return [...new Set([...stale.map(({ key }) => key), ...gone])];
}

/** One for each distribution: what an earlier run could not tell it goes with what is new. */
function invalidationsOf(before: readonly Invalidation[], keys: readonly string[], input: Input): readonly Invalidation[] {
  const { distribution, now, encodings } = input;
  if (distribution === undefined || keys.length === 0) return before;
  const same = before.filter((one) => one.distribution === distribution);
  const paths = gatheredPaths([...same.flatMap((one) => one.paths), ...pathsOf(keys, encodings)]);
  const reference = createHash("sha256")
    .update(JSON.stringify([now, paths]))
    .digest("hex")
    .slice(0, 32);
  return [
    ...before.filter((one) => one.distribution !== distribution),
    { kind: "invalidation", distribution, paths, reference: `wireroom-${reference}`, since: now },
  ];
}
