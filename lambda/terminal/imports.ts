import type { ImportReport, NotTaken, Reappearing } from "../reports/imported.ts";

const kinds = { feed: "a feed", wordpress: "a WordPress export", ghost: "a Ghost export" } as const;

/** How many of a kind are named, one a line. */
const most = 10;

/** What was imported, what was not, and whether readers will notice. */
export function importLines(report: ImportReport): readonly string[] {
  const { source, kind, title, content, articles, files, media, notTaken, elsewhere } = report;
  const counted = [
    counts(articles.published, "article"),
    ...(articles.scheduled > 0 ? [`${articles.scheduled} scheduled`] : []),
    ...(articles.drafts > 0 ? [counts(articles.drafts, "draft")] : []),
    ...(articles.pages > 0 ? [counts(articles.pages, "page")] : []),
  ];
  return [
    `${title}: ${source} is ${kinds[kind]} -> ${content}`,
    "",
    `Imported ${counted.join(", ")}. Wrote ${counts(files, "file")}${media > 0 ? ` and ${counts(media, "picture")}` : ""}. Nothing is published yet.`,
    ...(notTaken.length === 0 ? [] : ["", `Not taken over (${notTaken.length}):`, ...groups(notTaken)]),
    ...(elsewhere.length === 0 ? [] : ["", "This site cannot answer at these old addresses. Redirect them (301) where they are served:"]),
    ...elsewhere.map(({ from, to }) => `  ${from} -> ${to}`),
    "",
    ...comparisonLines(report),
    "",
    `Look at ${content}/site.yaml. Then see the feeds: wireroom start --content ${content}`,
  ];
}

function comparisonLines({ entries, reappear, absent, redated }: ImportReport): readonly string[] {
  const count = reappear.length;
  return [
    `Of the ${counts(entries, "entry", "entries")} that readers have, ${count} will reappear${count === 0 ? "." : ":"}`,
    ...named(reappear),
    ...(absent.length === 0 ? [] : [`${counts(absent.length, "entry", "entries")} will be in no feed:`, ...named(absent)]),
    ...(redated.length === 0 ? [] : [`${counts(redated.length, "entry", "entries")} will have another date:`, ...named(redated)]),
  ];
}

function named(all: readonly Reappearing[]): readonly string[] {
  return shortened(
    all.map(({ where, title, was, reason }) => `  ${where}${title === "" ? "" : ` "${title}"`} (${was === "" ? "no id" : was})  ${reason}`),
  );
}

/** Equal reasons once, with the places. */
function groups(notTaken: readonly NotTaken[]): readonly string[] {
  return [...Map.groupBy(notTaken, ({ reason }) => reason)].flatMap(([reason, all]) =>
    all.length === 1
      ? [`  ${all[0]?.where}  ${reason}`]
      : [`  ${all.length} times: ${reason}`, ...shortened(all.map(({ where }) => `    ${where}`))],
  );
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), `    … and ${lines.length - most} more (--json names all)`];
}

function counts(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
