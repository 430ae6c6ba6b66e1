import { diffLines, diffWordsWithSpace } from "diff";
import type { Key } from "../../../stores/store.ts";

/** A line of a difference. `parts`: the pieces of a changed line; those with `changed` differ from the line that it replaces. */
export type DiffLine = {
  readonly kind: "same" | "added" | "removed" | "skipped";
  readonly parts: readonly { readonly text: string; readonly changed: boolean }[];
};

/** The entry of one article in one file, before and after. `lines` is empty if they are equal. */
export type EntryDiff = { readonly file: Key; readonly lines: readonly DiffLine[] };

/** How many equal lines surround a change. */
const around = 2;
/** Longer lines are not compared word by word, which takes time with the square of their length. */
const longest = 20_000;

/** The lines of two texts that differ, with a few equal ones around them. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const changes = diffLines(withLineEnd(before), withLineEnd(after));
  const lines: DiffLine[] = [];
  for (let index = 0; index < changes.length; index++) {
    const [change, next] = [changes[index], changes[index + 1]];
    if (change === undefined) continue;
    const own = linesOf(change.value);
    if (change.removed === true && next?.added === true) {
      lines.push(...replaced(own, linesOf(next.value)));
      index += 1;
    } else if (change.added === true || change.removed === true)
      lines.push(...own.map((text): DiffLine => ({ kind: change.added ? "added" : "removed", parts: [{ text, changed: false }] })));
    else lines.push(...sameLines(own, index > 0, index < changes.length - 1));
  }
  return lines;
}

/** Lines that replace others: pairs are compared word by word. */
function replaced(old: readonly string[], fresh: readonly string[]): readonly DiffLine[] {
  if (old.length !== fresh.length || [...old, ...fresh].some((line) => line.length > longest))
    return [
      ...old.map((text): DiffLine => ({ kind: "removed", parts: [{ text, changed: false }] })),
      ...fresh.map((text): DiffLine => ({ kind: "added", parts: [{ text, changed: false }] })),
    ];
  return old.flatMap((line, index): readonly DiffLine[] => {
    const words = diffWordsWithSpace(line, fresh[index] ?? "");
    const parts = (isOwn: (word: (typeof words)[number]) => boolean) =>
      words.filter(isOwn).map(({ value, added, removed }) => ({ text: value, changed: added || removed }));
    return [
      { kind: "removed", parts: parts(({ added }) => !added) },
      { kind: "added", parts: parts(({ removed }) => !removed) },
    ];
  });
}

function sameLines(lines: readonly string[], follows: boolean, leads: boolean): readonly DiffLine[] {
  const same = (text: string): DiffLine => ({ kind: "same", parts: [{ text, changed: false }] });
  const [head, tail] = [follows ? around : 0, leads ? around : 0];
  if (lines.length <= head + tail + 1) return lines.map(same);
  const left = lines.length - head - tail;
  const skipped: DiffLine = { kind: "skipped", parts: [{ text: `${left} equal lines`, changed: false }] };
  return [...lines.slice(0, head).map(same), skipped, ...(tail === 0 ? [] : lines.slice(-tail).map(same))];
}

const withLineEnd = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");
