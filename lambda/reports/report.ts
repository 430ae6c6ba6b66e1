import type { Finding, Instant } from "../articles/model/article.ts";
import type { PassedOver } from "../articles/source.ts";
import type { Waiting } from "../channels/catalog/withheld.ts";
import type { ChannelStatus } from "../feeds/formats/status.ts";
import type { Hold } from "../plan/changes/guard.ts";
import type { ChannelPlan } from "../plan/changes/make-plan.ts";
import type { Announcement } from "../plan/manifest/manifest.ts";
import type { RunEvent } from "../run/ports.ts";

/** What happens while a run is under way, for whoever shows it. */
export type Progress = RunEvent;

/** A finding as an editor takes it; `file`: where the file is, the content's address and the key. */
export type Reported = { readonly file: string } & Finding;

export type Pending = { readonly announcement: Announcement; readonly why?: string };

/** What came of announcing alone what an earlier run had left. */
export type AnnounceReport = Pick<RunReport, "now" | "site" | "announced" | "outbox"> & { readonly command: "announce" };

/** What state keeps of a run: without notices and names of files. */
export type KeptReport = Omit<RunReport, "command" | "findings" | "files" | "channels"> & {
  readonly command: "publish" | "check" | "plan" | "cancel" | "rollback";
  readonly problems: readonly Reported[];
  readonly files: { readonly written: number; readonly kept: number; readonly removed: number };
};

/** What `wireroom status` tells, as of the last run that changed, held or met something. */
export type StatusReport = Pick<RunReport, "site" | "target" | "now"> & {
  readonly command: "status";
  readonly last?: KeptReport;
  /** There are feeds and no ledger: every run is held until somebody has put it back, or released that it is made anew. */
  readonly ledgerLost?: true;
  readonly channels: readonly ({ readonly path: string } & ChannelStatus)[];
  readonly holds: readonly {
    readonly name: string;
    readonly hash: string;
    readonly since: Instant;
    readonly reasons: readonly string[];
    /** Who can release it, and how. */
    readonly release: string;
  }[];
  readonly quarantined: readonly Reported[];
  readonly outbox: readonly Announcement[];
};

/** How far the edge has come in forgetting what was taken away; `at`: from when on nobody gets it there. "untold": it could not be told yet. */
export type Forgetting =
  | { readonly kind: "forgotten"; readonly at: Instant }
  | {
      readonly kind: "forgetting";
      readonly invalidations: readonly { readonly distribution: string; readonly id: string }[];
      /** Why nobody can say. */
      readonly why?: string;
    }
  | { readonly kind: "untold" };

/** What came of a withdrawal: the run that published it, and where it is written that the article is withdrawn. */
export type CancelReport = Omit<RunReport, "command"> & {
  readonly command: "cancel";
  readonly canceled: {
    readonly id: string;
    readonly key: string;
    readonly where: "file" | "ledger";
    /** What takes back what is in the ledger: the argument of `wireroom allow`. */
    readonly release?: string;
    /** With --erase: what is gone with all its versions, and of what the older versions are; "busy": another run wrote, nothing was erased. */
    readonly erased?: { readonly gone: readonly string[]; readonly past: readonly string[] } | "busy";
  };
  /** Absent where there is no edge, or it had nothing to forget. */
  readonly edge?: Forgetting;
};

/** What came of putting channels back: they are the `holds`, with the hash that releases each. */
export type RollbackReport = Omit<RunReport, "command"> & { readonly command: "rollback"; readonly edge?: Forgetting };

/** What a run came to: one value for the terminal, the log, `--json` and the function's answer. */
export type RunReport = {
  readonly command: "check" | "plan" | "publish";
  readonly now: Instant;
  readonly site: string;
  readonly target: string;
  /** "busy": another run holds the lease, and this one did nothing. */
  readonly outcome: "unchanged" | "published" | "held" | "planned" | "checked" | "busy";
  readonly articles: {
    /** Sources read in this run. */
    readonly read: number;
    readonly published: number;
    /** Withdrawn, and still shown as a notice. */
    readonly canceled: number;
    /** Drafts, embargoed, scheduled, expired, canceled. */
    readonly withheld: number;
    readonly quarantined: number;
    /** Published articles whose file is broken now. */
    readonly kept: number;
    /** Published articles whose file is gone, within the grace. */
    readonly missing: number;
    /** What looks like an article and was not taken, by ending or reason. */
    readonly passedOver: Readonly<Record<string, number>>;
  };
  readonly channels: readonly ChannelPlan[];
  readonly files: {
    readonly written: readonly { readonly key: string; readonly why: string; readonly bytes: number }[];
    readonly kept: number;
    /** Articles' pages that are no longer to be read. */
    readonly removed: readonly string[];
  };
  readonly holds: readonly Hold[];
  readonly findings: readonly Reported[];
  /** Of `check` alone, which names every file: the function's answer has an end (6 MB). */
  readonly withdrawn?: readonly Omit<Waiting, "reason">[];
  readonly withheld?: readonly Waiting[];
  readonly notTaken?: readonly PassedOver[];
  /** What the edge and hubs were told in this run. */
  readonly announced: readonly Announcement[];
  /** What they are still to be told: when it is due, or why it could not be told now. */
  readonly outbox: readonly Pending[];
  /** Of the settings rather than of an article. */
  readonly remarks: readonly string[];
  readonly next?: Instant;
  /** When the newest article that readers have was published. */
  readonly newest?: Instant;
};

/** When the last of what a run itself left in the outbox is due; undefined where it left nothing. */
export function dueAfter(outbox: readonly Pending[], now: Instant): Instant | undefined {
  return outbox
    .flatMap(({ announcement }) => (announcement.kind === "ping" && announcement.since === now ? [announcement.due ?? now] : []))
    .sort()
    .at(-1);
}

/** The process's exit codes (design: the command). */
export const exitCodes = { fine: 0, problems: 1, usage: 2, fault: 70 } as const;

/** A withdrawal and a roll-back are fine when no reader gets at the edge what was taken away. */
export function exitCodeAfter({ outcome, edge }: CancelReport | RollbackReport): number {
  return outcome === "busy" || (edge !== undefined && edge.kind !== "forgotten") ? exitCodes.problems : exitCodes.fine;
}

/** `publish` is fine with quarantined articles, `check` is not; notices matter only to `check --strict`. */
export function exitCode(report: RunReport, strict = false): number {
  const broken = report.articles.quarantined > 0 || (strict && report.findings.length > 0);
  return report.holds.length > 0 || report.outcome === "busy" || (report.command === "check" && broken)
    ? exitCodes.problems
    : exitCodes.fine;
}
