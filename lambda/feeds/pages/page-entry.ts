import { summaryOrTitle } from "../model/entry.ts";
import type { Entry } from "../model/feed.ts";
import { htmlText } from "../model/text.ts";
import { wordsIn } from "../model/words.ts";
import { timeElement } from "./page-dates.ts";
import { languageAttributes, languageAttributesWithin, linked, type Setting } from "./page-frame.ts";

/** A larger picture makes a slow page: it is shown in full size, since nothing here scales pictures. In bytes. */
const largest = 2_000_000;

/** A clean entry in a list: its lead image if the newsroom itself serves it, title, day, summary. */
export const listedEntry = (entry: Entry, { timezone, feedsPage }: Pick<Setting, "timezone" | "feedsPage">): string =>
  [
    `<article${languageAttributes(entry.language)}>`,
    ...thumbnail(entry, feedsPage),
    `<h3>${linked(entry.url, entry.title)}</h3>`,
    `<p${languageAttributesWithin(entry.language, wordsIn(entry.language).language)}>${timeElement(entry.published, entry.language, timezone)}</p>`,
    ...(summaryOrTitle(entry) === entry.title ? [] : [`<p>${htmlText(entry.summary)}</p>`]),
    "</article>",
  ].join("\n");

/** Beside the title, which says what it shows; a picture of another host would tell that host who reads. */
const thumbnail = ({ image }: Entry, feedsPage: string | undefined): readonly string[] => {
  if (image === undefined || feedsPage === undefined || (image.bytes ?? 0) > largest) return [];
  if (URL.parse(image.url)?.origin !== new URL(feedsPage).origin) return [];
  const size = image.width === undefined || image.height === undefined ? "" : ` width="${image.width}" height="${image.height}"`;
  return [`<img class="thumb" src="${htmlText(image.url)}" alt=""${size} loading="lazy" decoding="async">`];
};
