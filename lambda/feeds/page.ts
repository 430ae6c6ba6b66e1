import { cleanDocument } from "./clean.ts";
import { summaryOf } from "./entry.ts";
import type { Entry, FeedDocument, Format } from "./feed.ts";
import { addresses, framed, linked, tongue } from "./page-frame.ts";
import { nameOf, type Words, wordsIn } from "./page-words.ts";
import { cleanText, htmlText } from "./text.ts";

/** How many entries a page shows: enough to see what comes. */
const SHOWN = 20;

/** The page of a feed for people who open it in a browser, which shows XML as it is: what it is, its addresses, its newest entries. */
export const renderFeedPage = (whole: FeedDocument): string => {
  const document = cleanDocument({ ...whole, entries: whole.entries.slice(0, SHOWN).map(({ html: _, ...entry }) => entry) });
  const { language, words } = wordsIn(document.language ?? commonLanguage(document.entries));
  return framed({
    language,
    title: document.title,
    description: document.description,
    ...(document.icon === undefined ? {} : { icon: document.icon }),
    feeds: [{ title: document.title, urls: document.urls }],
    body: [
      "<header>",
      `<h1${tongue(document.language ?? language)}>${htmlText(document.title)}</h1>`,
      ...(document.description === "" ? [] : [`<p${tongue(document.language ?? language)}>${htmlText(document.description)}</p>`]),
      `<p>${linked(document.site, words.toTheSite)}</p>`,
      "</header>",
      "<main>",
      `<h2>${words.subscribe}</h2>`,
      `<p>${words.whatIsAFeed}</p>`,
      ...addresses(document.urls),
      ...translations(document, words),
      `<h2>${words.newest}</h2>`,
      ...(document.entries.length === 0 ? [`<p>${words.nothingYet}</p>`] : document.entries.map(article)),
      "</main>",
      ...(document.copyright === undefined ? [] : [`<footer>${htmlText(document.copyright)}</footer>`]),
    ],
  });
};

const article = (entry: Entry): string =>
  [
    `<article${tongue(entry.language)}>`,
    `<h3>${linked(entry.url, entry.title)}</h3>`,
    // A day in ISO 8601: the same in every language and on every machine.
    `<p><time datetime="${htmlText(entry.published)}">${htmlText(entry.published.slice(0, 10))}</time></p>`,
    ...(summaryOf(entry) === entry.title ? [] : [`<p>${htmlText(entry.summary)}</p>`]),
    "</article>",
  ].join("\n");

/** The same channel in other languages, by the first of their formats. */
const translations = (document: FeedDocument, words: Words): readonly string[] => {
  const own = Object.values(document.urls);
  const others = document.alternates.flatMap(({ language, urls }) => {
    const url = firstOf(urls);
    return url === undefined || own.includes(url) ? [] : [{ language, url }];
  });
  if (others.length === 0) return [];
  const items = others.map(
    ({ language, url }) => `<li>${linked(url, nameOf(language), `${tongue(language)} hreflang="${htmlText(language)}"`)}</li>`,
  );
  return [`<h2>${words.otherLanguages}</h2>`, "<ul>", ...items, "</ul>"];
};

const firstOf = (urls: Readonly<Partial<Record<Format, string>>>): string | undefined => urls.rss ?? urls.atom ?? urls.json;

/** A feed whose entries are all of one language has a page in it. */
const commonLanguage = (entries: readonly Entry[]): string | undefined => {
  const [language, ...others] = new Set(entries.map((entry) => entry.language));
  return others.length === 0 ? language : undefined;
};

/** A feed on the page of the site. */
export type SiteFeed = {
  readonly title: string;
  readonly description?: string;
  readonly urls: Readonly<Partial<Record<Format, string>>>;
  readonly page?: string;
  readonly language?: string;
};

export type SitePage = {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The newsroom's own site. */
  readonly site: string;
  readonly feeds: readonly SiteFeed[];
  /** Where all feeds stand in one list. */
  readonly opml?: string;
};

/** The page that lists a newsroom's feeds. */
export const renderSitePage = ({ title, description, language: wanted, site, feeds, opml }: SitePage): string => {
  const { language, words } = wordsIn(wanted);
  return framed({
    language,
    title: cleanText(title),
    description: cleanText(description),
    feeds,
    body: [
      "<header>",
      `<h1${tongue(wanted)}>${htmlText(cleanText(title))}</h1>`,
      ...(description === "" ? [] : [`<p${tongue(wanted)}>${htmlText(cleanText(description))}</p>`]),
      `<p>${linked(site, words.toTheSite)}</p>`,
      "</header>",
      "<main>",
      `<h2>${words.feeds}</h2>`,
      `<p>${words.whatIsAFeed}</p>`,
      ...feeds.map((feed) => listed(feed, wanted)),
      ...(opml === undefined ? [] : [`<p>${linked(opml, words.allFeeds)}</p>`]),
      "</main>",
    ],
  });
};

const listed = (feed: SiteFeed, language: string): string =>
  [
    `<section class="feed"${tongue(feed.language ?? language)}>`,
    `<h3>${linked(feed.page, cleanText(feed.title))}</h3>`,
    ...(feed.description === undefined || feed.description === "" ? [] : [`<p>${htmlText(cleanText(feed.description))}</p>`]),
    ...addresses(feed.urls),
    "</section>",
  ].join("\n");
