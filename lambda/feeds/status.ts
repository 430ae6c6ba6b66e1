import type { Instant } from "../articles/article.ts";

/** The newest entry of a feed as it is live. */
export type Newest = { readonly id: string; readonly title: string; readonly url?: string; readonly published: Instant };

export type ChannelStatus = {
  readonly title: string;
  /** The feed's own `updated`. */
  readonly updated: Instant;
  /** Absent where the feed has no entries. */
  readonly newest?: Newest;
};

export type Status = {
  /** The latest `updated` of all feeds, which are promised never to go back. */
  readonly changed?: Instant;
  /** In the order of site.yaml; a feed that is held stands with what it last showed. */
  readonly channels: readonly ({ readonly path: string } & ChannelStatus)[];
  /** What is held, and since when; "run" is everything. */
  readonly held: readonly { readonly name: string; readonly since: Instant }[];
};

/** The version of the shape, which docs/status.md describes: a field may be added to it, none is taken away. */
const VERSION = 1;

/** status.json, for monitors: what is live. No clock is in it, so that it changes only when what it tells does. */
export const renderStatus = (status: Status): string => `${JSON.stringify({ version: VERSION, ...status }, null, 2)}\n`;
