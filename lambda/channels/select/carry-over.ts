import type { Instant } from "../../articles/model/article.ts";
import { newestFirst } from "../catalog/catalog.ts";
import type { Channel } from "./channel.ts";
import { type ShownEntry, shownIn } from "./window.ts";

/** Tells readers that an entry is gone (RFC 6721): its id as Atom writes it, and since when. */
export type Tombstone = { readonly uri: string; readonly when: Instant };

/** The limit outside a window, so that a channel with many corrections stays small enough for readers. */
const most = 25;

/** Recent corrections and withdrawals that the window no longer holds: the latest of them, in the order of a feed. */
export function carryOver(channel: Channel, window: readonly ShownEntry[]): readonly ShownEntry[] {
  const reached = new Set(window.map(({ entry }) => entry.id));
  return channel.members
    .filter((entry) => entry.amended !== undefined && !reached.has(entry.id))
    .sort((a, b) => latestFirst(a.amended ?? "", b.amended ?? "") || newestFirst(a, b))
    .slice(0, most)
    .sort(newestFirst)
    .map((entry) => shownIn(channel, entry));
}

/**
 * The tombstones of a channel, latest first. A notice and its tombstone have the same date: with an earlier tombstone, a reader
 * would conclude that the article was published again.
 */
export function tombstonesOf({ members, dropped }: Channel): readonly Tombstone[] {
  const noticed = members.filter(({ state }) => state === "canceled").map(({ uri, updated }) => ({ uri, when: updated }));
  const gone = dropped.flatMap(({ uri, amended }) => (amended === undefined ? [] : [{ uri, when: amended }]));
  return [...noticed, ...gone].sort((a, b) => latestFirst(a.when, b.when) || (a.uri < b.uri ? -1 : 1));
}

function latestFirst(a: Instant, b: Instant): number {
  return a === b ? 0 : a < b ? 1 : -1;
}
