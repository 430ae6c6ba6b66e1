import type { GroupedLog } from "../../../operator/proof/grouped-log.ts";
import type { LogsNow } from "../reading/access-logs.ts";
import type { Days } from "../reading/log-days.ts";
import type { PartnerDays } from "../reading/partner-days.ts";
import { barChart, chartPatterns, type Series } from "./bar-chart.ts";
import { dayTable } from "./day-table.ts";
import { moment, safeText } from "./desk-page.ts";

/** The pages that are made from access logs. */
export const fetchedPages = { "/-/fetched": "Partners", "/-/withdrawals": "Withdrawals", "/-/subscribers": "Subscribers" } as const;
export type FetchedPath = keyof typeof fetchedPages;

/** Links between these pages, and how much of the logs they are made from. */
export function fetchedHead(path: FetchedPath, address: string, logs: readonly GroupedLog[]): readonly string[] {
  const links = (Object.keys(fetchedPages) as FetchedPath[]).map(
    (one) => `<li><a href="${one}"${one === path ? ' aria-current="true"' : ""}>${fetchedPages[one]}</a></li>`,
  );
  const requests = logs.reduce((sum, log) => sum + log.requests, 0);
  const [first, last] = [Math.min(...logs.flatMap((log) => log.first ?? [])), Math.max(...logs.flatMap((log) => log.last ?? []))];
  const span = requests === 0 ? "" : `, from ${moment(isoOf(first))} to ${moment(isoOf(last))}`;
  return [
    `<nav aria-label="What was fetched"><ul class="row">${links.join("")}</ul></nav>`,
    `<p class="where">${counted(requests, "request")} in <code>${safeText(address)}</code>${span}.</p>`,
    chartPatterns,
  ];
}

/** In place of a page: why there is nothing to show yet. */
export function withoutLogs(path: FetchedPath, now: Exclude<LogsNow, { readonly kind: "read" }> | undefined): readonly string[] {
  if (now === undefined)
    return [
      "<p>To see what was fetched, stop this server and start it with <code>--logs PLACE</code>: the folder or the <code>s3://bucket/prefix</code> where CloudFront’s access logs are, as Parquet.</p>",
    ];
  if (now.kind === "failed") return [`<p class="notice">${safeText(now.message)}</p>`];
  return [
    `<p class="notice" role="status">Reading the access logs in <code>${safeText(now.address)}</code>: ${now.done} of ${counted(now.of, "file")} so far. <a href="${path}">Look again</a></p>`,
  ];
}

/** How a partner's requests ended. */
const ends = [
  { name: "fetched", look: "solid", isOf: (status: number) => status === 200 || status === 206 },
  { name: "unchanged (304)", look: "striped", isOf: (status: number) => status === 304 },
  { name: "refused (401, 403, 404)", look: "dotted", isOf: (status: number) => [401, 403, 404].includes(status) },
  { name: "others", look: "open", isOf: (status: number) => ![200, 206, 304, 401, 403, 404].includes(status) },
] as const;

/** Each partner: its requests by day and status. */
export function fetchedView(partners: readonly PartnerDays[], { names }: Days): readonly string[] {
  if (partners.length === 0) return ["<p>site.yaml names no partner.</p>"];
  return partners.flatMap(({ partner, statuses }, index) => {
    const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
    const all = names.map((_, day) => statuses.reduce((sum, { counts }) => sum + (counts[day] ?? 0), 0));
    const heading = `<h2 id="partner-${index}"><bdi>${safeText(partner)}</bdi></h2>`;
    if (total(all) === 0)
      return [`<section aria-labelledby="partner-${index}">`, heading, "<p>It has asked for nothing in these days.</p>", "</section>"];
    const series = ends.flatMap(({ name, look, isOf }): readonly Series[] => {
      const own = statuses.filter(({ status }) => isOf(status));
      return own.length === 0
        ? []
        : [{ name, look, values: names.map((_, day) => own.reduce((sum, { counts }) => sum + (counts[day] ?? 0), 0)) }];
    });
    const columns = statuses.map(({ status, counts }) => ({ head: String(status), values: counts }));
    const title = `Requests of ${partner} by day`;
    return [
      `<section aria-labelledby="partner-${index}">`,
      heading,
      '<div class="two">',
      barChart({ id: `chart-${index}`, title, description: described(names, all, "request"), days: names, series }),
      dayTable(`${title} and status`, names, columns),
      "</div>",
      "</section>",
    ];
  });
}

/** A sentence for those who do not see the bars. */
export function described(days: readonly string[], values: readonly number[], one: string): string {
  const most = Math.max(...values);
  const total = values.reduce((sum, value) => sum + value, 0);
  return `${counted(total, one)} from ${days[0]} to ${days.at(-1)}, most on ${days[values.indexOf(most)]}: ${most}.`;
}

export function counted(number: number, one: string): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : `${one}s`}`;
}

const isoOf = (second: number): string => new Date(second * 1_000).toISOString();
