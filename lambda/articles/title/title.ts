import { notice, quoted, type Remark } from "../model/remark.ts";

/** Scripts whose single characters sometimes stray before a headline when it is copied or scanned. */
const STRAYING = ["Han", "Hiragana", "Katakana", "Hangul", "Arabic", "Hebrew"] as const;
/** These mix within one word (日本の, 美대통령), so one next to another is no stray. */
const EAST_ASIAN: ReadonlySet<string> = new Set(["Han", "Hiragana", "Katakana", "Hangul"]);

const inScript = (script: string): RegExp => new RegExp(`\\p{Script=${script}}`, "u");
const SCRIPTS = STRAYING.map((name) => ({ name, pattern: inScript(name) }));
const scriptOf = (letter: string): string | undefined => SCRIPTS.find(({ pattern }) => pattern.test(letter))?.name;

/** A title to show, with notices about changes and doubts. */
export type MendedTitle = { readonly title: string; readonly remarks: readonly Remark[] };

/**
 * Removes one leading character that is Han, kana, Hangul, Arabic or Hebrew, touches a word of another script, and is the only one of its
 * script in the file. A word that mixes Latin, Greek and Cyrillic letters is only reported, since nothing tells which letter is wrong.
 */
export function mendTitle(written: string, file: string, line?: number): MendedTitle {
  const title = written.replace(/\s+/g, " ").trim();
  const stray = strayLetter(title, file);
  const mended = stray === undefined ? title : title.slice(stray.length);
  const remarks: Remark[] = [];
  if (stray !== undefined) {
    const message = `The title began with a stray ${quoted(stray)}, which was removed: ${quoted(mended)}.`;
    remarks.push(notice("title-mended", message, { line, hint: "Remove the character from the file." }));
  }
  const mixed = mixedWord(mended);
  if (mixed !== undefined) {
    const message = `A word of the title mixes letters of different alphabets that look alike: ${quoted(mixed)}.`;
    remarks.push(notice("title-mixed-letters", message, { line, hint: "Type the word again in one alphabet." }));
  }
  return { title: mended, remarks };
}

const MIXED =
  /\p{Script=Latin}(?=[\p{Script=Cyrillic}\p{Script=Greek}])|\p{Script=Cyrillic}(?=[\p{Script=Latin}\p{Script=Greek}])|\p{Script=Greek}(?=[\p{Script=Latin}\p{Script=Cyrillic}])/u;
const LONGEST_WORD = 100;

/** Finds the position first and the word then, because one pattern for both takes quadratic time. */
function mixedWord(title: string): string | undefined {
  const at = title.search(MIXED);
  if (at === -1) return undefined;
  const before = /[\p{L}\p{M}]*$/u.exec(title.slice(Math.max(0, at - LONGEST_WORD), at))?.[0] ?? "";
  const behind = /^[\p{L}\p{M}]*/u.exec(title.slice(at, at + LONGEST_WORD))?.[0] ?? "";
  return before + behind;
}

function strayLetter(title: string, file: string): string | undefined {
  const [first = "", second = ""] = title.slice(0, 4);
  const script = scriptOf(first);
  if (script === undefined || !/\p{L}/u.test(second)) return undefined;
  const neighbour = scriptOf(second);
  if (neighbour === script || (EAST_ASIAN.has(script) && EAST_ASIAN.has(neighbour ?? ""))) return undefined;
  // Compares only the beginning, since the file may split the title over lines or format parts of it.
  const elsewhere = `${title.slice(first.length)}\n${file.replaceAll(first + second, "")}`;
  return inScript(script).test(elsewhere) ? undefined : first;
}
