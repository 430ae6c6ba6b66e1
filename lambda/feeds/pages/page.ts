import { cleanDocument } from "../model/clean.ts";
import type { Entry, FeedDocument } from "../model/feed.ts";
import { htmlText } from "../model/text.ts";
import { nameOf, type Words, wordsIn } from "../model/words.ts";
import { listedEntry } from "./page-entry.ts";
import {
  addresses,
  discovery,
  firstOf,
  languageAttributes,
  languageAttributesWithin,
  linked,
  pageDocument,
  type Setting,
  snippet,
  toSubscribe,
  withLogo,
} from "./page-frame.ts";
import { readerLinks } from "./reader-links.ts";

/** How many entries a page shows: enough to see what the feed offers. */
const SHOWN = 20;

/**
 * The page of a feed for people who open it in a browser: a description, its addresses and its newest entries. A browser would
 * show plain XML.
 */
export const renderFeedPage = (whole: FeedDocument, setting: Setting = { timezone: "UTC" }): string => {
  const document = cleanDocument({ ...whole, entries: whole.entries.slice(0, SHOWN).map(({ html: _, ...entry }) => entry) });
  const { language, words } = wordsIn(document.language ?? commonLanguage(document.entries));
  const own = languageAttributesWithin(language, document.language ?? language);
  return pageDocument({
    language,
    title: document.title,
    description: document.description,
    ...(document.icon === undefined ? {} : { icon: document.icon }),
    setting,
    feeds: [{ title: document.title, urls: document.urls }],
    body: [
      '<header class="mast">',
      withLogo(document.icon, `<h1${own}>${htmlText(document.title)}</h1>`),
      ...(document.description === "" || document.description === document.title ? [] : [`<p${own}>${htmlText(document.description)}</p>`]),
      `<p class="row">${[toSubscribe(words), linked(document.site, words.toTheSite), ...(setting.feedsPage === undefined ? [] : [linked(setting.feedsPage, words.feeds)])].join(" ")}</p>`,
      "</header>",
      '<main class="split">',
      '<section class="list" aria-labelledby="newest">',
      `<h2 id="newest">${words.newest}</h2>`,
      ...(document.entries.length === 0 ? [`<p>${words.nothingYet}</p>`] : document.entries.map((entry) => listedEntry(entry, setting))),
      "</section>",
      '<section class="card" aria-labelledby="subscribe">',
      `<h2 id="subscribe">${words.subscribe}</h2>`,
      `<p>${words.whatIsAFeed}</p>`,
      ...addresses(document.urls, words),
      ...readerLinks(document.urls, words),
      ...snippet(discovery(document.title, document.urls), words),
      ...translations(document, words),
      "</section>",
      "</main>",
      ...(document.copyright === undefined ? [] : [`<footer>${htmlText(document.copyright)}</footer>`]),
    ],
  });
};

/** The same channel in other languages, each in its first format. */
const translations = (document: FeedDocument, words: Words): readonly string[] => {
  const own = Object.values(document.urls);
  const others = document.alternates.flatMap(({ language, urls }) => {
    const [url] = Object.values(firstOf(urls));
    return url === undefined || own.includes(url) ? [] : [{ language, url }];
  });
  if (others.length === 0) return [];
  const items = others.map(
    ({ language, url }) => `<li>${linked(url, nameOf(language), `${languageAttributes(language)} hreflang="${htmlText(language)}"`)}</li>`,
  );
  return [`<h3>${words.otherLanguages}</h3>`, '<ul class="row">', ...items, "</ul>"];
};

/** The language of the page, if all entries of the feed have the same one. */
const commonLanguage = (entries: readonly Entry[]): string | undefined => {
  const [language, ...others] = new Set(entries.map((entry) => entry.language));
  return others.length === 0 ? language : undefined;
};
