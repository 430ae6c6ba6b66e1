import type { RollbackReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { invalidationLines } from "./invalidation.ts";
import type { Line } from "./screen/screen.ts";

/** The lines for a person who rolled back feeds: which feeds, and how they continue. */
export function rolledBackLines(report: RollbackReport): readonly Line[] {
  const { files, holds, outcome } = report;
  if (outcome === "busy") return ["Another run is writing. Nothing was rolled back; run again."];
  return [
    ...holds.map(({ name }) => `${name} is as it was before its last change.`),
    ...files.written.map(({ key }) => `  ${key}`),
    ...announcementLines(report),
    ...invalidationLines(report.edge),
    `Done: ${files.written.length} ${files.written.length === 1 ? "file" : "files"} written. The feeds stay as they are now until you release them:`,
    { verbatim: `  wireroom allow ${holds.map(({ name, hash }) => `${name}@${hash}`).join(" ")}` },
  ];
}
