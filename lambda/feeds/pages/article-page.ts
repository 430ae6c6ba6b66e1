import { cleanEntry } from "../model/clean.ts";
import { namedAuthors } from "../model/entry.ts";
import type { Entry } from "../model/feed.ts";
import { cleanText, htmlText } from "../model/text.ts";
import { nameOf, type Words, wordsIn } from "../model/words.ts";
import { structuredData } from "./article-data.ts";
import { timeElement } from "./page-dates.ts";
import {
  formatLinks,
  languageAttributes,
  languageAttributesWithin,
  linked,
  pageDocument,
  type Setting,
  type Urls,
  withLogo,
} from "./page-frame.ts";

/** Everything that an article's own page shows. URLs are absolute. */
export type ArticlePage = {
  /** With its body, if the body is available. Its url is the url of this page. */
  readonly entry: Entry & { readonly url: string };
  readonly site: { readonly title: string; readonly url: string; readonly language: string };
  /** The feeds that contain the article, or the first feed of the site. */
  readonly feeds: readonly { readonly title: string; readonly urls: Urls; readonly page: string }[];
  readonly icon?: string;
  readonly copyright?: string;
  /** The pages of the feeds of its section and of its tags, by the tag; absent where there is no such feed. */
  readonly sectionPage?: string;
  readonly tagPages?: Readonly<Record<string, string>>;
};

/** The page of an article, in its own language. */
export const renderArticlePage = (page: ArticlePage, setting: Setting): string => {
  const entry = { ...cleanEntry(page.entry), url: page.entry.url };
  const { words, language: ours } = wordsIn(entry.language);
  const own = languageAttributesWithin(entry.language, ours);
  const site = { ...page.site, title: cleanText(page.site.title) };
  const license = entry.license ?? setting.license;
  return pageDocument({
    language: entry.language,
    title: entry.title,
    description: entry.summary,
    ...(page.icon === undefined ? {} : { icon: page.icon }),
    setting: license === undefined ? setting : { ...setting, license },
    feeds: page.feeds,
    head: [...headOf(entry, site), ...creators(entry, setting), structuredData(entry, site, license)],
    body: [
      '<div class="story">',
      '<header class="mast">',
      withLogo(page.icon, `<p>${linked(site.url, site.title, languageAttributesWithin(entry.language, site.language))}</p>`),
      "</header>",
      "<main>",
      "<article>",
      ...(entry.section === undefined ? [] : [`<p class="faint">${linked(page.sectionPage, entry.section)}</p>`]),
      `<h1>${htmlText(entry.title)}</h1>`,
      '<div class="byline">',
      ...authorsLine(entry),
      `<p class="row"${own}>${dates(entry, words, setting.timezone)}</p>`,
      "</div>",
      `<div class="body">\n${entry.html === undefined ? `<p>${htmlText(entry.summary)}</p>` : bodyForPage(entry.html)}\n</div>`,
      ...attachments(entry),
      ...(entry.tags.length === 0
        ? []
        : [
            `<p class="faint"><span${own}>${words.tags}:</span> ${entry.tags.map((tag) => linked(tagPage(page, tag), tag)).join(" · ")}</p>`,
          ]),
      "</article>",
      ...translations(entry, words, own),
      ...subscription(page, words, own),
      "</main>",
      ...footer(page, license, words, own),
      "</div>",
    ],
  });
};

const tagPage = ({ tagPages = {} }: ArticlePage, tag: string): string | undefined =>
  Object.hasOwn(tagPages, tag) ? tagPages[tag] : undefined;

/** The page's address, its Open Graph data, and the same story in other languages. */
const headOf = (entry: ArticlePage["entry"], site: { readonly title: string }): readonly string[] => [
  `<link rel="canonical" href="${htmlText(entry.url)}">`,
  ...(entry.translations ?? []).map(
    ({ language, url }) => `<link rel="alternate" hreflang="${htmlText(language)}" href="${htmlText(url)}">`,
  ),
  ...Object.entries({
    "og:type": "article",
    "og:title": entry.title,
    "og:url": entry.url,
    "og:site_name": site.title,
    "og:description": entry.summary === "" ? undefined : entry.summary,
    "og:image": entry.image?.url,
    "article:published_time": entry.published,
    "article:modified_time": entry.updated,
  }).flatMap(([property, content]) => (content === undefined ? [] : [`<meta property="${property}" content="${htmlText(content)}">`])),
];

/** Mastodon shows whose article a link leads to. The newsroom's own account stands for an article without an author. */
const creators = (entry: Entry, { fediverse: ours }: Setting): readonly string[] => {
  const authors = namedAuthors(entry);
  const accounts = authors.length === 0 ? [ours] : authors.map(({ fediverse }) => fediverse);
  return accounts.flatMap((account) => (account === undefined ? [] : [`<meta name="fediverse:creator" content="${htmlText(account)}">`]));
};

const authorsLine = (entry: Entry): readonly string[] => {
  const authors = namedAuthors(entry);
  return authors.length === 0 ? [] : [`<p>${authors.map(({ name, url }) => linked(url, name, ' rel="author"')).join(" · ")}</p>`];
};

/** The day of publication, and the day of the last change if that is another day. */
const dates = (entry: Entry, words: Words, zone: string): string => {
  const [published, updated] = [entry.published, entry.updated].map((instant) => timeElement(instant, entry.language, zone)) as [
    string,
    string,
  ];
  const sameDay = published.slice(published.indexOf(">")) === updated.slice(updated.indexOf(">"));
  return sameDay ? published : `${published} <span>${words.updated}: ${updated}</span>`;
};

/** A whole start tag of safe HTML, so that the match also skips a value that looks like a tag. */
const START_TAG = /<([a-z][a-z0-9]*)((?: [^\s"<>=]+(?:="[^"]*")?)*)>(\s*<\/th>)?/g;

/**
 * A safe body as our own pages show it to screen readers: an empty column heading becomes a cell (as in Markdown's `| | A | B
 * |`), a task list shows its ticks as text, and a picture without a description is not announced by its address. Feeds keep the
 * body unchanged.
 */
export const bodyForPage = (html: string): string =>
  html.replace(START_TAG, (whole, name: string, attributes: string, end: string | undefined) => {
    if (name === "th" && end !== undefined) return `<td${attributes.replace(/ scope="[^"]*"/, "")}></td>`;
    if (name === "input") return hasAttribute(attributes, "checked") ? "☑" : "☐";
    if (name === "img" && !hasAttribute(attributes, "alt")) return `<img${attributes} alt="">`;
    return whole;
  });

const hasAttribute = (attributes: string, name: string): boolean =>
  ` ${attributes.replaceAll(/"[^"]*"/g, "")} `.match(new RegExp(` ${name}[ =]`)) !== null;

/** Audio and video play on the page; the browser fetches nothing before the reader presses play. */
const attachments = ({ attachments: files, html = "" }: Entry): readonly string[] =>
  files
    .filter(({ url }) => !html.includes(htmlText(url)))
    .map(({ url, type, title }) => {
      const name = linked(url, title ?? url.slice(url.lastIndexOf("/") + 1));
      const player = /^(audio|video)\//.exec(type)?.[1];
      const shown = player === undefined ? "" : `<${player} controls preload="none" src="${htmlText(url)}"></${player}>\n`;
      return `<figure>\n${shown}<figcaption>${name}</figcaption>\n</figure>`;
    });

const translations = (entry: Entry, words: Words, own: string): readonly string[] => {
  const others = (entry.translations ?? []).filter(({ language }) => language !== entry.language);
  if (others.length === 0) return [];
  const items = others.map(
    ({ language, url }) => `<li>${linked(url, nameOf(language), `${languageAttributes(language)} hreflang="${htmlText(language)}"`)}</li>`,
  );
  return [`<section class="card"${own}>`, `<h2>${words.otherLanguages}</h2>`, '<ul class="row">', ...items, "</ul>", "</section>"];
};

const subscription = ({ feeds }: ArticlePage, words: Words, own: string): readonly string[] => [
  '<section class="card">',
  `<h2${own}>${words.subscribe}</h2>`,
  ...feeds.slice(0, 3).flatMap(({ title, page, urls }) => [`<h3>${linked(page, cleanText(title))}</h3>`, formatLinks(urls)]),
  "</section>",
];

const footer = ({ copyright, site }: ArticlePage, license: string | undefined, words: Words, own: string): readonly string[] => {
  const parts = [
    ...(copyright === undefined ? [] : [`<p><span${languageAttributes(site.language)}>${htmlText(cleanText(copyright))}</span></p>`]),
    ...(license === undefined ? [] : [`<p${own}>${linked(license, words.license, ' rel="license"')}</p>`]),
  ];
  return parts.length === 0 ? [] : ["<footer>", ...parts, "</footer>"];
};

/** The beginning of every page that we make. */
const opening = /^<!doctype html>\n<html lang="[^"\n]*" dir="(?:ltr|rtl)">\n<head>\n<meta charset="utf-8">\n/;

/** Whether a text may be the beginning of a page that we made. */
export const isPageStart = (text: string): boolean => opening.test(text);

/**
 * The address that an article's page gives for itself, read from its head; undefined for anything that `renderArticlePage` did
 * not make. The head holds the address three times in three notations, which nobody writes by hand.
 */
export const addressOfPage = (text: string): string | undefined => {
  if (!isPageStart(text)) return undefined;
  const head = text.slice(0, text.indexOf("</head>"));
  const data =
    /^<script type="application\/ld\+json">(\{"@context":"https:\/\/schema\.org","@type":"NewsArticle",.*\})<\/script>\n<style>$/m.exec(
      head,
    );
  try {
    const { mainEntityOfPage: url } = JSON.parse(data?.[1] ?? "{}") as { readonly mainEntityOfPage?: unknown };
    if (typeof url !== "string") return undefined;
    const says = [`<link rel="canonical" href="${htmlText(url)}">`, `<meta property="og:url" content="${htmlText(url)}">`];
    return says.every((line) => head.includes(`\n${line}\n`)) ? url : undefined;
  } catch {
    return undefined;
  }
};
