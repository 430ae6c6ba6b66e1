import type { Finding, Instant } from "../articles/model/article.ts";
import type { PassedOver } from "../articles/source.ts";
import type { Withheld } from "../channels/catalog/withheld.ts";
import type { ChannelStatus } from "../feeds/formats/status.ts";
import type { ArticleChange } from "../plan/article-changes.ts";
import type { Hold } from "../plan/changes/guard.ts";
import type { ChannelPlan } from "../plan/changes/make-plan.ts";
import type { Announcement } from "../plan/manifest/manifest.ts";
import type { RunEvent } from "../run/ports.ts";

/** An event of a run in progress, for display. */
export type Progress = RunEvent;

/** A finding that an editor can open: `file` is the content's address plus the key. */
export type Reported = { readonly file: string } & Finding;

export type Pending = { readonly announcement: Announcement; readonly why?: string };

/** The result of sending the announcements that an earlier run had left. */
export type AnnounceReport = Pick<RunReport, "now" | "site" | "announced" | "outbox"> & { readonly command: "announce" };

/** A run's report as state keeps it: without notices and file names. */
export type KeptReport = Omit<RunReport, "command" | "counts" | "findings" | "files" | "channels"> & {
  readonly command: "publish" | "check" | "plan" | "cancel" | "rollback";
  /** Absent if an earlier program wrote the report. */
  readonly counts?: Totals;
  readonly problems: readonly Reported[];
  readonly files: { readonly written: number; readonly kept: number; readonly removed: number };
};

/** The report of `wireroom status`, as of the last run that changed something, held something or had a problem. */
export type StatusReport = Pick<RunReport, "site" | "target" | "now"> & {
  readonly command: "status";
  readonly last?: KeptReport;
  /** There are feeds but no ledger: every run is held until somebody restores the ledger or releases a new one. */
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
  /** How many problems there are beyond `quarantined`. */
  readonly moreQuarantined: number;
  readonly outbox: readonly Announcement[];
};

/**
 * Whether CloudFront still serves what was withdrawn. "forgotten": since `at`, readers cannot get it. "forgetting": an invalidation is in
 * progress. "untold": the invalidation could not be sent yet.
 */
export type InvalidationProgress =
  | { readonly kind: "forgotten"; readonly at: Instant }
  | {
      readonly kind: "forgetting";
      readonly invalidations: readonly { readonly distribution: string; readonly id: string }[];
      /** Why the progress is unknown. */
      readonly why?: string;
    }
  | { readonly kind: "untold" };

/** The result of a withdrawal: the run that published it, and where the withdrawal is recorded. */
export type CancelReport = Omit<RunReport, "command"> & {
  readonly command: "cancel";
  readonly canceled: {
    readonly id: string;
    readonly key: string;
    readonly where: "file" | "ledger";
    /** The argument of `wireroom allow` that takes back a withdrawal in the ledger. */
    readonly release?: string;
    /**
     * With --erase: `gone` lost all versions, `past` only the older ones; `kept` are the article's media that another article or the site
     * shows. "busy": another run was writing, and nothing was erased.
     */
    readonly erased?: { readonly gone: readonly string[]; readonly past: readonly string[]; readonly kept: readonly string[] } | "busy";
  };
  /** Absent if there is no CloudFront, or the run sent it no invalidation. */
  readonly edge?: InvalidationProgress;
};

/** The result of a roll-back: `holds` names the channels, each with the hash that releases it. */
export type RollbackReport = Omit<RunReport, "command"> & { readonly command: "rollback"; readonly edge?: InvalidationProgress };

/** How long each list of a run's report is before it is cut. */
export type Totals = {
  readonly problems: number;
  readonly notices: number;
  /** How often each kind of finding occurs, by its code. */
  readonly codes: Readonly<Record<string, number>>;
  readonly holds: number;
  readonly channels: number;
  /** Of the channels. */
  readonly held: number;
  readonly written: number;
  readonly removed: number;
  readonly announced: number;
  readonly outbox: number;
  /** Of the outbox: what could not be announced now. */
  readonly failed: number;
};

/**
 * The result of a run: one value for the terminal, the log, `--json` and the function's answer. `check` and `plan` name everything; the
 * lists of `publish` are cut (summary.ts), because state keeps this report and an unchanged run repeats it.
 */
export type RunReport = {
  readonly command: "check" | "plan" | "publish";
  readonly now: Instant;
  readonly site: string;
  readonly target: string;
  /** "busy": another run has the lease, so this one did nothing. */
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
    /** How many files look like articles but were not taken, by file extension or reason. */
    readonly passedOver: Readonly<Record<string, number>>;
  };
  readonly channels: readonly ChannelPlan[];
  readonly files: {
    readonly written: readonly { readonly key: string; readonly why: string; readonly bytes: number }[];
    readonly kept: number;
    /** Pages of articles that readers must no longer see. */
    readonly removed: readonly string[];
  };
  readonly holds: readonly Hold[];
  readonly findings: readonly Reported[];
  readonly counts: Totals;
  /** How many items each list lacks, by its path; absent if no list is cut. */
  readonly leftOut?: Readonly<Record<string, number>>;
  /** Where to find the complete lists. */
  readonly whole?: string;
  /** Only for `plan`: the articles of which it would change something. */
  readonly changes?: readonly ArticleChange[];
  /** These three only for `check`, since they name every file. */
  readonly withdrawn?: readonly Omit<Withheld, "reason">[];
  readonly withheld?: readonly Withheld[];
  readonly notTaken?: readonly PassedOver[];
  /** What this run announced to CloudFront and hubs. */
  readonly announced: readonly Announcement[];
  /** What is still to be announced: when it is due, or why it failed now. */
  readonly outbox: readonly Pending[];
  /** No feed has an entry. `seen`: the files of the content by ending. `why`: the reason and what to do, in one sentence. */
  readonly nothing?: { readonly content: string; readonly seen: Readonly<Record<string, number>>; readonly why: string };
  /** Remarks about the settings rather than an article. */
  readonly remarks: readonly string[];
  /** When the last ping that this run left in the outbox is due. */
  readonly due?: Instant;
  readonly next?: Instant;
  /** The publication date of the newest article that readers can see. */
  readonly newest?: Instant;
};

/** The exit codes of the process. */
export const exitCodes = { fine: 0, problems: 1, usage: 2, fault: 70 } as const;

/** A withdrawal or a roll-back succeeds once CloudFront no longer serves the removed content. */
export function exitCodeAfter({ outcome, edge }: CancelReport | RollbackReport): number {
  return outcome === "busy" || (edge !== undefined && edge.kind !== "forgotten") ? exitCodes.problems : exitCodes.fine;
}

/** Quarantined articles fail `check` but not `publish`; notices fail only `check --strict`. A run that finds no article at all has failed. */
export function exitCode(report: RunReport, strict = false): number {
  const isEmpty = report.nothing !== undefined && report.articles.withheld === 0;
  const broken = report.articles.quarantined > 0 || (strict && report.findings.length > 0);
  return isEmpty || report.holds.length > 0 || report.outcome === "busy" || (report.command === "check" && broken)
    ? exitCodes.problems
    : exitCodes.fine;
}
