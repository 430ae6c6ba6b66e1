import { directionOf } from "../../../articles/language/direction.ts";
import type { CatalogEntry } from "../../../channels/catalog/catalog-entry.ts";
import { nameOf } from "../../../feeds/model/words.ts";
import type { FeedPage } from "../../../operator/import/feed/read-feed.ts";
import type { Hold } from "../../../plan/changes/guard.ts";
import type { Key } from "../../../stores/store.ts";
import type { ShowingFile } from "../reading/showing.ts";
import { deskLink, inLanguage, moment, safeText } from "./desk-page.ts";

export type FeedView = {
  readonly path: string;
  readonly file: Key;
  readonly files: readonly ShowingFile[];
  /** As a reader reads its bytes. */
  readonly read: FeedPage;
  /** The newsroom's article of an entry, by the id in the feed. */
  readonly articleOf: (id: string | undefined) => CatalogEntry | undefined;
  /** Other documents of the feed: its window and the parts of its archive. */
  readonly documents: readonly string[];
  readonly hold?: Hold;
};

/** A feed as a reader shows it: its entries in their order, each with title, date, authors and summary, and its body on request. */
export function feedView(view: FeedView): readonly string[] {
  const { path, file, files, read, documents, hold } = view;
  const { title = "", language, description = "" } = read.site;
  const formats = files.map(
    ({ key, label }) =>
      `<li><a href="${deskLink("/-/feed", { path, file: key })}"${key === file ? ' aria-current="true"' : ""}>${label}</a></li>`,
  );
  const window = documents[0] ?? path;
  const others = documents.map(
    (one) =>
      `<li><a href="${deskLink("/-/feed", { path: one })}"${one === path ? ' aria-current="true"' : ""}>${safeText(one === window ? "newest" : one.slice(window.length + "/archive/".length))}</a></li>`,
  );
  return [
    ...(hold === undefined
      ? []
      : [
          `<p class="notice"><span class="state held">held</span> Readers keep what they have. This is what they have. <a href="/-/holds">Why, and how to release it</a></p>`,
        ]),
    '<dl class="facts">',
    `<dt>Title</dt><dd>${inLanguage("span", language, safeText(title))}</dd>`,
    ...(description === "" || description === title
      ? []
      : [`<dt>Description</dt><dd>${inLanguage("span", language, safeText(description))}</dd>`]),
    `<dt>Language</dt><dd>${language === undefined ? "several: each entry names its own" : `${safeText(nameOf(language))} (${safeText(language)}), ${directionOf(language) === "rtl" ? "right to left" : "left to right"}`}</dd>`,
    `<dt>File</dt><dd><a href="${deskLink("/-/source", { path: file })}"><code>${safeText(file)}</code></a></dd>`,
    `<dt>Page</dt><dd><a href="/${safeText(encodeURI(window))}/">on this machine</a></dd>`,
    "</dl>",
    ...(formats.length < 2 ? [] : [`<nav aria-label="Formats"><ul class="row">${formats.join("")}</ul></nav>`]),
    ...(others.length < 2 ? [] : [`<nav aria-label="Archive"><ul class="row">${others.join("")}</ul></nav>`]),
    `<h2>${read.articles.length} ${read.articles.length === 1 ? "entry" : "entries"}</h2>`,
    ...(read.articles.length === 0 ? [] : ['<ol class="rows">', ...read.articles.map((entry) => row(entry, view)), "</ol>"]),
  ];
}

function row(entry: FeedPage["articles"][number], { articleOf, file }: FeedView): string {
  const { id, title = "", published, authors, summary = "", html } = entry;
  const article = articleOf(id);
  const language = article?.meta.language ?? entry.language;
  const name = safeText(title === "" ? "(no title)" : title);
  const by = authors.map((author) => author.name).join(", ");
  const frame = article && deskLink("/-/rendered", { key: article.meta.key, file });
  return [
    `<li${language === undefined ? "" : ` lang="${safeText(language)}" dir="${directionOf(language)}"`}>`,
    `<h3>${article === undefined ? name : `<a href="${deskLink("/-/article", { key: article.meta.key })}">${name}</a>`}</h3>`,
    `<p class="where">${published === undefined ? "no date" : moment(published)}${by === "" ? "" : ` · ${safeText(by)}`}</p>`,
    ...(summary === "" ? [] : [`<p>${safeText(summary)}</p>`]),
    ...(html === "" || frame === undefined
      ? []
      : [
          `<details lang="en" dir="ltr"><summary>Body</summary><iframe class="frame" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" title="${safeText(`Body: ${title}`)}" src="${frame}"></iframe></details>`,
        ]),
    "</li>",
  ].join("\n");
}
