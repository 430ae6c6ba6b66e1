import type { Instant } from "../articles/model/article.ts";

/** What a partner fetched of one file. `unchanged`: answers that its copy is still the same (304). */
export type FetchedFile = {
  readonly file: string;
  readonly requests: number;
  readonly unchanged: number;
  readonly first: string;
  readonly last: string;
  readonly lastStatus: number;
};

/** What a partner fetched, and how often it was refused for want of a key (401, 403, 404). */
export type PartnerLog = { readonly files: readonly FetchedFile[]; readonly refused: number; readonly lastRefused?: string };

/** A file in which a partner had an article. `from`: since when; `gone`: when the withdrawal began, if it did. */
export type Held = { readonly partner: string; readonly file: string; readonly from: Instant; readonly gone?: Instant };

/** Who fetched an article that was withdrawn, and who has fetched the withdrawal since. */
export type Fetched = Held & {
  readonly before: number;
  readonly lastBefore?: string;
  readonly since: number;
  readonly firstSince?: string;
};

/** A program that reads a feed. `subscribers`: what it last said of itself, if it speaks for many. */
export type ReadingProgram = { readonly name: string; readonly requests: number; readonly subscribers?: number };

/** `reported`: the subscribers that programs report, summed. Programs that speak for one reader each are not counted in it. */
export type FeedReaders = { readonly feed: string; readonly reported: number; readonly programs: readonly ReadingProgram[] };

/** How much of the access logs was read. */
export type LogsRead = { readonly logs: string; readonly requests: number; readonly first?: string; readonly last?: string };

/** The report of `partner log`. `silent`: for how many seconds it has fetched nothing, if it usually looks far more often. */
export type PartnerLogReport = PartnerLog &
  LogsRead & {
    readonly command: "partner log";
    readonly partner: string;
    readonly silent?: { readonly seconds: number; readonly usual: number };
  };

/** The report of `withdrawn`. `gone`: when it was withdrawn in public; absent if readers still have it. */
export type WithdrawnReport = LogsRead & {
  readonly command: "withdrawn";
  readonly id: string;
  readonly file: string;
  readonly gone?: Instant;
  readonly partners: readonly Fetched[];
};

/** The report of `subscribers`. */
export type SubscribersReport = LogsRead & { readonly command: "subscribers"; readonly feeds: readonly FeedReaders[] };
