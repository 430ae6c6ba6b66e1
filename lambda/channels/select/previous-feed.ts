import type { Instant } from "../../articles/model/article.ts";
import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import type { Ledger, LedgerFeed } from "../catalog/ledger/ledger.ts";
import type { Channel } from "./channel.ts";

/**
 * The feed as it was: its `updated`, when it lost articles since then and from which months (UTC), and its archive parts by path.
 */
export type PreviousFeed = {
  readonly updated?: Instant;
  readonly dropped?: Instant;
  readonly months?: ReadonlySet<string>;
  readonly parts?: ReadonlyMap<string, LedgerFeed>;
};

type Live = {
  /** The ids of the channel's articles in the manifest, and the channel's `updated` in status.json. */
  readonly members: readonly string[] | undefined;
  readonly updated: Instant | undefined;
};

/**
 * A channel's feed before this run. If the ledger already promises the feed of exactly these articles (a run stopped before it
 * wrote its manifest), that run has dated the loss. Of ledger and manifest, the later date counts: either may come from a backup.
 */
export function previousFeedOf(
  channel: Channel,
  { feeds, entries }: Pick<Ledger, "feeds" | "entries">,
  live: Live,
  now: Instant,
): PreviousFeed {
  const promised = Object.hasOwn(feeds, channel.path) ? feeds[channel.path] : undefined;
  const ids = channel.members.map(({ id }) => id);
  const missing = without(live.members ?? [], ids);
  const lost = missing.length === 0 || promised?.members === membersHash(ids) ? [] : missing;
  const months = lost.flatMap((id) => entries.get(id) ?? []).map(({ published }) => monthOf(published));
  const updated = [promised?.updated, live.updated].filter((one) => one !== undefined).sort();
  return {
    parts: new Map(Object.entries(feeds).filter(([path]) => path.startsWith(`${channel.path}/archive/`))),
    ...omitUndefined({ updated: updated.at(-1) }),
    ...(lost.length > 0 ? { dropped: now, months: new Set(months) } : {}),
  };
}

/** The ids that are not among others. Both lists are nearly always in the same order: then one walk finds each of them. */
export function without(ids: readonly string[], others: readonly string[]): readonly string[] {
  let at = 0;
  for (const id of others) if (id === ids[at]) at += 1;
  if (at === ids.length) return [];
  const there = new Set(others);
  return ids.filter((id) => !there.has(id));
}

/** The month of an archive part, from its name, or of an instant. */
export function monthOf(text: string): string {
  return text.slice(0, 7);
}

/** A hash of a list of articles in its order. */
export function membersHash(ids: readonly string[]): string {
  return hashOfValue(ids, 16);
}
