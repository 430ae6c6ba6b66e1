/** Graphemes: what a reader counts as one character. */
const BUDGET = 300;
/** A word that reaches further back than this part of the budget is cut within. */
const LEAST = 2 / 3;
const LONGEST_WORD = 64;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const words = new Intl.Segmenter("en", { granularity: "word" });

/** The beginning of a plain text of one paragraph, with "…" where it was cut; never within a grapheme, or a word where that can be helped. */
export function summaryOf(text: string, budget = BUDGET): string {
  // Marks heaped on one letter make a grapheme as long as anybody likes, so there is a limit in code units as well.
  const head = text.slice(0, budget * 16).replace(/[\uD800-\uDBFF]$/, "");
  const segments = [];
  for (const { index } of graphemes.segment(head)) {
    segments.push(index);
    if (segments.length > budget) break;
  }
  const end = segments.length > budget ? (segments[budget] ?? head.length) : head.length;
  if (end === text.length) return text;
  const least = segments[Math.floor(budget * LEAST)] ?? 0;
  const cut = head.slice(0, lastBoundary(text.slice(0, end + LONGEST_WORD), end, least)).replace(/[\s,;:，、；：،؛–—-]+$/u, "");
  return /[.!?。！？؟]$/u.test(cut) ? `${cut} …` : `${cut}…`;
}

/** The last boundary between words (or a word and what is around it) at or before `end`; `end` itself where none is near. */
function lastBoundary(text: string, end: number, least: number): number {
  let best = 0;
  for (const { index } of words.segment(text)) {
    if (index > end) break;
    best = index;
  }
  return best < least ? end : best;
}
