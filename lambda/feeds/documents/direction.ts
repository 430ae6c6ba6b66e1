import { directionOf } from "../../articles/language/direction.ts";
import { htmlText } from "../model/text.ts";

/**
 * A body that declares its own direction: a feed reader's page is in the language of its user, which most often runs left to
 * right.
 */
export const inDirection = (html: string, language: string): string =>
  html === "" || directionOf(language) === "ltr" ? html : `<div dir="rtl" lang="${htmlText(language)}">\n${html}\n</div>`;
