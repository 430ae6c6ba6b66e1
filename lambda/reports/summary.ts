import type { KeyReport } from "./partner-access.ts";
import type { AnnounceReport, CancelReport, Reported, RollbackReport, RunReport, Totals } from "./report.ts";

type Whole = Omit<RunReport, "command" | "counts" | "leftOut" | "whole">;

/** The most items of a list, of a list inside an item, and the most characters of a text: a report then has at most some hundred kilobytes; Lambda allows 6 MB. */
const most = { items: 50, inside: 10, characters: 400 } as const;

const whole =
  "Lists are cut to their first items. wireroom check --json shows all findings, wireroom plan --json all files, feeds, holds and reasons, " +
  "wireroom status --json what is live, held and still to be announced.";

/** The length of each list of a run's report, and how often each kind of finding occurs. */
export function countsOf({ findings, holds, channels, files, announced, outbox }: Whole): Totals {
  const problems = findings.filter(isProblem).length;
  const codes = [...Map.groupBy(findings, ({ code }) => code)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    problems,
    notices: findings.length - problems,
    codes: Object.fromEntries(codes.map(([code, group]) => [code, group.length])),
    holds: holds.length,
    channels: channels.length,
    held: channels.filter(({ outcome }) => outcome === "held").length,
    written: files.written.length,
    removed: files.removed.length,
    announced: announced.length,
    outbox: outbox.length,
    failed: outbox.filter(({ why }) => why !== undefined).length,
  };
}

/** The report, so short that it fits into any answer, log line or head of state: the first items of each list, problems before notices. */
export function summaryOf<R extends RunReport | CancelReport | RollbackReport | AnnounceReport | KeyReport>(report: R): R {
  const leftOut: Record<string, number> = {};
  const short = bounded(worstFirst(report), leftOut);
  return Object.keys(leftOut).length === 0 ? short : { ...short, leftOut, whole };
}

/** Puts problems before notices, so that notices never push a problem out of the summary. */
function worstFirst<R extends object>(report: R): R {
  if (!("findings" in report)) return report;
  const findings = report.findings as readonly Reported[];
  return { ...report, findings: [...findings.filter(isProblem), ...findings.filter((finding) => !isProblem(finding))] };
}

function isProblem({ kind }: Reported): boolean {
  return kind === "problem";
}

/** The value with the first items of each list and table, and the beginning of each text. Adds to `leftOut`, by path, how many are missing. */
export function bounded<V>(value: V, leftOut: Record<string, number> = {}): V {
  return cut(value, "", most.items, leftOut) as V;
}

function cut(value: unknown, path: string, items: number, leftOut: Record<string, number>): unknown {
  if (typeof value === "string") return value.length > most.characters ? `${value.slice(0, most.characters).toWellFormed()}…` : value;
  if (typeof value !== "object" || value === null) return value;
  const note = (size: number) => {
    if (size > items) leftOut[path] = (leftOut[path] ?? 0) + size - items;
  };
  if (Array.isArray(value)) {
    note(value.length);
    return value.slice(0, items).map((one) => cut(one, path, most.inside, leftOut));
  }
  // Cuts tables that content fills. Our own types are never cut: none has as many fields, and Wireroom itself names all codes.
  const entries = Object.entries(value);
  const ours = path === "" || path === "counts.codes";
  if (!ours) note(entries.length);
  const kept = ours ? entries : entries.slice(0, items);
  return Object.fromEntries(
    kept.map(([name, inner]) => [cut(name, path, items, leftOut), cut(inner, path === "" ? name : `${path}.${name}`, items, leftOut)]),
  );
}
