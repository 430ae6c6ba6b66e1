import type { Instant } from "./articles/article.ts";
import type { Parser } from "./channels/reading.ts";
import type { TimeLeft } from "./channels/time-left.ts";
import type { Announcer } from "./publish/announce.ts";
import type { RunEvent } from "./report.ts";
import type { Store, Table } from "./stores/store.ts";

/** Everything outside: stores, the clock (read once), what the program is, who runs it, whom to tell. */
export type Ports = {
  readonly content: Store;
  readonly target: Store;
  readonly state: Store;
  /** What the edge function reads; absent where it reads edge.json alone. */
  readonly edge?: Table;
  /** How the ledger names content and target. */
  readonly places: { readonly content: string; readonly target: string };
  readonly now: Instant;
  /** Fingerprint of the program's own code: another program parses and renders anew. */
  readonly program: string;
  /** Names this run in the lease, and when that runs out. */
  readonly holder: string;
  readonly until: Instant;
  readonly tell: (event: RunEvent) => void;
  /** Who parses; default: this thread. */
  readonly parser?: Parser;
  readonly announcer: Announcer;
  /** How long the run has taken so far, milliseconds; and how much time it still has (absent: nobody stops it). */
  readonly elapsed: () => number;
  readonly left?: TimeLeft;
  /** The CloudFront distribution before the target. */
  readonly distribution?: string;
};
