import { most } from "../../model/budget.ts";
import { problem } from "../../model/remark.ts";

/**
 * How many characters a text may have in the end: many times what was written, so that only something that multiplies (a long
 * address referred to again and again, a mark left open before ten thousand paragraphs) comes beyond; and three times the most that a
 * feed can hold, unless the text itself is longer.
 */
export const mostOf = (written: string): number => Math.min(2_000_000 + 16 * written.length, Math.max(15_000_000, 3 * written.length));

export const SWOLLEN = problem(
  "article-swollen",
  "Addresses or marks repeat so often that the article would be many times as long as its file.",
  {
    hint: "Shorten the address that all links share, or close the marks that were left open.",
  },
);

export const CROWDED = problem(
  "article-crowded",
  `The text has more than ${most.nodes} parts (lines, marks, links, tags), links that never end, or is nested deeper than can be read.`,
  { hint: "Cut it into several articles, and close the links that were left open." },
);
