import type { RunReport } from "../reports/report.ts";
import { findingsByFile } from "./findings.ts";
import type { Line } from "./screen/screen.ts";

type Finding = RunReport["findings"][number];

/** How many files that are not taken are listed for each reason: a folder may contain thousands of them. */
const fewFiles = 20;

/** The report of `check`: problems by file, notices by kind, each hint once, and every article that is not in the feeds. */
export function explanation(report: RunReport): readonly Line[] {
  const { site, findings, withdrawn = [], withheld = [], notTaken = [] } = report;
  const problems = findings.filter(({ kind }) => kind === "problem");
  const notices = findings.filter(({ kind }) => kind === "notice");
  return [
    [{ text: site, style: "bold" }],
    "",
    ...problemLines(problems),
    ...noticeLines(notices),
    ...withdrawnLines(withdrawn),
    ...waitingLines(withheld),
    ...notTakenLines(notTaken),
    `${counted(problems, "problem")}, ${counted(notices, "notice")}.`.replace(/^n/, "N"),
    ...(findings.length > 0 ? ["docs/articles.md, Messages, explains each kind."] : []),
  ];
}

function problemLines(problems: readonly Finding[]): readonly Line[] {
  if (problems.length === 0) return [];
  const title = { text: `Problems (${problems.length}):`, style: "red" } as const;
  return [[title, " a new article stays out, a published one stays as it was."], "", ...findingsByFile(problems), ""];
}

function noticeLines(notices: readonly Finding[]): readonly Line[] {
  if (notices.length === 0) return [];
  const groups = [...Map.groupBy(notices, ({ code }) => code)].sort(([a, some], [b, others]) =>
    some.length === others.length ? (a < b ? -1 : 1) : others.length - some.length,
  );
  const title = { text: `Notices (${notices.length}):`, style: "yellow" } as const;
  const meaning = " published; the named part was corrected, left out, or only noticed.";
  return [[title, meaning], "", ...groups.flatMap(([code, group]) => [...groupLines(code, group), ""])];
}

/** One kind of finding: a message or hint that several files share appears once, the message above the files and the hint below. */
function groupLines(code: string, group: readonly Finding[]): readonly Line[] {
  const advised = [...Map.groupBy(group, ({ hint = "" }) => hint)];
  return [[{ text: `  ${code}`, style: "bold" }, ` (${group.length})`], ...advised.flatMap(([hint, part]) => advisedLines(hint, part))];
}

function advisedLines(hint: string, findings: readonly Finding[]): readonly Line[] {
  const messages = new Set(findings.map(({ message }) => message));
  const [same = ""] = messages.size === 1 && findings.length > 1 ? messages : [];
  const rows = findings.map((finding) => (same === "" ? [place(finding), finding.message] : [place(finding)]));
  return [
    ...(same === "" ? [] : [`  ${same}`]),
    { rows, indent: 4, paths: [0], wraps: same === "" },
    ...(hint === "" ? [] : [`  → ${hint}`]),
  ];
}

function withdrawnLines(withdrawn: NonNullable<RunReport["withdrawn"]>): readonly Line[] {
  if (withdrawn.length === 0) return [];
  const rows = withdrawn.map(({ key, at }) => [key, at === undefined ? "" : `since ${moment(at)}`]);
  return [`Withdrawn (${withdrawn.length}): a notice replaces the article.`, "", files(rows), ""];
}

function waitingLines(withheld: NonNullable<RunReport["withheld"]>): readonly Line[] {
  if (withheld.length === 0) return [];
  const rows = withheld.map(({ key, reason, at }) => [key, at === undefined ? reason : `${reason} ${until[reason]} ${moment(at)}`]);
  return [`Withheld (${withheld.length}): in no feed at present.`, "", files(rows), ""];
}

const until = { draft: "since", scheduled: "until", embargoed: "until", expired: "since", canceled: "since" } as const;

function notTakenLines(notTaken: NonNullable<RunReport["notTaken"]>): readonly Line[] {
  if (notTaken.length === 0) return [];
  const groups = [...Map.groupBy(notTaken, ({ reason }) => reason)].sort(([a], [b]) => (a < b ? -1 : 1));
  const told = groups.flatMap(([reason, group]) => {
    const rest = group.length - fewFiles;
    const more = rest > 0 ? [`    … and ${rest} more: --json lists them all.`] : [];
    return [`  ${reason} (${group.length})`, files(group.slice(0, fewFiles).map(({ key }) => [key])), ...more, ""];
  });
  return [`Not taken (${notTaken.length}): these files look like articles.`, "", ...told];
}

const place = ({ key, line }: Finding): string => (line === undefined ? key : `${key}:${line}`);

const files = (rows: readonly (readonly string[])[]): Line => ({ rows, indent: 4, paths: [0] });

/** To the minute, in UTC: the same on every machine. */
const moment = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;

function counted(findings: readonly Finding[], word: string): string {
  const files = new Set(findings.map(({ key }) => key)).size;
  return files === 0 ? `no ${word}s` : `${count(findings.length, word)} in ${count(files, "file")}`;
}
