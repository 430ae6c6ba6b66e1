import { summaryOrTitle } from "../model/entry.ts";
import type { Entry } from "../model/feed.ts";
import { htmlText } from "../model/text.ts";
import { wordsIn } from "../model/words.ts";
import { timeElement } from "./page-dates.ts";
import { languageAttributes, languageAttributesWithin, linked } from "./page-frame.ts";

/** A clean entry in a list: title, day, summary. */
export const listedEntry = (entry: Entry, timezone: string): string =>
  [
    `<article${languageAttributes(entry.language)}>`,
    `<h3>${linked(entry.url, entry.title)}</h3>`,
    `<p${languageAttributesWithin(entry.language, wordsIn(entry.language).language)}>${timeElement(entry.published, entry.language, timezone)}</p>`,
    ...(summaryOrTitle(entry) === entry.title ? [] : [`<p>${htmlText(entry.summary)}</p>`]),
    "</article>",
  ].join("\n");
