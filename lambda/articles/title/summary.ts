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
  const segments = startsIn(head, budget + 1);
  const end = segments.length > budget ? (segments[budget] ?? head.length) : head.length;
  if (end === text.length) return text;
  const least = segments[Math.floor(budget * LEAST)] ?? 0;
  const cut = tidyEnd(head.slice(0, lastBoundary(text.slice(0, end + LONGEST_WORD), end, least)));
  return /[.!?。！？؟]$/u.test(cut) ? `${cut} …` : `${cut}…`;
}

/** Where the first graphemes of a text begin. Each of printable ASCII is one, and most of what is read here holds nothing else. */
function startsIn(text: string, most: number): readonly number[] {
  if (!/[^ -~]/.test(text)) return Array.from({ length: Math.min(text.length, most) }, (_, index) => index);
  const starts = [];
  for (const { index } of graphemes.segment(text)) {
    starts.push(index);
    if (starts.length === most) break;
  }
  return starts;
}

/**
 * The last boundary between words at or before `end`; `end` itself where none is near. None is one that parts a sign from the word
 * it belongs to: a closing one, the point of "г.", an opening quotation mark.
 */
function lastBoundary(text: string, end: number, least: number): number {
  let best = 0;
  let before = "";
  for (const { index, segment } of words.segment(text)) {
    if (index > end) break;
    if (!CLOSING.test(segment) && !OPENING.test(before)) best = index;
    before = segment;
  }
  return best < least ? end : best;
}

const CLOSING = /^[\p{Pe}\p{Pf}.,:;!?…%‰°"'。，、：；！？؟،؛\u2010\u2011-]/u;
const OPENING = /[\p{Ps}\p{Pi}№#$€£\u2010\u2011-]$/u;

/** Without the comma or dash behind the last word, and without an abbreviation ("г.", "ул.", "Dr.") that wants a word behind it. */
function tidyEnd(text: string): string {
  const end = text.replace(/[\s,;:，、；：،؛–—\p{Ps}\p{Pi}№-]+$/u, "");
  const whole = end.replace(/\s+[«“"(]?\p{L}{1,4}\.$/u, "");
  return whole === end ? end : tidyEnd(whole);
}
