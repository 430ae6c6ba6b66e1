import type { Store, Table } from "../stores/store.ts";
import type { Announcer } from "./deliver-outbox.ts";
import type { Writer } from "./process/lease.ts";
import type { TimeLeft } from "./process/time-left.ts";
import type { Parser } from "./read/reading.ts";

/** What happens while a run is under way; for people who wait. */
export type RunEvent =
  | { readonly kind: "stage"; readonly stage: "read" | "render" | "write"; readonly done: number; readonly of: number }
  | { readonly kind: "waiting"; readonly reason: string };

/** Everything outside: stores, the clock (read once), what the program is, who runs it, whom to tell. */
export type Ports = Writer & {
  readonly content: Store;
  readonly target: Store;
  /** What the edge function reads; absent where it reads edge.json alone. */
  readonly edge?: Table;
  /** How the ledger names content and target. */
  readonly places: { readonly content: string; readonly target: string };
  /** Fingerprint of the program's own code: another program parses and renders anew. */
  readonly program: string;
  readonly tell: (event: RunEvent) => void;
  /** Who parses; default: this thread. */
  readonly parser?: Parser;
  readonly announcer: Announcer;
  /** How much time the run still has, milliseconds; absent: nobody stops it. */
  readonly left?: TimeLeft;
  /** The CloudFront distribution before the target. */
  readonly distribution?: string;
};
