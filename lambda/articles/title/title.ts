import { notice, quoted, type Remark } from "../model/remark.ts";

/** Scripts of which a single character sometimes strays before a headline, when it is copied or scanned. */
const STRAYING = ["Han", "Hiragana", "Katakana", "Hangul", "Arabic", "Hebrew"] as const;
/** Written in one word together (日本の, 美대통령), so that one beside another is no stray. */
const EAST_ASIAN: ReadonlySet<string> = new Set(["Han", "Hiragana", "Katakana", "Hangul"]);

const inScript = (script: string): RegExp => new RegExp(`\\p{Script=${script}}`, "u");
const SCRIPTS = STRAYING.map((name) => ({ name, pattern: inScript(name) }));
const scriptOf = (letter: string): string | undefined => SCRIPTS.find(({ pattern }) => pattern.test(letter))?.name;

/** A title as it will be shown, and what was done to it or seems wrong with it. */
export type MendedTitle = { readonly title: string; readonly remarks: readonly Remark[] };

/**
 * Takes off one leading character that is Han, kana, Hangul, Arabic or Hebrew, touches a word of another script, and has no
 * fellow of its script in the whole file. A word in which Latin, Greek and Cyrillic letters mix is only reported: nobody can
 * know which of them is the wrong one.
 */
export function mendTitle(written: string, file: string, line?: number): MendedTitle {
  const title = written.replace(/\s+/g, " ").trim();
  const stray = strayLetter(title, file);
  const mended = stray === undefined ? title : title.slice(stray.length);
  const remarks: Remark[] = [];
  if (stray !== undefined) {
    const message = `The title began with a stray ${quoted(stray)}, taken off: ${quoted(mended)}.`;
    remarks.push(notice("title-mended", message, { line, hint: "Remove the character from the file." }));
  }
  const mixed = mixedWord(mended);
  if (mixed !== undefined) {
    const message = `A word of the title mixes letters that look alike but are of different alphabets: ${quoted(mixed)}.`;
    remarks.push(notice("title-mixed-letters", message, { line, hint: "Type the word again in one alphabet." }));
  }
  return { title: mended, remarks };
}

const MIXED =
  /\p{Script=Latin}(?=[\p{Script=Cyrillic}\p{Script=Greek}])|\p{Script=Cyrillic}(?=[\p{Script=Latin}\p{Script=Greek}])|\p{Script=Greek}(?=[\p{Script=Latin}\p{Script=Cyrillic}])/u;
const LONGEST_WORD = 100;

/** The place is sought first and its word then, because a pattern of both takes the square of the length. */
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
  // By its beginning, since the file may have the title on two lines, or with marks in it.
  const elsewhere = `${title.slice(first.length)}\n${file.replaceAll(first + second, "")}`;
  return inScript(script).test(elsewhere) ? undefined : first;
}
