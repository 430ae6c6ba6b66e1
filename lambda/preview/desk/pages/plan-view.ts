import type { Key } from "../../../stores/store.ts";
import type { DiffLine, EntryDiff } from "../reading/line-diff.ts";
import type { PlannedArticle } from "../reading/planned-articles.ts";
import type { PartnerDiff } from "../reading/planned-partners.ts";
import type { View } from "../reading/view.ts";
import { command, deskLink, inLanguage, moment, safeText } from "./desk-page.ts";

export type PlanView = {
  readonly view: View;
  readonly articles: readonly PlannedArticle[];
  /** The articles on this page, each with the difference of its entry. */
  readonly shown: readonly PlannedDiffs[];
  readonly from: number;
  /** The releases that this plan supposes, each as `name@hash`. */
  readonly allow: readonly string[];
  /** The command that does it. */
  readonly publish: string;
};

/** `diff`: in feeds; `partners`: in the files of each partner. */
export type PlannedDiffs = {
  readonly article: PlannedArticle;
  readonly diff: EntryDiff | undefined;
  readonly partners: readonly PartnerDiff[];
};

/** How many articles a page shows with their differences. */
export const plannedOnAPage = 25;

/** What the next publish would change at the newsroom's target, article by article, and then file by file. */
export function planView(plan: PlanView): readonly string[] {
  const { view, articles, shown, from, allow, publish } = plan;
  const { changes, catalog, remarks } = view.prepared;
  const { writes, keeps, removes, copies, holds } = changes.plan;
  const link = (at: number, words: string) => `<a href="${deskLink("/-/plan", { allow: allow.join(" "), from: String(at) })}">${words}</a>`;
  const ways = [
    ...(from > 0 ? [link(Math.max(0, from - plannedOnAPage), "Before")] : []),
    ...(from + shown.length < articles.length
      ? [link(from + shown.length, `Next ${Math.min(plannedOnAPage, articles.length - from - shown.length)}`)]
      : []),
  ];
  return [
    ...(allow.length === 0
      ? []
      : [
          `<p class="notice">As if these holds were released: <code>${safeText(allow.join(" "))}</code>. <a href="/-/plan">The plan as it is</a></p>`,
        ]),
    `<p>To <code>${safeText(view.settings.target.address)}</code>: ${count(writes.length, "file")} to write, ${keeps} to keep${removes.length === 0 ? "" : `, ${removes.length} to remove`}${copies.length === 0 ? "" : `, ${count(copies.length, "picture or recording", "pictures or recordings")} to copy`}${holds.length === 0 ? "" : `, <a class="held" href="/-/holds">${count(holds.length, "hold")}</a>`}.${catalog.next === undefined ? "" : ` The next change that no file makes is at ${moment(catalog.next)}.`}</p>`,
    ...(writes.length + removes.length + copies.length === 0
      ? ["<p>Nothing differs: the next publish changes nothing.</p>"]
      : [command(publish)]),
    ...remarks.map((remark) => `<p class="notice">${safeText(remark)}</p>`),
    ...(articles.length === 0
      ? []
      : [
          '<section aria-labelledby="articles">',
          `<h2 id="articles">${count(articles.length, "article")}</h2>`,
          '<ol class="rows">',
          ...shown.map(row),
          "</ol>",
          ...(ways.length === 0 ? [] : [`<nav aria-label="More articles"><p class="row">${ways.join(" ")}</p></nav>`]),
          "</section>",
        ]),
    ...files(view),
  ];
}

function row({ article, diff, partners }: PlannedDiffs): string {
  const { what, key, title = key, entry, why, feeds, isHeld } = article;
  return [
    "<li>",
    inLanguage("h3", entry?.meta.language, `<a href="${deskLink("/-/article", { key })}">${safeText(title)}</a>`),
    `<p class="where"><span class="state ${what}">${what}</span> <bdi>${safeText(why)}</bdi>${isHeld ? ' <a class="held" href="/-/holds">A feed that has it is held.</a>' : ""}</p>`,
    `<p class="where"><code>${safeText(key)}</code>${feeds.length === 0 ? " · in no feed" : ` · ${feeds.length > 6 ? `${feeds.length} feeds` : safeText(feeds.join(", "))}`}</p>`,
    ...(article.partners.length === 0
      ? []
      : [
          `<p class="where">Partners: ${article.partners.map(({ name, what: step }) => `${safeText(name)} <span class="${step}">${steps[step]}</span>`).join(", ")}</p>`,
        ]),
    ...(diff === undefined
      ? ['<p class="where">No feed that is written shows another entry of it.</p>']
      : [shownDiff(diff, title, " open")]),
    ...partners.flatMap(({ diff: own }) => (own === undefined ? [] : [shownDiff(own, title, "")])),
    "</li>",
  ].join("\n");
}

/** What happens to an article in the files of a partner. */
const steps = {
  enters: "gets it",
  changes: "gets its change",
  leaves: "no longer has it",
  withdrawn: "is told that it is withdrawn",
} as const;

function shownDiff({ file, lines }: EntryDiff, title: string, open: "" | " open"): string {
  return [
    `<details${open}><summary>Entry in <code>${safeText(file)}</code></summary>`,
    differences(lines, `Difference in ${file} of ${title}`),
    "</details>",
  ].join("\n");
}

function differences(lines: readonly DiffLine[], name: string): string {
  const tags = { added: "ins", removed: "del", same: "span", skipped: "i" } as const;
  const shown = lines.map(({ kind, parts }) => {
    const words = parts.map((part) => (part.changed ? `<b>${safeText(part.text)}</b>` : safeText(part.text))).join("");
    return `<${tags[kind]}>${kind === "skipped" ? `… ${words} …` : words}\n</${tags[kind]}>`;
  });
  return `<pre class="diff" dir="ltr" tabindex="0" role="region" aria-label="${safeText(name)}">${shown.join("")}</pre>`;
}

function files({ prepared: { changes } }: View): readonly string[] {
  const { writes, removes, copies } = changes.plan;
  const all: readonly (readonly [Key, string])[] = [
    ...writes.map(({ key, why, size }) => [key, `${why}, ${Math.ceil(size / 1000)} KB`] as const),
    ...copies.map(({ key, why }) => [key, why] as const),
    ...removes.map(({ key }) => [key, "removed"] as const),
  ];
  if (all.length === 0) return [];
  const rows = all.map(([key, what]) => `<tr><td><code>${safeText(key)}</code></td><td>${safeText(what)}</td></tr>`);
  return [
    `<details><summary>${count(all.length, "file")}, one by one</summary>`,
    '<div class="tablewrap" tabindex="0" role="region" aria-label="Files">',
    `<table><thead><tr><th scope="col">File</th><th scope="col">What happens</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`,
    "</div>",
    "</details>",
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
