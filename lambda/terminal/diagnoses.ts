import type { Diagnosis, Result } from "../reports/diagnosis.ts";
import type { Line } from "./screen/screen.ts";

const marks = { fine: "ok", advice: "advice", problem: "PROBLEM" } as const;
const styles = { fine: "green", advice: "yellow", problem: "red" } as const;

/** One feed after the other: a line for each check, then the verdict and what to do. */
export function diagnosisLines(diagnoses: readonly Diagnosis[]): readonly Line[] {
  return diagnoses.flatMap((one, index) => [...(index === 0 ? [] : [""]), ...linesOf(one)]);
}

function linesOf({ url, verdict, results, requests }: Diagnosis): readonly Line[] {
  const rows = results.map(({ check, level, message }) => [marks[level].padEnd(7), check, message]);
  const problems = results.filter(({ level }) => level === "problem");
  const advised = results.filter(({ level }) => level === "advice");
  const count = (list: readonly Result[], one: string, many: string) => `${list.length} ${list.length === 1 ? one : many}`;
  const found = [
    ...(problems.length > 0 ? [count(problems, "problem", "problems")] : []),
    ...(advised.length > 0 ? [count(advised, "piece of advice", "pieces of advice")] : []),
  ];
  const closing = verdict === "ill" ? "The feed loses readers" : "The feed is healthy";
  const hints = [...problems, ...advised].flatMap(({ check, hint }) => (hint === undefined ? [] : [`- ${check}: ${hint}`]));
  return [
    { verbatim: url },
    "",
    { rows, wraps: true, style: (row) => styles[results[row]?.level ?? "fine"] },
    "",
    ...(hints.length > 0 ? ["What to do:", ...hints, ""] : []),
    `${closing}${found.length > 0 ? `: ${found.join(", ")}` : ""}. ${requests} requests were made.`,
  ];
}
