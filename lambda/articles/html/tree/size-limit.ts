import { most } from "../../model/budget.ts";
import { notice } from "../../model/remark.ts";

/**
 * How many characters the result may have: many times the source, so that only multiplication exceeds it (a long address referred to again
 * and again, formatting left open before ten thousand paragraphs); and three times what a feed can hold, unless the source itself is
 * longer.
 */
export const sizeLimitOf = (written: string): number => Math.min(2_000_000 + 16 * written.length, Math.max(15_000_000, 3 * written.length));

export const LENGTH_EXCEEDED = notice(
  "article-swollen",
  "Addresses or formatting repeat so often that the article would be many times longer than its file: it is shown as its summary and link.",
  {
    hint: "Shorten the address that all links share, or close the formatting that is left open.",
  },
);

export const PARTS_EXCEEDED = notice(
  "article-crowded",
  `The text has more than ${most.nodes} parts (lines, marks, links, tags), too many unclosed links, or is nested too deep: it is shown as its summary and link.`,
  { hint: "Split it into several articles, and close the open links." },
);
