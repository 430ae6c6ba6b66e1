/** In graphemes, which readers see as characters. */
const BUDGET = 300;
/** A word that begins before this part of the budget is cut inside. */
const LEAST = 2 / 3;
const LONGEST_WORD = 64;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const words = new Intl.Segmenter("en", { granularity: "word" });

/** The beginning of a one-paragraph plain text, with "…" if it was cut; never inside a grapheme, and not inside a word if avoidable. */
export function summarize(text: string, budget = BUDGET): string {
  // Marks piled on one letter make a grapheme of any length, so code units are limited as well.
  const head = text.slice(0, budget * 16).replace(/[\uD800-\uDBFF]$/, "");
  const segments = startsIn(head, budget + 1);
  const end = segments.length > budget ? (segments[budget] ?? head.length) : head.length;
  if (end === text.length) return text;
  const least = segments[Math.floor(budget * LEAST)] ?? 0;
  const cut = tidyEnd(head.slice(0, lastBoundary(text.slice(0, end + LONGEST_WORD), end, least)));
  return /[.!?。！？؟]$/u.test(cut) ? `${cut} …` : `${cut}…`;
}

/** Whether a text is long enough that nothing after it changes its summary. */
export function decidesSummary(text: string, budget = BUDGET): boolean {
  return startsIn(text.slice(0, Math.max(0, text.length - LONGEST_WORD)).slice(0, budget * 16), budget + 1).length > budget;
}

/** 0, 1, 2 … */
const counted: number[] = [];

/** The start of each of the first graphemes. In printable ASCII, which most texts are, every character is one. */
function startsIn(text: string, most: number): readonly number[] {
  if (!/[^ -~]/.test(text.slice(0, most + 1))) {
    while (counted.length < most) counted.push(counted.length);
    return counted.slice(0, Math.min(text.length, most));
  }
  const starts = [];
  for (const { index } of graphemes.segment(text)) {
    starts.push(index);
    if (starts.length === most) break;
  }
  return starts;
}

/**
 * The last word boundary at or before `end`; `end` itself if none is near. Never separates a sign from its word: a closing sign, the point
 * of "г.", an opening quotation mark.
 */
function lastBoundary(text: string, end: number, least: number): number {
  const segments = words.segment(text);
  for (let word = segments.containing(end); word !== undefined && word.index >= least; ) {
    const before = word.index === 0 ? undefined : segments.containing(word.index - 1);
    if (!CLOSING.test(word.segment) && !OPENING.test(before?.segment ?? "")) return word.index;
    word = before;
  }
  return least === 0 ? 0 : end;
}

const CLOSING = /^[\p{Pe}\p{Pf}.,:;!?…%‰°"'。，、：；！？؟،؛\u2010\u2011-]/u;
const OPENING = /[\p{Ps}\p{Pi}№#$€£\u2010\u2011-]$/u;

/** Removes a comma or dash after the last word, and an abbreviation ("г.", "ул.", "Dr.") that needs a word after it. */
function tidyEnd(text: string): string {
  const end = text.replace(/[\s,;:，、；：،؛–—\p{Ps}\p{Pi}№-]+$/u, "");
  const whole = end.replace(/\s+[«“"(]?\p{L}{1,4}\.$/u, "");
  return whole === end ? end : tidyEnd(whole);
}
