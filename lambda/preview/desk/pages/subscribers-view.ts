import type { Days } from "../reading/log-days.ts";
import type { SubscriberDays } from "../reading/subscriber-days.ts";
import { barChart } from "./bar-chart.ts";
import { dayTable } from "./day-table.ts";
import { deskLink, safeText } from "./desk-page.ts";

/** How many feeds are shown with their days; the others are in the table. */
const charted = 6;

/** The readers of each feed: a table of all, and by day the most read ones, or the one that is chosen. */
export function subscribersView(feeds: readonly SubscriberDays[], { names }: Days, chosen: string | undefined): readonly string[] {
  if (feeds.length === 0) return ["<p>Nobody has fetched a feed.</p>"];
  const one = feeds.find(({ feed }) => feed === chosen);
  const shown = one === undefined ? feeds.slice(0, charted) : [one];
  const rows = feeds.map(({ feed, reported, requests }) => {
    const total = requests.reduce((sum, count) => sum + count, 0);
    const name = `<a href="${deskLink("/-/subscribers", { feed })}"${feed === chosen ? ' aria-current="true"' : ""}><bdi dir="ltr">${safeText(feed)}</bdi></a>`;
    return `<tr><th scope="row">${name}</th><td class="number">${reported.at(-1) ?? 0}</td><td class="number">${total}</td></tr>`;
  });
  return [
    "<p>Subscribers are as programs report them. A program without a number reads for one person, or does not say: it counts among the requests alone.</p>",
    '<div class="tablewrap reach" tabindex="0" role="region" aria-label="Feeds">',
    `<table><thead><tr><th scope="col">Feed</th><th scope="col" class="number">Subscribers now</th><th scope="col" class="number">Requests in these days</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`,
    "</div>",
    ...(one === undefined ? [] : ['<p><a href="/-/subscribers">The most read feeds</a></p>']),
    ...shown.flatMap(({ feed, reported, requests }, index) => {
      const title = `Subscribers of ${feed} by day`;
      const last = reported.at(-1) ?? 0;
      const description = `${last} on ${names.at(-1)}, ${reported[0] ?? 0} on ${names[0]}, ${Math.max(...reported)} at most.`;
      return [
        `<section aria-labelledby="feed-${index}">`,
        `<h2 id="feed-${index}"><bdi dir="ltr">${safeText(feed)}</bdi></h2>`,
        '<div class="two">',
        barChart({
          id: `chart-${index}`,
          title,
          description,
          days: names,
          series: [{ name: "subscribers", look: "solid", values: reported, total: last }],
        }),
        dayTable(title, names, [
          { head: "Subscribers", values: reported },
          { head: "Requests", values: requests },
        ]),
        "</div>",
        "</section>",
      ];
    }),
  ];
}
