import type { RollbackReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { forgettingLines } from "./forgetting.ts";

/** What a person reads who has put feeds back: which, and how they go on from there. */
export function rolledBackLines(report: RollbackReport): readonly string[] {
  const { files, holds, outcome } = report;
  if (outcome === "busy") return ["Another run is writing at this moment. Nothing was put back; run again."];
  return [
    ...holds.map(({ name }) => `${name} is as it was before its last change.`),
    ...files.written.map(({ key }) => `  ${key}`),
    ...announcementLines(report),
    ...forgettingLines(report.edge),
    `Done: ${files.written.length} ${files.written.length === 1 ? "file" : "files"} written. What was put back stays so, whatever comes, until it is released:`,
    `  wireroom allow ${holds.map(({ name, hash }) => `${name}@${hash}`).join(" ")}`,
  ];
}
