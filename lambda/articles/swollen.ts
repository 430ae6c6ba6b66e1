import { problem } from "./remark.ts";

/**
 * How many characters a text may have in the end: many times what was written, so that only something that multiplies (a long
 * address referred to again and again, a mark left open before ten thousand paragraphs) comes beyond.
 */
export const mostOf = (written: string): number => 2_000_000 + 16 * written.length;

export const SWOLLEN = problem(
  "article-swollen",
  "Addresses or marks repeat so often that the article would be many times as long as its file.",
  {
    hint: "Shorten the address that all links share, or close the marks that were left open.",
  },
);
