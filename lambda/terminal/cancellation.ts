import type { CancelReport } from "../reports/report.ts";
import { announcementLines } from "./announcements.ts";
import { invalidationLines } from "./invalidation.ts";
import type { Line } from "./screen/screen.ts";

/** The lines for a person who withdrew an article: where the withdrawal is recorded, and how far it has come. */
export function cancellationLines(report: CancelReport): readonly Line[] {
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
      `${id} is not withdrawn yet: another run is still writing.`,
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
    ...invalidationLines(report.edge),
  ];
}

/** The ledger overrides the file until somebody releases the withdrawal. */
function releaseLines({ release, erased }: CancelReport["canceled"]): readonly Line[] {
  if (release === undefined || erased !== undefined) return [];
  const shown = /^[\w@%+=:,./-]+$/.test(release) ? release : `'${release.replaceAll("'", "'\\''")}'`;
  return ["It stays withdrawn, whatever its file says, until you release it:", { verbatim: `  wireroom allow ${shown}` }];
}

function erasedLines(erased: CancelReport["canceled"]["erased"]): readonly string[] {
  if (erased === undefined) return [];
  if (erased === "busy") return ["Nothing is erased yet: another run is writing. Run the same command again."];
  return [
    "Erased with every version:",
    ...erased.gone.map((place) => `  ${place}`),
    `Erased all older versions of ${erased.past.length} published ${erased.past.length === 1 ? "file" : "files"}.`,
    ...(erased.kept.length === 0
      ? []
      : [
          `Kept, because another article or the site shows ${erased.kept.length === 1 ? "it" : "them"}:`,
          ...erased.kept.map((place) => `  ${place}`),
        ]),
  ];
}
