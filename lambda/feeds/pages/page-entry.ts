import { summaryOf } from "../model/entry.ts";
import type { Entry } from "../model/feed.ts";
import { htmlText } from "../model/text.ts";
import { wordsIn } from "../model/words.ts";
import { timeElement } from "./page-dates.ts";
import { linked, tongue, tongueWithin } from "./page-frame.ts";

/** A clean entry in a list: title, day, summary. */
export const listedEntry = (entry: Entry, timezone: string): string =>
  [
    `<article${tongue(entry.language)}>`,
    `<h3>${linked(entry.url, entry.title)}</h3>`,
    `<p${tongueWithin(entry.language, wordsIn(entry.language).language)}>${timeElement(entry.published, entry.language, timezone)}</p>`,
    ...(summaryOf(entry) === entry.title ? [] : [`<p>${htmlText(entry.summary)}</p>`]),
    "</article>",
  ].join("\n");
