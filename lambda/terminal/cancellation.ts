import type { CancelReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { forgettingLines } from "./forgetting.ts";

/** What a person reads who has withdrawn an article: where it is written, and how far it has come. */
export function cancellationLines(report: CancelReport): readonly string[] {
  const { canceled, files, outcome } = report;
  const { id, key, where } = canceled;
  const place =
    where === "file"
      ? `Its file says so: ${key}.`
      : canceled.erased === undefined
        ? `The ledger says so; ${key} was not changed.`
        : "The ledger says so.";
  if (outcome === "busy")
    return [
      `${id} is not withdrawn yet: another run is writing and did not end.`,
      where === "file" ? `${place} The next run publishes it.` : "Run again.",
    ];
  const written = files.written.map((file) => `  ${file.key}`);
  return [
    `${id} is withdrawn. ${place}`,
    ...written,
    ...announcementLines(report),
    written.length === 0 && files.removed.length === 0
      ? "Nothing had to be published: no file shows it."
      : `Done: ${written.length} ${written.length === 1 ? "file" : "files"} written, ${files.removed.length} removed. Nothing else was published.`,
    ...erasedLines(canceled.erased),
    ...releaseLines(canceled),
    ...forgettingLines(report.edge),
  ];
}

/** What the ledger says stands above the file, until somebody takes it back. */
function releaseLines({ release, erased }: CancelReport["canceled"]): readonly string[] {
  if (release === undefined || erased !== undefined) return [];
  const shown = /^[\w@%+=:,./-]+$/.test(release) ? release : `'${release.replaceAll("'", "'\\''")}'`;
  return ["It stays withdrawn, whatever its file says, until somebody takes that back:", `  wireroom allow ${shown}`];
}

function erasedLines(erased: CancelReport["canceled"]["erased"]): readonly string[] {
  if (erased === undefined) return [];
  if (erased === "busy") return ["Nothing is erased yet: another run is writing. Run the same again."];
  return [
    "Erased with every version:",
    ...erased.gone.map((place) => `  ${place}`),
    `Erased of ${erased.past.length} published files: all that they were before.`,
  ];
}
