import type { PartnerStatusReport, TriedArticle } from "../reports/partner-report.ts";
import type { Line } from "./screen/screen.ts";

/** The lines of `status --partner`. */
export function partnerStatusLines(report: PartnerStatusReport): readonly Line[] {
  const { partner, profile, files, included, degraded, skipped, withdrawn, warnings, updated, delayMinutes, holds } = report;
  return [
    [{ text: partner, style: "bold" }, ` (${profile}): ${files.length === 0 ? "nothing is published yet." : files.join(", ")}`],
    ...(updated === undefined ? [] : [`Last news: ${updated}`]),
    ...(delayMinutes === 0 ? [] : [`An article is released to it ${delayMinutes} minutes after its publication.`]),
    "",
    `${included.length} as they are, ${degraded.length} changed, ${skipped.length} left out, ${withdrawn.length} withdrawn.`,
    ...listed("Changed", degraded),
    ...listed("Left out", skipped),
    ...(withdrawn.length === 0 ? [] : ["", "Withdrawn:"]),
    ...withdrawn.map(({ id, as, since }) => `  ${id}  ${as} since ${since}`),
    ...(warnings.length === 0 ? [] : ["", "What the partner wants besides:"]),
    ...warnings.flatMap(({ file, decisions }): readonly Line[] => [`  ${file}`, ...decisions.map(decisionLine)]),
    ...holds.flatMap(({ reasons, release }): readonly Line[] => [
      "",
      [{ text: "Held: ", style: "red" }, reasons.join(" ")],
      `  ${release}`,
    ]),
  ];
}

function listed(heading: string, articles: PartnerStatusReport["degraded"]): readonly Line[] {
  if (articles.length === 0) return [];
  return ["", `${heading}:`, ...articles.flatMap(({ id, decisions }) => [`  ${id}`, ...decisions.map(decisionLine)])];
}

const decisionLine = ({ rule, outcome, reason }: TriedArticle["decisions"][number]): string => `    ${outcome}: ${reason} (${rule})`;

/** The lines of `partner try`: the decisions, then the files as the partner would fetch them. */
export function triedLines({ partner, profile, article, included, reasons, decisions, files }: TriedArticle): readonly Line[] {
  const isSkipped = decisions.some(({ outcome }) => outcome === "skipped");
  const outcome = included ? (decisions.length === 0 ? "gets it as it is" : "gets it") : isSkipped ? "does not take it" : "does not get it";
  return [
    `${partner} (${profile}) ${outcome}: ${article}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...decisions.map(decisionLine),
    ...files.flatMap(({ key, contentType, text }): readonly Line[] => {
      const lines = text.trimEnd().split("\n");
      return ["", `${key} (${contentType})`, ...lines.map((line) => ({ verbatim: line }))];
    }),
  ];
}
