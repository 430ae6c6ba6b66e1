import type { Key, Store, Table } from "../stores/store.ts";
import type { Announcer } from "./deliver-outbox.ts";
import type { Writer } from "./process/lease.ts";
import type { Parsers } from "./process/program.ts";
import type { TimeLeft } from "./process/time-left.ts";
import type { Workers } from "./threads/work.ts";

/** An event during a run, for people who wait. */
export type RunEvent =
  | {
      readonly kind: "stage";
      readonly stage: "read" | "render" | "write" | "fetch" | "ask";
      readonly done: number;
      /** Absent if nobody knows how much there is. */
      readonly of?: number;
      /** What is counted; absent: things of which the stage has only one kind. */
      readonly unit?: "MB";
    }
  | { readonly kind: "waiting"; readonly reason: string };

/** A run's connections to the outside: stores, the clock (read once), the program's fingerprint, who runs it, whom to tell. */
export type Ports = Writer & {
  readonly content: Store;
  /** The only keys of the content that may have changed, from notices of S3; absent: any may have, and the content is listed. */
  readonly named?: readonly Key[];
  readonly target: Store;
  /** The table that the edge function reads; absent if there is only edge.json. */
  readonly edge?: Table;
  /** How the ledger names content and target. */
  readonly places: { readonly content: string; readonly target: string };
  /** The fingerprint of the program's own code: another program renders everything again. */
  readonly program: string;
  /** The fingerprints of its parsers: others read heads, or make bodies, again. By default that of the program. */
  readonly parsers?: Parsers;
  /** Makes the body of every article, not only of those that a document shows, to report what is wrong with it. */
  readonly everyBody?: boolean;
  /** After how many sources what was read is kept, while the run goes on; absent: only when its time is over. */
  readonly progressAfter?: number;
  readonly tell: (event: RunEvent) => void;
  /** Who parses and renders: threads, or by default this one. */
  readonly workers?: Workers;
  /** How many bytes of rendered files a run holds until they are written; the others are made again then. */
  readonly room?: number;
  readonly announcer: Announcer;
  /** How many milliseconds the run has left; absent if nothing stops it. */
  readonly left?: TimeLeft;
  /** The CloudFront distribution in front of the target. */
  readonly distribution?: string;
};
