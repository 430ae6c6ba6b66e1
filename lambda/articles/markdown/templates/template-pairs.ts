import { hasParagraphs, isInSentence } from "./mentions.ts";
import { verdictOf } from "./template-conditions.ts";
import type { Piece } from "./template-pieces.ts";

/** The first word of a tag, by which its end names it: `endif` and `/if` end `if`. */
export const firstWord = (words: string): string => (/^\/?\s*[^\s"'=(,/]+/.exec(words)?.[0] ?? "").replace(/\s/g, "").toLowerCase();

/**
 * The structure of a source: the end of each tag that has one, ends, and hidden pieces, whose condition is plainly false or which repeat
 * for a list that only the site knows.
 */
export type Pairs = {
  readonly endOf: ReadonlyMap<number, number>;
  readonly ends: ReadonlySet<number>;
  readonly isHidden: (index: number) => boolean;
  /** Conditions that only the site's generator can decide, with published content. */
  readonly doubtful: readonly string[];
  /** Loops and similar tags, removed with their content. */
  readonly whole: ReadonlySet<number>;
  /** A false condition on its own line without an end; it hides everything after it. */
  readonly endless: number | undefined;
};

const CONDITIONS: ReadonlySet<string> = new Set(["if", "unless", "case", "switch", "ifversion", "ifchanged", "ifasync"]);
const BRANCHES: ReadonlySet<string> = new Set(["else", "elsif", "elseif", "elif", "when"]);
const WHOLE: ReadonlySet<string> = new Set(
  "for tablerow macro schema javascript stylesheet style css js asyncall asynceach range each".split(" "),
);
/** Without arguments these are not loops but words about loops. */
const LOOPS = /^(?:for|tablerow|macro|asyncall|asynceach|range|each)$/;
const DEEPEST_BRANCH = 50;

export function pairsOf(pieces: readonly Piece[]): Pairs {
  const tags = pieces.map((piece) =>
    piece.kind === "tag" && piece.sign !== "{{" && !piece.words.startsWith("/*") ? firstWord(piece.words) : undefined,
  );
  const endName = (name: string): string | undefined => {
    const found = /^(?:end[_-]?(?=[a-z])|\/)(.+)$/.exec(name)?.[1];
    return found === "" ? undefined : found;
  };
  const closing = new Set(tags.map((name) => (name === undefined ? undefined : endName(name))));
  const endOf = new Map<number, number>();
  const ends = new Set<number>();
  const branches = new Map<number, number[]>();
  const open: number[] = [];
  const counts = new Map<string, number>();
  const pop = (): number | undefined => {
    const index = open.pop();
    const name = index === undefined ? undefined : tags[index];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 1) - 1);
    return index;
  };
  for (const [index, name] of tags.entries()) {
    if (name === undefined) continue;
    const ended = endName(name);
    if (ended !== undefined && (counts.get(ended) ?? 0) > 0) {
      let last = pop();
      while (last !== undefined && tags[last] !== ended) last = pop();
      if (last !== undefined) endOf.set(last, index);
      ends.add(index);
    } else if (ended !== undefined && (closing.has(ended) || name.startsWith("/"))) ends.add(index);
    else if (BRANCHES.has(name)) {
      const owner = open.slice(-DEEPEST_BRANCH).findLast((at) => CONDITIONS.has(tags[at] ?? "") || WHOLE.has(tags[at] ?? ""));
      if (owner !== undefined) branches.set(owner, [...(branches.get(owner) ?? []).slice(-DEEPEST_BRANCH), index]);
      ends.add(index);
    } else if (closing.has(name)) {
      open.push(index);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }

  const steps = new Int32Array(pieces.length + 1);
  const hide = (from: number, until: number): void => {
    steps[from] = (steps[from] ?? 0) + 1;
    steps[until] = (steps[until] ?? 0) - 1;
  };
  const doubtful: number[] = [];
  const whole = new Set<number>();
  let endless: number | undefined;
  const wordsAt = (index: number): string => {
    const piece = pieces[index];
    return piece?.kind === "tag" ? piece.words.replace(/^\S+\s*/, "") : "";
  };
  for (const [index, name] of tags.entries()) {
    if (name === undefined) continue;
    const end = endOf.get(index);
    const isSpoken = end !== undefined && areSpokenOf(pieces, index, end);
    if (WHOLE.has(name) && end !== undefined && !isSpoken && !(LOOPS.test(name) && wordsAt(index) === "")) {
      hide(index, end + 1);
      whole.add(index);
    }
    if (!CONDITIONS.has(name)) continue;
    if (end === undefined) {
      if (endless === undefined && verdictOf(name, wordsAt(index)) === false && hasOwnLine(pieces, index)) {
        endless = index;
        hide(index, pieces.length);
      } else doubtful.push(index);
      continue;
    }
    if (isSpoken) {
      doubtful.push(index);
      continue;
    }
    let taken = false;
    let unsure = false;
    const parts = [index, ...(branches.get(index) ?? [])];
    for (const [number, at] of parts.entries()) {
      const word = tags[at] ?? "";
      const verdict =
        name === "case" || name === "switch"
          ? undefined
          : word === "else" && !/^if\s/.test(wordsAt(at))
            ? true
            : verdictOf(word, wordsAt(at));
      if (taken || verdict === false) hide(at, parts[number + 1] ?? end);
      else unsure ||= verdict === undefined;
      taken ||= verdict === true;
    }
    if (unsure) doubtful.push(index);
  }
  const hidden: boolean[] = [];
  let depth = 0;
  for (const index of pieces.keys()) {
    depth += steps[index] ?? 0;
    hidden.push(depth > 0);
  }
  const isHidden = (index: number): boolean => hidden[index] ?? false;
  const conditions = doubtful.filter((index) => !isHidden(index)).map((index) => pieces[index]?.text ?? "");
  return { endOf, ends, isHidden, doubtful: conditions, whole, endless };
}

/** "The tag {% if false %} hides" and, paragraphs later, "until {% endif %}": the content between them is text. */
function areSpokenOf(pieces: readonly Piece[], index: number, end: number): boolean {
  const inSentence = (at: number): boolean => isInSentence(pieces[at - 1]?.text ?? "", pieces[at + 1]?.text ?? "");
  return inSentence(index) && inSentence(end) && pieces.slice(index + 1, end).some(({ text }) => hasParagraphs(text));
}

function hasOwnLine(pieces: readonly Piece[], index: number): boolean {
  const [before, behind] = [pieces[index - 1]?.text ?? "\n", pieces[index + 1]?.text ?? "\n"];
  return /(?:^|\n)[ \t>]*$/.test(before.slice(-50)) && /^[ \t]*(?:\n|$)/.test(behind.slice(0, 50));
}
