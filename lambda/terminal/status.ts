import type { StatusReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { findingsByFile } from "./findings.ts";
import type { Line } from "./screen/screen.ts";

/** The report of `status`: the last run that changed anything, the newest entry of each feed, and what needs attention. */
export function statusLines(report: StatusReport): readonly Line[] {
  const { site, target, channels, holds, quarantined, outbox } = report;
  return [
    [{ text: site, style: "bold" }, ` -> ${target}`],
    "",
    ...lastLines(report),
    ...(report.ledgerLost === true
      ? [
          "The state has no ledger, so every run is held. wireroom plan says what is lost and how to release it; see docs/runbook.md#state-is-damaged-or-lost.",
        ]
      : []),
    "",
    ...(channels.length === 0 ? ["No feed is published yet. Run wireroom publish."] : [channelTable(channels)]),
    "",
    ...heldLines(report),
    ...quarantinedLines(report),
    ...announcementLines({ announced: [], outbox: outbox.map((announcement) => ({ announcement })) }),
    ...(holds.length + quarantined.length + outbox.length === 0 && report.ledgerLost !== true
      ? ["Nothing is held, quarantined or still to be announced."]
      : []),
  ];
}

function lastLines({ last }: StatusReport): readonly string[] {
  if (last === undefined) return ["No run has left a report yet."];
  const { now, outcome, files, articles } = last;
  return [
    `Last run that changed something or had a finding: ${moment(now)}, ${outcome}: ${files.written} ${files.written === 1 ? "file" : "files"} written, ${files.removed} removed.`,
    `Articles then: ${articles.published} published, ${articles.canceled} withdrawn, ${articles.withheld} withheld, ${articles.quarantined} quarantined.`,
  ];
}

function channelTable(channels: StatusReport["channels"]): Line {
  const rows = channels.map(({ path, updated, newest }) => [
    path,
    moment(updated),
    newest === undefined ? "" : moment(newest.published),
    newest?.title ?? "(no entry)",
  ]);
  return { head: ["feed", "updated", "newest", "title"], rows, paths: [0] };
}

function quarantinedLines({ quarantined, moreQuarantined: more }: StatusReport): readonly Line[] {
  if (quarantined.length + more === 0) return [];
  const rest = more > 0 ? [`  … and ${more} more ${more === 1 ? "problem" : "problems"}: wireroom check shows them all.`] : [];
  return [[{ text: `Quarantined (${quarantined.length + more}):`, style: "red" }], ...findingsByFile(quarantined), ...rest, ""];
}

function heldLines({ holds }: StatusReport): readonly Line[] {
  const lines = holds.flatMap(({ name, since, reasons, release }): readonly Line[] => [
    [{ text: `  ${name}`, style: "bold" }, `, since ${moment(since)}: ${reasons.join(" ")}`],
    `    ${release}`,
  ]);
  return lines.length === 0 ? [] : [[{ text: `Held (${holds.length}):`, style: "red" }], ...lines, ""];
}

/** To the minute, in UTC: the same on every machine. */
const moment = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
