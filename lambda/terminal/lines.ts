import { whoseDefect } from "../reports/alerts.ts";
import type { RunReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { explanation } from "./explanation.ts";
import type { Line, Style } from "./screen/screen.ts";

/** How many notices a run shows; `check` shows all, grouped. */
const fewNotices = 10;

/** The lines that a person reads, from a report. */
export function lines(report: RunReport): readonly Line[] {
  if (report.outcome === "busy") return [closing(report)];
  return [
    ...(report.command === "check"
      ? explanation(report)
      : [...heading(report), ...changeLines(report), ...channelLines(report), "", ...findingLines(report)]),
    ...report.remarks,
    ...holdLines(report),
    articleLine(report),
    ...announcementLines(report),
    closing(report),
    ...nothingLines(report),
  ];
}

function heading({ site, target }: RunReport): readonly Line[] {
  return [[{ text: site, style: "bold" }, ` -> ${target}`], ""];
}

function holdLines({ holds, counts, leftOut = {} }: RunReport): readonly Line[] {
  return [
    ...holds.flatMap(({ name, hash, reasons, defective }) =>
      reasons.map((reason): Line => {
        const release = defective ? whoseDefect(name) : `If the change is right, run again with --allow ${name}@${hash}`;
        return [{ text: `${name} is held:`, style: "red" }, ` ${reason} Nothing of it was changed. ${release}`];
      }),
    ),
    ...more(leftOut["holds.reasons"] ?? 0, "reason", "wireroom plan shows them all."),
    ...more(counts.holds - holds.length, "hold", "wireroom status shows them all."),
  ];
}

function channelLines({ command, channels, counts }: RunReport): readonly Line[] {
  const rows = channels.map(({ path, title, entries, bytes, files, outcome }) => [
    path,
    title,
    entries,
    size(bytes),
    outcome === "written" ? `${files} ${command === "plan" ? "to write" : "written"}` : outcome,
  ]);
  const style = (row: number) => (channels[row]?.outcome === "held" ? "red" : undefined);
  return [
    { head: ["feed", "title", "entries", "size", "files"], rows, paths: [0], style },
    ...more(counts.channels - channels.length, "feed", "wireroom status shows them all."),
  ];
}

/** How many articles a plan names on a terminal; `--json` has all. */
const fewChanges = 50;

function changeLines({ changes }: RunReport): readonly Line[] {
  if (changes === undefined) return [];
  if (changes.length === 0) return ["No article changes.", ""];
  const some = changes.slice(0, fewChanges);
  const rows = some.map(({ what, key, title = "", why = "" }) => [what, key, title, why]);
  const kinds = [...Map.groupBy(changes, ({ what }) => what)].map(([what, { length }]) => `${length} ${what}`);
  return [
    {
      head: ["article", "file", "title", "why"],
      rows,
      paths: [1],
      wraps: true,
      first: 2,
      style: (row) => styles[some[row]?.what ?? "edited"],
    },
    ...more(changes.length - rows.length, "article", "wireroom plan --json names them all."),
    `${changes.length} ${changes.length === 1 ? "article changes" : "articles change"}: ${kinds.join(", ")}.`,
    "",
  ];
}

const styles: Readonly<Record<NonNullable<RunReport["changes"]>[number]["what"], Style>> = {
  ...{ new: "green", back: "green", edited: "yellow", corrected: "yellow", moved: "yellow" },
  ...{ withdrawn: "red", expired: "red", embargoed: "red", scheduled: "red", draft: "red", missing: "red", gone: "red" },
};

function findingLines({ findings, counts }: RunReport): readonly Line[] {
  const problems = findings.filter((finding) => finding.kind === "problem");
  const shown = findings.filter((finding) => finding.kind === "notice").slice(0, fewNotices);
  const told = [...problems, ...shown].map(({ kind, key, line, message, hint }): Line => {
    const place = { text: line === undefined ? key : `${key}:${line}`, style: kind === "problem" ? "red" : "yellow" } as const;
    return [place, `  ${message}${hint === undefined ? "" : ` ${hint}`}`];
  });
  const rest = [
    ...more(counts.problems - problems.length, "problem", "wireroom check shows them all."),
    ...more(counts.notices - shown.length, "notice", "wireroom check shows them all."),
  ];
  return told.length === 0 ? [] : [...told, ...rest, ""];
}

function more(rest: number, word: string, where: string): readonly string[] {
  return rest > 0 ? [`… and ${rest} more ${word}${rest === 1 ? "" : "s"}: ${where}`] : [];
}

/** Zero articles never pass for success. */
function nothingLines({ nothing }: RunReport): readonly Line[] {
  if (nothing === undefined) return [];
  const seen = Object.entries(nothing.seen).map(([ending, count]) => `${count} ${ending}`);
  const what = seen.length === 0 ? "" : ` Seen in ${nothing.content}: ${seen.join(", ")}.`;
  return [[{ text: "No article is published.", style: "red" }, `${what} ${nothing.why}`]];
}

function articleLine({ articles }: RunReport): string {
  const passed = Object.entries(articles.passedOver).map(([ending, count]) => `${count} ${ending}`);
  const parts = [
    `${articles.published} published`,
    ...(articles.canceled > 0 ? [`${articles.canceled} withdrawn`] : []),
    ...(articles.withheld > 0 ? [`${articles.withheld} withheld`] : []),
    ...(articles.quarantined > 0 ? [`${articles.quarantined} quarantined`] : []),
    ...(articles.kept > 0 ? [`${articles.kept} kept as they last were`] : []),
    ...(articles.missing > 0 ? [`${articles.missing} missing`] : []),
    ...(passed.length > 0 ? [`not taken: ${passed.join(", ")}`] : []),
  ];
  return `Articles: ${parts.join(", ")}. ${articles.read} read in this run.`;
}

function closing({ outcome, files, counts, nothing }: RunReport): Line {
  const { holds, channels, held, written, removed } = counts;
  const done = `${written} written, ${files.kept} kept${removed === 0 ? "" : `, ${removed} removed`}`;
  switch (outcome) {
    case "unchanged":
      return `Nothing changed: no file written, ${files.kept} kept.`;
    case "published":
      return nothing === undefined ? [{ text: "Published:", style: "green" }, ` ${done}.`] : `Feeds without an entry: ${done}.`;
    case "held":
      return [
        { text: "Held:", style: "red" },
        ` ${held} of ${channels} feeds stay as they are (${holds} ${holds === 1 ? "hold" : "holds"}). The rest: ${done}.`,
      ];
    case "planned":
      return `Planned, nothing done: ${written} to write, ${files.kept} to keep${removed === 0 ? "" : `, ${removed} to remove`}, ${held} ${held === 1 ? "feed" : "feeds"} held.`;
    case "checked":
      return "Checked, nothing done.";
    case "busy":
      return "Another run is writing. This run did nothing; run again.";
  }
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
