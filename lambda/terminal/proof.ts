import type { LogsRead, PartnerLogReport, SubscribersReport, WithdrawnReport } from "../reports/proof.ts";
import type { Line } from "./screen/screen.ts";

/** The lines of `partner log`. */
export function partnerLogLines(report: PartnerLogReport): readonly Line[] {
  const { partner, files, refused, lastRefused, silent } = report;
  const rows = files.map(({ file, requests, unchanged, first, last, lastStatus }) => [
    file,
    String(requests),
    String(unchanged),
    first,
    `${last} (${lastStatus})`,
  ]);
  return [
    ...(rows.length === 0
      ? [`${partner} has fetched nothing.`]
      : [{ head: ["file", "requests", "unchanged", "first", "last (status)"], rows }]),
    ...(refused === 0
      ? []
      : [`Refused ${refused === 1 ? "once" : `${refused} times`}, at last ${lastRefused}: the key was missing, wrong or ended.`]),
    ...(silent === undefined
      ? []
      : [`It usually looks every ${spanOf(silent.usual)}, but has fetched nothing in the last ${spanOf(silent.seconds)} of the logs.`]),
    readLine(report),
  ];
}

/** Seconds in the largest unit of which there are two. */
function spanOf(seconds: number): string {
  const [size, unit] = seconds >= 172_800 ? [86_400, "days"] : seconds >= 7_200 ? [3_600, "hours"] : [60, "minutes"];
  return `${Math.round(seconds / Number(size))} ${unit}`;
}

/** The lines of `withdrawn`. */
export function withdrawnLines(report: WithdrawnReport): readonly Line[] {
  const { id, file, partners } = report;
  const rows = partners.map(({ partner, file: of, gone, before, lastBefore, since, firstSince }) => [
    partner,
    of,
    before === 0 ? "never" : `${before}, last ${lastBefore}`,
    gone === undefined ? "it still has it" : since === 0 ? "not yet" : `${since}, first ${firstSince}`,
  ]);
  const told = partners.filter(({ before, since, gone }) => gone !== undefined && before > 0 && since === 0);
  return [
    { verbatim: `${id}  ${file}` },
    ...(rows.length === 0
      ? ["No partner of site.yaml has had it."]
      : [{ head: ["partner", "file", "fetched with the article", "fetched with its withdrawal"], rows }]),
    ...(told.length === 0
      ? []
      : [`Tell them yourself: ${told.map(({ partner }) => partner).join(", ")} had the article, and has not fetched the withdrawal yet.`]),
    readLine(report),
  ];
}

/** The lines of `subscribers`. */
export function subscriberLines(report: SubscribersReport): readonly Line[] {
  const { feeds } = report;
  const rows = feeds.flatMap(({ feed, reported, programs }) => [
    [feed, reported === 0 ? "" : String(reported), ""],
    ...programs
      .slice(0, 10)
      .map(({ name, requests, subscribers }) => [`  ${name}`, subscribers === undefined ? "" : String(subscribers), String(requests)]),
  ]);
  return [
    ...(rows.length === 0 ? ["Nobody has fetched a feed."] : [{ head: ["feed, and who reads it", "subscribers", "requests"], rows }]),
    "Subscribers are as programs report them. A program without a number reads for one person, or does not say.",
    readLine(report),
  ];
}

function readLine({ requests, first, last, logs }: LogsRead): string {
  return requests === 0 ? `Read no request in ${logs}.` : `Read ${requests} requests, from ${first} to ${last}, in ${logs}.`;
}
