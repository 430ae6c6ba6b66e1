import { parseDate } from "../../../articles/dates/dates.ts";
import { plainText } from "../../../articles/html/plain-text.ts";
import { parseHtml, safeTree } from "../../../articles/html/tree/tree.ts";
import { canonicalTag } from "../../../articles/language/language.ts";

/** HTML as one line of plain text. */
export function wordsOf(html: string): string {
  return plainText(safeTree(parseHtml(html, "fragment")).tree);
}

/** Marks that only HTML has: a character reference, or a tag that people use in a title. */
const MARKUP = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]+);|<\/(?:a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u)>|<br\b/i;

/** A title of RSS, which does not say whether it is text or HTML: most mean text, and some write HTML. */
export function titleWords(written: string): string {
  return (MARKUP.test(written) ? wordsOf(written) : written).replace(/\s+/gu, " ").trim();
}

/** Plain text as HTML: blank lines separate paragraphs. */
export function paragraphs(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const parts = escaped.split(/\r?\n\s*\n/).filter((part) => part.trim() !== "");
  return parts.map((part) => `<p>${part.trim().replace(/\r?\n/g, "<br>\n")}</p>`).join("\n");
}

/** Zones with a name that RFC 822 knows (5.1); years of two digits are in its dates, too. */
const RFC_822 = /^(?:\w{3},\s*)?\d{1,2} [A-Z][a-z]{2} (?:\d{2}|\d{4}) \d{1,2}:\d{2}(?::\d{2})? (?:UT|GMT|Z|[ECMP][SD]T|[+-]\d{4})$/;

/** A date of a feed as front matter takes it: a moment in UTC or a day; undefined if it is not a date. */
export function dateWords(written: string | undefined, zone = "UTC"): string | undefined {
  const text = written?.trim().replace(/\s+/g, " ") ?? "";
  if (text === "") return undefined;
  const date = parseDate(text, zone);
  if (date !== undefined) return date.kind === "instant" ? date.at : date.day;
  const time = RFC_822.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The language as a BCP 47 tag; undefined if it is none. */
export function languageWord(written: string | undefined): string | undefined {
  return written === undefined ? undefined : canonicalTag(written);
}

/** The most characters of an address in an article. */
const longestAddress = 2_000;

/** An absolute http(s) address; undefined if it is none. */
export function webAddress(written: string | undefined, base?: string): string | undefined {
  const text = written?.trim() ?? "";
  const url =
    text === "" || text.length > longestAddress ? null : URL.parse(text, base !== undefined && /^https?:/.test(base) ? base : undefined);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
