/**
 * Characters that no feed format can carry: controls except tab and line ends (XML 1.0, 2.2; HTML forbids C1 controls too), lone
 * surrogates, which UTF-8 cannot hold either, and Unicode's noncharacters. Feeds are cleaned again; they are removed here so that a title
 * or id made of nothing else counts as missing.
 */
const UNFIT = /[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n\r]]/v;
const EVERY_UNFIT = new RegExp(UNFIT, "gv");
/** Characters that may be unfit. Most texts pass this test of code units, which takes half the time of the exact one. */
const DOUBTFUL = /[^\t\n\r\x20-\x7E\xA0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFFD]/;

const isClean = (text: string): boolean => !DOUBTFUL.test(text) || !UNFIT.test(text);

/** The index of the first such character, or -1. */
export const firstForbidden = (text: string): number => (isClean(text) ? -1 : text.search(UNFIT));

/** The text without such characters. */
export const withoutForbidden = (text: string): string => (isClean(text) ? text : text.replace(EVERY_UNFIT, ""));

export const countForbidden = (text: string): number => (isClean(text) ? 0 : (text.match(EVERY_UNFIT)?.length ?? 0));

/** The name of the character at an index: `U+0001`. */
export function codePointName(text: string, index: number): string {
  return `U+${(text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The line of an index, counted from 1. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
