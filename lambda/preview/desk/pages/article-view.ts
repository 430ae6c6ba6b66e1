import type { DeskArticle } from "../reading/article-states.ts";
import type { ShowingFile } from "../reading/showing.ts";
import { feedName, findingLine, stateBadge } from "./articles-list.ts";
import { deskLink, inLanguage, moment, numbered, safeText } from "./desk-page.ts";

/** One file's entry of the article, as text. */
export type ShownEntryText = ShowingFile & { readonly entry: string };

export type ArticleView = {
  readonly article: DeskArticle;
  readonly held: ReadonlySet<string>;
  /** The document whose entries are shown, and those among which one can choose. */
  readonly path?: string;
  readonly paths: readonly string[];
  readonly entries: readonly ShownEntryText[];
  readonly partners: readonly ShownEntryText[];
  /** The path at which this server shows the article's own page. */
  readonly page?: string;
  /** A partner has had it, and it was withdrawn from it. */
  readonly wasWithdrawn: boolean;
  /** The file of the article; absent if it is gone or unreadable. */
  readonly source?: string;
};

export function articleView(view: ArticleView): readonly string[] {
  const { article, entries, partners, source } = view;
  const problems = article.findings.filter(({ kind }) => kind === "problem");
  const notices = article.findings.filter(({ kind }) => kind === "notice");
  return [
    ...facts(view),
    ...section("Problems", problems.map(findingLine)),
    ...section("Notices", notices.map(findingLine)),
    ...(entries.length === 0
      ? [
          `<section aria-labelledby="entry"><h2 id="entry">Entry</h2><p>No feed shows this article${article.state === "live" ? "’s entry now" : ""}.</p></section>`,
        ]
      : [
          '<section aria-labelledby="entry">',
          '<h2 id="entry">Entry</h2>',
          ...chooser(view),
          ...entries.flatMap((one) => shown(one, article)),
          "</section>",
        ]),
    ...(partners.length === 0
      ? []
      : [
          '<section aria-labelledby="partners">',
          '<h2 id="partners">In partners’ files</h2>',
          ...partners.flatMap((one) => shown(one, article)),
          "</section>",
        ]),
    ...(source === undefined
      ? []
      : [
          '<section aria-labelledby="file">',
          '<h2 id="file">File</h2>',
          `<p class="where"><code>${safeText(article.key)}</code></p>`,
          numbered(source, `The file ${article.key}`, {
            addressed: true,
            marked: new Set(article.findings.flatMap(({ line }) => line ?? [])),
          }),
          "</section>",
        ]),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["<section>", `<h2>${title} (${lines.length})</h2>`, ...lines, "</section>"];
}

function facts({ article, held, page, wasWithdrawn }: ArticleView): readonly string[] {
  const { key, id, entry, language, feeds, published } = article;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["State", stateBadge(article)],
    ["File", `<code>${safeText(key)}</code>`],
    ["Feeds", feeds.length === 0 ? "none" : feeds.map((path) => feedName(path, held)).join(", ")],
    ["Page", page === undefined ? undefined : `<a href="/${safeText(page)}">on this machine</a>`],
    ["Address", entry?.url === undefined ? undefined : `<code>${safeText(entry.url)}</code>`],
    ["Id", id === undefined ? undefined : `<code>${safeText(entry?.uri ?? id)}</code>`],
    ["Published", published === undefined ? undefined : moment(published)],
    ["Updated", entry === undefined ? undefined : moment(entry.updated)],
    ["Language", language === undefined ? undefined : safeText(language)],
    ["Withdrawn because", entry?.meta.canceled?.reason === undefined ? undefined : safeText(entry.meta.canceled.reason)],
    ["Partners", wasWithdrawn ? `<a href="${deskLink("/-/withdrawals", { id })}">how far the withdrawal has reached</a>` : undefined],
    ["Corrected", entry?.meta.correction === undefined ? undefined : inLanguage("span", language, safeText(entry.meta.correction))],
  ];
  return [
    '<dl class="facts">',
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`<dt>${name}</dt><dd>${value}</dd>`])),
    "</dl>",
  ];
}

function chooser({ article, path, paths }: ArticleView): readonly string[] {
  if (paths.length < 2) return [];
  const links = paths.map((one) => {
    const current = one === path ? ' aria-current="true"' : "";
    return `<li><a href="${deskLink("/-/article", { key: article.key, feed: one })}#entry"${current}>${safeText(one)}</a></li>`;
  });
  return ['<nav aria-label="The feed whose entry is shown">', `<ul class="row">${links.join("")}</ul>`, "</nav>"];
}

function shown({ key, label, entry }: ShownEntryText, article: DeskArticle): readonly string[] {
  const isRead = /\/(?:rss\.xml|atom\.xml|feed\.json)$/.test(key);
  const frame = deskLink("/-/rendered", { key: article.key, file: key });
  const name = `${label}: ${key}`;
  return [
    `<h3>${safeText(label)} <a class="where" href="${deskLink("/-/source", { path: key })}"><code>${safeText(key)}</code></a></h3>`,
    '<div class="two">',
    numbered(entry, `Entry in ${name}`),
    ...(isRead
      ? [
          `<iframe class="frame" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" title="${safeText(`As a reader shows it, ${name}`)}" src="${frame}"></iframe>`,
        ]
      : []),
    "</div>",
  ];
}
