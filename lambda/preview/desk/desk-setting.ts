import type { RunRequest } from "../../operator/run.ts";
import type { Flags, Settings } from "../../settings.ts";
import type { Store } from "../../stores/store.ts";
import type { LogsNow } from "./reading/access-logs.ts";
import type { View, Viewer } from "./reading/view.ts";

export type DeskSetting = {
  /** The newsroom's own target and state: what readers have. Only read. */
  readonly real: () => Promise<Settings>;
  /** The place that this server serves, if it is another. */
  readonly local?: () => Promise<Settings>;
  /** The files that this server serves. */
  readonly served: Store;
  /** As given to the command, for the commands that the desk names. */
  readonly flags: Flags;
  readonly order: Pick<RunRequest, "time" | "tell" | "workers">;
  /** CloudFront's access logs, if the command names them. */
  readonly logs?: () => Promise<LogsNow>;
  /** Addresses of scripts that each page has. */
  readonly scripts?: readonly string[];
};

/** What the desk shows: the newsroom's own target if anything was ever published there, else the place that this server serves. */
export type DeskShown = {
  readonly view: View;
  readonly isReal: boolean;
  /** Why it is not the newsroom's own: one sentence. */
  readonly why?: string;
  /** The same newsroom with some holds released. */
  readonly released: Viewer;
};
