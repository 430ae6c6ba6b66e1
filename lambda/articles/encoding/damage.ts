import { notice, type Remark } from "../model/remark.ts";
import { lineAt } from "../model/xml-text.ts";

/**
 * Traces of a text that was once saved in an encoding without its letters: the replacement character, and question marks inside Cyrillic
 * words or before a small letter ("?аза?стан"), which is how windows-1251 loses Kazakh.
 */
const LOST_LETTER = /(?<=\p{Script=Cyrillic})\?(?=[\p{Script=Cyrillic}&&\p{Ll}])|(?<![^\s\(«"])\?(?=[\p{Script=Cyrillic}&&\p{Ll}])/gv;

/**
 * Letters of one encoding read as another: Cyrillic of windows-1251 as Latin words of accented letters alone ("Ñòðàíû ðåãèîíà
 * äîãîâîðèëèñü"), UTF-8 as KOI8-R ("п║я┌я─п╟").
 */
const MISTAKEN =
  /(?:(?<!\p{L})[À-ÿ]{3,}(?!\p{L})[^\p{L}]{1,3}){3}|(?:[пя][\u2500-\u25A0\u2219\u221A\u2248\u2264\u2265\u2320\u2321°²·÷ёЁ©]){3}/u;
/** What such a text holds among its letters other than ASCII. */
const PERHAPS_MISTAKEN = /[À-ÿ]{3}|[пя][\u2500-\u25A0\u2219\u221A\u2248\u2264\u2265\u2320\u2321°²·÷ёЁ©]/;
/** KOI8-R and windows-1251, mistaken for each other, swap small and capital letters: "уФТБОЩ". */
const TURNED = /(?<!\p{L})[а-яё][А-ЯЁ]{5,}(?!\p{L})/gu;

/** UTF-8 read as windows-1252 or windows-1251: "Ð¡Ñ‚Ñ€", "РЎС‚СЂ", "Ã©", "â€™". */
const READ_WRONGLY =
  /(?:[ÐÑ][\u0080-\u00BF\u0152-\u0192\u02C6-\u2122]){3}|(?:[РС][\u00A0-\u00BF\u0402-\u040F\u0452-\u045F\u0490\u0491\u2018-\u2122Ёё]){3}|(?:(?:Ã[\u00A0-\u00BF]|â€[\u0153\u02DC\u2122\u00A6\u201C\u201D])[^Ãâ]{0,500}){3}/;

export function damage(text: string): readonly Remark[] {
  // Few enough, in most texts, that the questions whether a slow search is due cost nothing.
  const letters = text.match(/[^\0-\x7F]+/g)?.join(" ") ?? "";
  if (letters === "") return [];
  const wrongly = /[ÐÑРСÃâ]/.test(letters) ? text.search(READ_WRONGLY) : -1;
  if (wrongly !== -1) {
    const message = "The text arrived damaged: its UTF-8 was once read as another encoding.";
    return [notice("text-damaged", message, { line: lineAt(text, wrongly), hint: "Restore it from the original." })];
  }
  const mistaken = mistakenAt(text, letters);
  if (mistaken !== -1) {
    const message = "The text arrived damaged: it was once read in the wrong encoding.";
    return [notice("text-damaged", message, { line: lineAt(text, mistaken), hint: "Restore it from the original." })];
  }
  const replaced = text.indexOf("\uFFFD");
  const inWords = replaced === -1 && text.includes("?") && /\p{Script=Cyrillic}/u.test(letters) ? [...text.matchAll(LOST_LETTER)] : [];
  const first = replaced !== -1 ? replaced : inWords.length >= 3 ? (inWords[0]?.index ?? -1) : -1;
  if (first === -1) return [];
  const message = "The text arrived damaged: an old encoding lost some of its letters.";
  return [notice("text-damaged", message, { line: lineAt(text, first), hint: "Restore it from the original." })];
}

function mistakenAt(text: string, letters: string): number {
  const found = PERHAPS_MISTAKEN.test(letters) ? text.search(MISTAKEN) : -1;
  const turned = found === -1 && /[а-яё][А-ЯЁ]{5}/.test(letters) ? [...text.matchAll(TURNED)] : [];
  return turned.length >= 3 ? (turned[0]?.index ?? -1) : found;
}
