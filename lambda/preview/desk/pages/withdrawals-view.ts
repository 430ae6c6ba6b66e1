import type { Days } from "../reading/log-days.ts";
import type { PartnerReach, WithdrawalReach } from "../reading/withdrawal-reach.ts";
import { barChart } from "./bar-chart.ts";
import { dayTable } from "./day-table.ts";
import { deskLink, moment, safeText } from "./desk-page.ts";

/** How many withdrawals the list shows. */
const most = 50;

/** `one`: with the days of each partner. */
export type WithdrawalsView = {
  readonly reach: readonly WithdrawalReach[];
  readonly isOne: boolean;
  readonly all: number;
  readonly days: Days;
};

/** Who fetched what was withdrawn, and who has fetched the withdrawal since. */
export function withdrawalsView({ reach, isOne, all, days }: WithdrawalsView): readonly string[] {
  if (reach.length === 0) return ["<p>Nothing that a partner has had was withdrawn in the last 30 days.</p>"];
  return [
    ...(isOne ? ['<p><a href="/-/withdrawals">All withdrawals</a></p>'] : []),
    ...(all > reach.length && !isOne ? [`<p>The latest ${reach.length} of ${all}.</p>`] : []),
    ...reach.flatMap(({ entry, partners }, index) => {
      const key = entry.keys.at(-1) ?? entry.id;
      const told = partners.filter(isUntold);
      return [
        `<section aria-labelledby="gone-${index}">`,
        `<h2 id="gone-${index}"><a href="${deskLink("/-/withdrawals", { id: entry.id })}"><code>${safeText(key)}</code></a></h2>`,
        `<p class="where"><a href="${deskLink("/-/article", { key })}">The article</a> · <code>${safeText(entry.id)}</code></p>`,
        ...(told.length === 0
          ? []
          : [
              `<p class="notice">Tell them yourself: ${told.map(({ partner }) => safeText(partner)).join(", ")} had the article, and ${told.length === 1 ? "has" : "have"} not fetched the withdrawal yet.</p>`,
            ]),
        table(partners, `Who has ${key}`),
        ...(isOne ? partners.flatMap((one, at) => chart(one, at, days)) : []),
        "</section>",
      ];
    }),
  ];
}

export const withdrawalsOnAPage = most;

const isUntold = ({ gone, before, since }: PartnerReach): boolean => gone !== undefined && before > 0 && since === 0;

function table(partners: readonly PartnerReach[], name: string): string {
  const rows = partners.map((one) => {
    const { partner, file, gone, before, lastBefore, since, firstSince } = one;
    const had = before === 0 ? "never" : `${before}${lastBefore === undefined ? "" : `, last ${moment(lastBefore)}`}`;
    const knows =
      gone === undefined
        ? "it may still have it"
        : since === 0
          ? `<span class="state ${isUntold(one) ? "withdrawn" : "where"}">not yet</span>`
          : `<span class="state live">yes</span> ${since}${firstSince === undefined ? "" : `, first ${moment(firstSince)}`}`;
    return `<tr><th scope="row">${safeText(partner)}</th><td>${had}</td><td>${knows}</td><td>${gone === undefined ? "" : moment(gone)}</td><td><code>${safeText(file)}</code></td></tr>`;
  });
  const heads = ["Partner", "Fetched the article", "Fetched the withdrawal", "Withdrawn", "File"];
  return [
    `<div class="tablewrap reach" tabindex="0" role="region" aria-label="${safeText(name)}">`,
    `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`,
    "</div>",
  ].join("\n");
}

function chart(
  { partner, file, gone, before, since, daysBefore, daysSince }: PartnerReach,
  at: number,
  { names, at: placeOf }: Days,
): readonly string[] {
  if (before + since === 0 || names.length === 0) return [];
  const day = gone === undefined ? undefined : placeOf(Math.floor(Date.parse(gone) / 1_000));
  const title = `How often ${partner} fetched ${file}, by day`;
  return [
    `<section aria-labelledby="partner-${at}">`,
    `<h3 id="partner-${at}">${safeText(partner)}</h3>`,
    '<div class="two">',
    barChart({
      id: `chart-${at}`,
      title,
      description: `${before} with the article, ${since} with its withdrawal.`,
      days: names,
      series: [
        { name: "with the article", look: "solid", values: daysBefore },
        { name: "with its withdrawal", look: "striped", values: daysSince },
      ],
      ...(day === undefined ? {} : { line: { day, name: "withdrawn" } }),
    }),
    dayTable(title, names, [
      { head: "With the article", values: daysBefore },
      { head: "With its withdrawal", values: daysSince },
    ]),
    "</div>",
    "</section>",
  ];
}
