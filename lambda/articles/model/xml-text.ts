/**
 * What no feed can hold in any form: controls but tab and line ends (XML 1.0, 2.2; HTML forbids those of C1 too), halves of
 * surrogate pairs, which UTF-8 cannot hold either, and code points that Unicode keeps from all text. Feeds are cleaned of the
 * same once more; it has to go here already, so that nobody takes a title or an id that consists of it for one.
 */
const UNFIT = /[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n\r]]/v;
const EVERY_UNFIT = new RegExp(UNFIT, "gv");
/** What is not certainly fit; a test of code units that takes half the time of that of code points, and most texts pass it. */
const DOUBTFUL = /[^\t\n\r\x20-\x7E\xA0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFFD]/;

const isClean = (text: string): boolean => !DOUBTFUL.test(text) || !UNFIT.test(text);

/** Where the first such character stands, or -1. */
export const firstForbidden = (text: string): number => (isClean(text) ? -1 : text.search(UNFIT));

/** The text without them. */
export const withoutForbidden = (text: string): string => (isClean(text) ? text : text.replace(EVERY_UNFIT, ""));

export const countForbidden = (text: string): number => (isClean(text) ? 0 : (text.match(EVERY_UNFIT)?.length ?? 0));

/** `U+0001`, of the character at an index. */
export function codePointName(text: string, index: number): string {
  return `U+${(text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The line, counted from 1, on which an index stands. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
