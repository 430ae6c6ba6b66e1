import { createHash } from "node:crypto";
import type { Instant } from "../articles/article.ts";
import type { Channel } from "./channel.ts";
import type { Ledger, PromisedFeed } from "./ledger.ts";
import { present } from "./site.ts";

/** What the feed was: what it said of its `updated`, when it lost articles since, of which months (UTC), and its archive parts by path. */
export type Before = {
  readonly updated?: Instant;
  readonly dropped?: Instant;
  readonly months?: ReadonlySet<string>;
  readonly parts?: ReadonlyMap<string, PromisedFeed>;
};

type Live = {
  /** Ids of the channel's articles as the manifest knows them, and what status.json says of its `updated`. */
  readonly members: readonly string[] | undefined;
  readonly updated: Instant | undefined;
};

/**
 * What a channel's feed was before this run. Where the ledger has already promised the feed of exactly the present articles (a run was cut
 * before its manifest), the loss has been dated then. Of ledger and manifest the one that says more counts: either may have been put back.
 */
export function beforeOf(channel: Channel, { feeds, entries }: Pick<Ledger, "feeds" | "entries">, live: Live, now: Instant): Before {
  const promised = Object.hasOwn(feeds, channel.path) ? feeds[channel.path] : undefined;
  const ids = channel.members.map(({ id }) => id);
  const still = new Set(ids);
  const lost = promised?.members === membersMark(ids) ? [] : (live.members ?? []).filter((id) => !still.has(id));
  const months = lost.flatMap((id) => (Object.hasOwn(entries, id) ? [monthOf(entries[id]?.published ?? "")] : []));
  const updated = [promised?.updated, live.updated].filter((one) => one !== undefined).sort();
  return {
    parts: new Map(Object.entries(feeds).filter(([path]) => path.startsWith(`${channel.path}/archive/`))),
    ...present({ updated: updated.at(-1) }),
    ...(lost.length > 0 ? { dropped: now, months: new Set(months) } : {}),
  };
}

/** The month of an archive part, by its name, or of an instant. */
export function monthOf(text: string): string {
  return text.slice(0, 7);
}

/** Tells one set of articles from another, in their order. */
export function membersMark(ids: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(ids)).digest("hex").slice(0, 16);
}
