import type { RunReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { explanation } from "./explanation.ts";
import { table } from "./table.ts";

/** How many notices a run shows; `check` shows all, grouped. Problems and holds are always shown. */
const fewNotices = 10;

/** The lines that a person reads, from a report. */
export function lines(report: RunReport): readonly string[] {
  if (report.outcome === "busy") return [closing(report)];
  return [
    ...(report.command === "check" ? explanation(report) : [...channelLines(report), "", ...findingLines(report)]),
    ...report.remarks,
    ...report.holds.flatMap((hold) =>
      hold.reasons.map(
        (reason) =>
          `${hold.name} is held: ${reason} Nothing of it was changed.${hold.defective ? " This is a mistake in Wireroom: please report it." : ` If the change is right, run again with --allow ${hold.name}@${hold.hash}`}`,
      ),
    ),
    articleLine(report),
    ...announcementLines(report),
    closing(report),
  ];
}

function channelLines({ channels, site, target }: RunReport): readonly string[] {
  const rows = channels.map(({ path, title, entries, bytes, files, outcome }) => [
    path,
    title,
    entries,
    size(bytes),
    outcome === "written" ? `${files} written` : outcome,
  ]);
  return [`${site} -> ${target}`, "", ...table(["feed", "title", "entries", "size", "files"], rows)];
}

function findingLines({ findings }: RunReport): readonly string[] {
  const problems = findings.filter((finding) => finding.kind === "problem");
  const notices = findings.filter((finding) => finding.kind === "notice");
  const shown = notices.slice(0, fewNotices);
  const rest = notices.length - shown.length;
  const told = [...problems, ...shown].map(
    (finding) =>
      `${finding.key}${finding.line === undefined ? "" : `:${finding.line}`}  ${finding.message}${finding.hint === undefined ? "" : ` ${finding.hint}`}`,
  );
  return told.length === 0
    ? []
    : [...told, ...(rest > 0 ? [`… and ${rest} more ${rest === 1 ? "notice" : "notices"}: wireroom check shows them all.`] : []), ""];
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

function closing({ outcome, files, channels, holds }: RunReport): string {
  const held = channels.filter((channel) => channel.outcome === "held").length;
  const removed = files.removed.length === 0 ? "" : `, ${files.removed.length} removed`;
  const counts = `${files.written.length} written, ${files.kept} kept${removed}`;
  switch (outcome) {
    case "unchanged":
      return `Nothing changed: no file written, ${files.kept} kept.`;
    case "published":
      return `Published: ${counts}.`;
    case "held":
      return `Held: ${held} of ${channels.length} feeds stay as they are (${holds.length} ${holds.length === 1 ? "hold" : "holds"}). The rest: ${counts}.`;
    case "planned":
      return `Planned, nothing done: ${files.written.length} to write, ${files.kept} to keep${files.removed.length === 0 ? "" : `, ${files.removed.length} to remove`}, ${held} ${held === 1 ? "feed" : "feeds"} held.`;
    case "checked":
      return `Checked, nothing done: ${files.written.length} ${files.written.length === 1 ? "file" : "files"} would be written.`;
    case "busy":
      return "Another run is writing. This run did nothing; run again.";
  }
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
