import { hashOfValue } from "../articles/model/json-value.ts";
import { printable } from "../fault.ts";
import type { RunReport } from "./report.ts";

/** One message to people about the problems and holds that are new in a run. */
export type Message = { readonly subject: string; readonly text: string };

type Met = Pick<RunReport, "site" | "findings" | "holds">;

/** The most problems, holds and reasons per hold that a message names; one line counts the rest. SNS accepts 256 KB in all. */
const most = 20;
/** The most characters for all reasons of a hold, and for the message or hint of a problem. */
const longest = { hold: 2_000, problem: 500 } as const;

/** The marks of a run's problems and holds, and the problems and holds whose marks are not yet known. */
export function alertsOf({ findings, holds }: Met, known: readonly string[]) {
  const problems = findings
    .filter(({ kind }) => kind === "problem")
    .map((problem) => ({ problem, mark: alertHash([problem.key, problem.code, problem.message]) }));
  const held = holds.map((hold) => ({ hold, mark: alertHash([hold.name, hold.hash]) }));
  const before = new Set(known);
  return {
    marks: [...new Set([...problems, ...held].map(({ mark }) => mark))].sort(),
    problems: problems.filter(({ mark }) => !before.has(mark)).map(({ problem }) => problem),
    holds: held.filter(({ mark }) => !before.has(mark)).map(({ hold }) => hold),
  };
}

/** What happened, where, what would be right, and who can release it. Undefined if nothing is new. */
export function messageOf(site: string, { problems, holds }: Pick<ReturnType<typeof alertsOf>, "problems" | "holds">): Message | undefined {
  if (problems.length + holds.length === 0) return undefined;
  const text = [
    site,
    ...holds.slice(0, most).flatMap(heldLines),
    ...more(holds.length - most, "status"),
    ...(problems.length === 0 ? [] : ["", "A new article with a problem stays out of the feeds; a published one stays as it was:", ""]),
    ...problems
      .slice(0, most)
      .map(({ file, line, message, hint }) =>
        [`${file}${line === undefined ? "" : `:${line}`} `, short(message, longest.problem), short(hint ?? "", longest.problem)]
          .join(" ")
          .trim(),
      ),
    ...more(problems.length - most, "check"),
  ];
  // SNS accepts only short ASCII subjects.
  const parts = [
    ...(holds.length > 0 ? [count(holds.length, "hold")] : []),
    ...(problems.length > 0 ? [count(problems.length, "problem")] : []),
  ];
  return { subject: `Wireroom: ${parts.join(", ")}`, text: `${text.map(printable).join("\n")}\n` };
}

function heldLines({ name, hash, reasons, defective }: RunReport["holds"][number]): readonly string[] {
  const said = [short(reasons.slice(0, most).join(" "), longest.hold), ...more(reasons.length - most, "plan")].join(" ");
  return ["", `${name} is held: ${said} Nothing of it was changed.`, releaseHint({ name, hash, defective })];
}

function more(rest: number, command: "status" | "check" | "plan"): readonly string[] {
  return rest > 0 ? [`… and ${rest} more: wireroom ${command} names them all.`] : [];
}

function short(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters).toWellFormed()}…` : text;
}

/** Why a file may not be published. The rules of a partner can refuse one for what site.yaml says. */
export function whoseDefect(name: string): string {
  return name.startsWith("partners/")
    ? "Change what the reason names. If nothing is wrong with that, this is a mistake in Wireroom: please report it."
    : "This is a mistake in Wireroom: please report it.";
}

/** Who can release a hold, and how. */
export function releaseHint({ name, hash, defective }: Pick<RunReport["holds"][number], "name" | "hash" | "defective">): string {
  const page = "docs/runbook.md#a-channel-is-held";
  if (defective) return `Nobody can release it. ${whoseDefect(name)} See ${page}.`;
  const release = `${name}@${hash}`;
  return `If the change is right, anybody who may publish can release it: run wireroom allow ${release}, or send ${JSON.stringify({ command: "allow", names: [release] })} to the function. See ${page}.`;
}

function alertHash(parts: readonly string[]): string {
  return hashOfValue(parts, 16);
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
