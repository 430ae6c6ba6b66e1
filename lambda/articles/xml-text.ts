/**
 * What XML 1.0 cannot hold in any form, not even as a reference (section 2.2): most control characters, the two
 * non-characters, and halves of surrogate pairs, which UTF-8 cannot hold either.
 */
const CONTROL = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;
/** Slower by far, because it reads code points; asked only of text that is not clean. */
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu;

const isClean = (text: string): boolean => text.isWellFormed() && !CONTROL.test(text);

/** Where the first such character stands, or -1. */
export const firstForbidden = (text: string): number => (isClean(text) ? -1 : text.search(FORBIDDEN));

/** The text without them. */
export const withoutForbidden = (text: string): string => (isClean(text) ? text : text.replace(FORBIDDEN, ""));

export const countForbidden = (text: string): number => (isClean(text) ? 0 : (text.match(FORBIDDEN)?.length ?? 0));

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
