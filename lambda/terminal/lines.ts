import type { RunReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { explanation } from "./explanation.ts";
import { table } from "./table.ts";

/** How many notices a run shows; `check` shows all, grouped. */
const fewNotices = 10;

/** The lines that a person reads, from a report. */
export function lines(report: RunReport): readonly string[] {
  if (report.outcome === "busy") return [closing(report)];
  return [
    ...(report.command === "check" ? explanation(report) : [...channelLines(report), "", ...changeLines(report), ...findingLines(report)]),
    ...report.remarks,
    ...holdLines(report),
    articleLine(report),
    ...nothingPublished(report),
    ...announcementLines(report),
    closing(report),
  ];
}

function holdLines({ holds, counts, leftOut = {} }: RunReport): readonly string[] {
  return [
    ...holds.flatMap(({ name, hash, reasons, defective }) =>
      reasons.map(
        (reason) =>
          `${name} is held: ${reason} Nothing of it was changed.${defective ? " This is a mistake in Wireroom: please report it." : ` If the change is right, run again with --allow ${name}@${hash}`}`,
      ),
    ),
    ...more(leftOut["holds.reasons"] ?? 0, "reason", "wireroom plan shows them all."),
    ...more(counts.holds - holds.length, "hold", "wireroom status shows them all."),
  ];
}

function channelLines({ channels, counts, site, target }: RunReport): readonly string[] {
  const rows = channels.map(({ path, title, entries, bytes, files, outcome }) => [
    path,
    title,
    entries,
    size(bytes),
    outcome === "written" ? `${files} written` : outcome,
  ]);
  return [
    `${site} -> ${target}`,
    "",
    ...table(["feed", "title", "entries", "size", "files"], rows),
    ...more(counts.channels - channels.length, "feed", "wireroom status shows them all."),
  ];
}

/** How many articles a plan names on a terminal; `--json` has all. */
const fewChanges = 50;

function changeLines({ changes }: RunReport): readonly string[] {
  if (changes === undefined || changes.length === 0) return [];
  const rows = changes
    .slice(0, fewChanges)
    .map(({ what, key, title = "", from }) => [what, from === undefined ? key : `${from} -> ${key}`, title]);
  return [
    ...table(["article", "file", "title"], rows),
    ...more(changes.length - rows.length, "article", "wireroom plan --json names them all."),
    "",
  ];
}

function findingLines({ findings, counts }: RunReport): readonly string[] {
  const problems = findings.filter((finding) => finding.kind === "problem");
  const shown = findings.filter((finding) => finding.kind === "notice").slice(0, fewNotices);
  const told = [...problems, ...shown].map(
    (finding) =>
      `${finding.key}${finding.line === undefined ? "" : `:${finding.line}`}  ${finding.message}${finding.hint === undefined ? "" : ` ${finding.hint}`}`,
  );
  const rest = [
    ...more(counts.problems - problems.length, "problem", "wireroom check shows them all."),
    ...more(counts.notices - shown.length, "notice", "wireroom check shows them all."),
  ];
  return told.length === 0 ? [] : [...told, ...rest, ""];
}

function more(rest: number, word: string, where: string): readonly string[] {
  return rest > 0 ? [`… and ${rest} more ${word}${rest === 1 ? "" : "s"}: ${where}`] : [];
}

/** Says that nothing is published, what was seen, and what to do. */
function nothingPublished({ articles, channels }: RunReport): readonly string[] {
  const { published, canceled, withheld, quarantined, passedOver } = articles;
  if (published + canceled > 0 || channels.some(({ entries }) => entries > 0)) return [];
  const passed = Object.values(passedOver).reduce((sum, count) => sum + count, 0);
  if (quarantined > 0) return ["No article is published: correct the problems above, or run wireroom check, which explains each."];
  if (withheld > 0)
    return ["No article is published: all are withheld (draft, embargoed, scheduled or expired). wireroom check names each."];
  if (passed > 0)
    return ['No article is published: no file matches "articles" of site.yaml. wireroom check names each that was not taken.'];
  return [
    "No article is published: the content has no file that looks like one. Write one (Markdown, HTML or plain text), or name another --content.",
  ];
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

function closing({ outcome, files, counts }: RunReport): string {
  const { holds, channels, held, written, removed } = counts;
  const done = `${written} written, ${files.kept} kept${removed === 0 ? "" : `, ${removed} removed`}`;
  switch (outcome) {
    case "unchanged":
      return `Nothing changed: no file written, ${files.kept} kept.`;
    case "published":
      return `Published: ${done}.`;
    case "held":
      return `Held: ${held} of ${channels} feeds stay as they are (${holds} ${holds === 1 ? "hold" : "holds"}). The rest: ${done}.`;
    case "planned":
      return `Planned, nothing done: ${written} to write, ${files.kept} to keep${removed === 0 ? "" : `, ${removed} to remove`}, ${held} ${held === 1 ? "feed" : "feeds"} held.`;
    case "checked":
      return `Checked, nothing done: ${written} ${written === 1 ? "file" : "files"} would be written.`;
    case "busy":
      return "Another run is writing. This run did nothing; run again.";
  }
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
