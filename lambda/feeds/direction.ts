import { directionOf } from "../articles/direction.ts";
import { htmlText } from "./text.ts";

/** A body that says itself which way it runs: a feed reader's own page is that of the reader's language, most often from the left. */
export const inDirection = (html: string, language: string): string =>
  html === "" || directionOf(language) === "ltr" ? html : `<div dir="rtl" lang="${htmlText(language)}">\n${html}\n</div>`;
