import type { AnnounceReport, CancelReport, Reported, RollbackReport, RunReport } from "./report.ts";

type Report = RunReport | CancelReport | RollbackReport | AnnounceReport;

/** A report that fits into any answer, log line or mail: of each list the first, and how many there are. */
export type Summary<R extends Report> = R & {
  /** Of a run: what its lists hold, before they were cut. */
  readonly counts?: { readonly problems: number; readonly notices: number } & Readonly<Record<string, number>>;
  /** By list, how many are not named here. */
  readonly leftOut?: Readonly<Record<string, number>>;
  /** Where they are named. */
  readonly whole?: string;
};

/** Of a list, and of a text. Lists stand in lists, so the whole has at most some hundred kilobytes; Lambda's answer may have 6 MB. */
const most = 20;
const longest = 400;

const whole =
  "Each list has its first alone. All problems, holds and what is still to be announced: wireroom status, from the last report in state; " +
  "each problem is a line of the log, too. All notices: wireroom check --json. All files: wireroom plan --json, before the run.";

export function summaryOf<R extends Report>(report: R): Summary<R> {
  const leftOut: Record<string, number> = {};
  const short = bounded(worstFirst(report), leftOut);
  return {
    ...short,
    ...("findings" in report ? { counts: countsOf(report) } : {}),
    ...(Object.keys(leftOut).length === 0 ? {} : { leftOut, whole }),
  };
}

function countsOf({ findings, holds, channels, files, announced, outbox }: RunReport | CancelReport | RollbackReport) {
  return {
    problems: findings.filter(isProblem).length,
    notices: findings.filter((finding) => !isProblem(finding)).length,
    holds: holds.length,
    channels: channels.length,
    written: files.written.length,
    removed: files.removed.length,
    announced: announced.length,
    outbox: outbox.length,
  };
}

/** Notices never matter as much as a problem: they shall not push it out. */
function worstFirst<R extends Report>(report: R): R {
  if (!("findings" in report)) return report;
  const { findings } = report;
  return { ...report, findings: [...findings.filter(isProblem), ...findings.filter((finding) => !isProblem(finding))] };
}

function isProblem({ kind }: Reported): boolean {
  return kind === "problem";
}

/** The same value with at most the first twenty of each list and table, and the beginning of each text. `leftOut` is told what is missing, by path. */
export function bounded<V>(value: V, leftOut: Record<string, number> = {}): V {
  return cut(value, "", leftOut) as V;
}

function cut(value: unknown, path: string, leftOut: Record<string, number>): unknown {
  if (typeof value === "string") return value.length > longest ? `${value.slice(0, longest).toWellFormed()}…` : value;
  if (typeof value !== "object" || value === null) return value;
  const note = (size: number) => {
    if (size > most) leftOut[path] = (leftOut[path] ?? 0) + size - most;
  };
  if (Array.isArray(value)) {
    note(value.length);
    return value.slice(0, most).map((one) => cut(one, path, leftOut));
  }
  // What a type of ours names is never cut: none has twenty names. A table that content fills is.
  const entries = Object.entries(value);
  if (path !== "") note(entries.length);
  const kept = path === "" ? entries : entries.slice(0, most);
  return Object.fromEntries(
    kept.map(([name, inner]) => [cut(name, path, leftOut), cut(inner, path === "" ? name : `${path}.${name}`, leftOut)]),
  );
}
