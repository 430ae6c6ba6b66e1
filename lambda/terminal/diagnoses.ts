import type { Diagnosis, Result } from "../reports/diagnosis.ts";

const width = 80;
const marks = { fine: "ok", advice: "advice", problem: "PROBLEM" } as const;

/** One feed after the other: a line for each check, then the verdict and what to do. */
export function diagnosisLines(diagnoses: readonly Diagnosis[]): readonly string[] {
  return diagnoses.flatMap((one, index) => [...(index === 0 ? [] : [""]), ...linesOf(one)]);
}

function linesOf({ url, verdict, results, requests }: Diagnosis): readonly string[] {
  const names = Math.max(...results.map(({ check }) => check.length));
  const rows = results.flatMap(({ check, level, message }) => row(marks[level].padEnd(7), check.padEnd(names), message));
  const problems = results.filter(({ level }) => level === "problem");
  const advised = results.filter(({ level }) => level === "advice");
  const count = (list: readonly Result[], one: string, many: string) => `${list.length} ${list.length === 1 ? one : many}`;
  const found = [
    ...(problems.length > 0 ? [count(problems, "problem", "problems")] : []),
    ...(advised.length > 0 ? [count(advised, "piece of advice", "pieces of advice")] : []),
  ];
  const closing = verdict === "ill" ? "The feed loses readers" : "The feed is healthy";
  const hints = [...problems, ...advised].flatMap(({ check, hint }) => (hint === undefined ? [] : wrapped(`- ${check}: ${hint}`, "  ")));
  return [
    url,
    "",
    ...rows,
    "",
    ...(hints.length > 0 ? ["What to do:", ...hints, ""] : []),
    `${closing}${found.length > 0 ? `: ${found.join(", ")}` : ""}. ${requests} requests were made.`,
  ];
}

function row(mark: string, name: string, message: string): readonly string[] {
  return wrapped(`${mark}  ${name}  ${message}`, " ".repeat(mark.length + name.length + 4));
}

/** Breaks a line between words at 80 columns; a word that is longer stays whole, so that an address can be copied. */
function wrapped(line: string, indent: string): readonly string[] {
  const rows = [""];
  for (const word of line.split(/(?<=\S)(?= )/)) {
    const last = rows.at(-1) ?? "";
    if (last.trim() !== "" && last.length + word.length > width) rows.push(indent + word.trimStart());
    else rows[rows.length - 1] = last + word;
  }
  return rows;
}
