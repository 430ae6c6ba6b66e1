import type { AnnounceReport, CancelReport, Reported, RollbackReport, RunReport } from "./report.ts";

type Report = RunReport | CancelReport | RollbackReport | AnnounceReport;

/** A report that fits into any answer, log line or mail: the first items of each list, and the counts. */
export type Summary<R extends Report> = R & {
  /** For a run: the length of each list before it was cut. */
  readonly counts?: { readonly problems: number; readonly notices: number } & Readonly<Record<string, number>>;
  /** How many items of each list are left out. */
  readonly leftOut?: Readonly<Record<string, number>>;
  /** Where to find the complete lists. */
  readonly whole?: string;
};

/** The most items of a list, and the most characters of a text. With nested lists, a summary has at most some hundred kilobytes; Lambda allows 6 MB. */
const most = 20;
const longest = 400;

const whole =
  "Lists are cut to their first items. wireroom status shows all problems, holds and pending announcements, from the last report in state; " +
  "each problem is also a line of the log. wireroom check --json shows all notices. wireroom plan --json, before the run, shows all files.";

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

/** Puts problems before notices, so that notices never push a problem out of the summary. */
function worstFirst<R extends Report>(report: R): R {
  if (!("findings" in report)) return report;
  const { findings } = report;
  return { ...report, findings: [...findings.filter(isProblem), ...findings.filter((finding) => !isProblem(finding))] };
}

function isProblem({ kind }: Reported): boolean {
  return kind === "problem";
}

/** The value with at most twenty items of each list and table, and the beginning of each text. Adds to `leftOut`, by path, how many are missing. */
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
  // Cuts tables that content fills. Our own types are never cut: none has twenty fields.
  const entries = Object.entries(value);
  if (path !== "") note(entries.length);
  const kept = path === "" ? entries : entries.slice(0, most);
  return Object.fromEntries(
    kept.map(([name, inner]) => [cut(name, path, leftOut), cut(inner, path === "" ? name : `${path}.${name}`, leftOut)]),
  );
}
