import { cleanEntry } from "../model/clean.ts";
import type { Entry } from "../model/feed.ts";
import { cleanText, htmlText } from "../model/text.ts";
import { wordsIn } from "../model/words.ts";
import { listedEntry } from "./page-entry.ts";
import {
  addresses,
  type CopyWords,
  copyable,
  discovery,
  firstOf,
  formatLinks,
  languageAttributesWithin,
  linked,
  pageDocument,
  type Setting,
  snippet,
  toSubscribe,
  type Urls,
  withLogo,
} from "./page-frame.ts";
import { readerLinks } from "./reader-links.ts";

/** A feed on the page of the site. */
export type SiteFeed = {
  readonly title: string;
  readonly description?: string;
  readonly urls: Urls;
  readonly page?: string;
  readonly language?: string;
};

export type SitePage = {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The newsroom's own site. */
  readonly site: string;
  /** The first is the feed that most people want. */
  readonly feeds: readonly SiteFeed[];
  /** The entries of the first feed, newest first. */
  readonly newest?: readonly Entry[];
  /** The file that lists all feeds. */
  readonly opml?: string;
  readonly icon?: string;
  readonly copyright?: string;
};

/** How many entries the page shows. */
export const NEWEST = 6;

/** The page that lists a newsroom's feeds. */
export const renderSitePage = (page: SitePage, setting: Setting = { timezone: "UTC" }): string => {
  const { language: wanted, site, opml } = page;
  const { language, words } = wordsIn(wanted);
  const [title, description] = [cleanText(page.title), cleanText(page.description)];
  const feeds = page.feeds.map((feed) => ({ ...feed, title: cleanText(feed.title), description: cleanText(feed.description ?? "") }));
  const newest = (page.newest ?? []).slice(0, NEWEST).map(cleanEntry);
  const [first] = feeds;
  // Each further feed in only one format: some sites have hundreds of feeds, and a browser offers every one that it finds.
  const told = feeds.map((feed, index) => (index === 0 ? feed : { ...feed, urls: firstOf(feed.urls) }));
  return pageDocument({
    language,
    title,
    description,
    ...(page.icon === undefined ? {} : { icon: page.icon }),
    setting,
    feeds: told,
    body: [
      '<header class="mast">',
      withLogo(page.icon, `<h1${languageAttributesWithin(language, wanted)}>${htmlText(title)}</h1>`),
      ...(description === "" || description === title
        ? []
        : [`<p${languageAttributesWithin(language, wanted)}>${htmlText(description)}</p>`]),
      `<p class="row">${[toSubscribe(words), linked(site, words.toTheSite)].join(" ")}</p>`,
      "</header>",
      "<main>",
      '<div class="split">',
      '<section class="list" aria-labelledby="newest">',
      `<h2 id="newest">${words.newest}</h2>`,
      ...(newest.length === 0 ? [`<p>${words.nothingYet}</p>`] : newest.map((entry) => listedEntry(entry, setting))),
      "</section>",
      '<section class="card" aria-labelledby="subscribe">',
      `<h2 id="subscribe">${words.subscribe}</h2>`,
      `<p>${words.whatIsAFeed}</p>`,
      ...(first === undefined ? [] : [...addresses(first.urls, words), ...readerLinks(first.urls, words)]),
      ...(opml === undefined ? [] : [`<p>${linked(opml, words.allFeeds)}</p>`, `<p>${copyable(opml, words)}</p>`]),
      ...snippet(
        told.flatMap((feed) => discovery(feed.title, firstOf(feed.urls))),
        words,
      ),
      "</section>",
      "</div>",
      '<section aria-labelledby="feeds">',
      `<h2 id="feeds">${words.feeds}</h2>`,
      '<div class="feeds">',
      ...feeds.map((feed) => listed(feed, language, wanted, words)),
      "</div>",
      "</section>",
      "</main>",
      ...(page.copyright === undefined ? [] : [`<footer>${htmlText(cleanText(page.copyright))}</footer>`]),
    ],
  });
};

const listed = (feed: SiteFeed & { readonly description: string }, around: string, site: string, words: CopyWords): string => {
  const [address] = Object.values(firstOf(feed.urls));
  return [
    `<section${languageAttributesWithin(around, feed.language ?? site)}>`,
    `<h3>${linked(feed.page, feed.title)}</h3>`,
    ...(feed.description === "" || feed.description === feed.title ? [] : [`<p class="faint">${htmlText(feed.description)}</p>`]),
    formatLinks(feed.urls),
    ...(address === undefined ? [] : [copyable(address, words)]),
    "</section>",
  ].join("\n");
};
