import { createHash } from "node:crypto";
import type { Instant } from "../articles/article.ts";
import type { Channel } from "./channel.ts";
import type { Ledger } from "./ledger.ts";
import type { Before } from "./select.ts";

/**
 * What a channel's feed was before this run. `members`: ids of its articles as the manifest knows them. Where the ledger has already
 * promised the feed of exactly the present articles (a run was cut before its manifest), the loss has been dated then.
 */
export function beforeOf(channel: Channel, feeds: Ledger["feeds"], members: readonly string[] | undefined, now: Instant): Before {
  const promised = Object.hasOwn(feeds, channel.path) ? feeds[channel.path] : undefined;
  const ids = channel.members.map(({ id }) => id);
  const still = new Set(ids);
  const loses = promised?.members !== membersMark(ids) && members?.some((id) => !still.has(id)) === true;
  const parts = Object.keys(feeds).filter((path) => path.startsWith(`${channel.path}/archive/`));
  return { parts, ...(promised === undefined ? {} : { updated: promised.updated }), ...(loses ? { dropped: now } : {}) };
}

/** Tells one set of articles from another, in their order. */
export function membersMark(ids: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(ids)).digest("hex").slice(0, 16);
}
