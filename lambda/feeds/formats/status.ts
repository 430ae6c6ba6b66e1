import type { Instant } from "../../articles/model/article.ts";

/** The newest entry of a feed as published. */
export type Newest = { readonly id: string; readonly title: string; readonly url?: string; readonly published: Instant };

export type ChannelStatus = {
  readonly title: string;
  /** The feed's own `updated`. */
  readonly updated: Instant;
  /** Absent if the feed has no entries. */
  readonly newest?: Newest;
};

export type Status = {
  /** The latest `updated` of all feeds; feeds promise that theirs never goes back. */
  readonly changed?: Instant;
  /** In the order of site.yaml; a held feed appears as it was last published. */
  readonly channels: readonly ({ readonly path: string } & ChannelStatus)[];
  /** The feeds that are held, and since when. */
  readonly held: readonly { readonly name: string; readonly since: Instant }[];
};

/** The version of the format, which docs/status.md describes: new fields may appear, and none is removed. */
const VERSION = 1;

/** status.json, for monitors: what is published. It contains no time of the run, so it changes only if its content changes. */
export const renderStatus = (status: Status): string => `${JSON.stringify({ version: VERSION, ...status }, null, 2)}\n`;
