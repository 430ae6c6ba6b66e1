import { count } from "./single-byte.ts";

/** Letters with marks that the west of Europe writes; Icelandic and Turkish share bytes, so what only they would have is none. */
const LETTERS = /[àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠŽ]/g;
/** Signs of typed text, and the letters that stand for one: "ª", "º". */
const SIGNS = /[\u00A0«»“”„‘’‚–—…§©®°•·±€£¥¢™‹›¿¡ªº²³½¼¾×÷´†‡µ¶\u00AD]/g;
const HIGH = /[\u0080-\uFFFF]/g;
/**
 * A capital behind a small letter, a letter that touches no other, a whole word of marked letters (which Cyrillic and Arabic words
 * become), half of a surrogate pair that was written as if it were UTF-8; an opening sign that opens nothing, a closing one that
 * closes nothing, a sign that belongs to a word or a number and stands alone.
 */
const UNLIKELY =
  /(?<!\p{L})[\u00C0-\u00FFŒœŠšŽžŸ]{2,}(?!\p{L})|(?<=\p{Ll})[\u00C0-\u00DEŒŠŽ]|(?<!\p{L})[\u00DF-\u00FF](?<![àáéèêíóòúùöüåäø])(?!\p{L})|[²³½¼¾×÷µ](?=\p{L})|í[\u00A0-\u00BF€]/gu;
const UNLIKELY_SIGNS =
  /[‘“„‚](?![\p{L}\d¿¡"'(…[$£€«‘“„‚])|(?<![\p{L}\p{P}\d])[”’](?![\p{L}\d])|(?<![\p{L}\p{P}\d])[²³ªº¢®™]|(?<!\p{L})\u00AD|[¿¡](?![\p{L}\d"'“‘«(¡¿])|(?<!\d ?)[×÷]|[×÷](?! ?\d)/gu;

/** In its place: beside a plain letter, or a word by itself between such words. */
const AT_HOME = /(?<=[A-Za-z])[\u00C0-\u00FFŒœŠšŽžŸ]|[\u00C0-\u00FFŒœŠšŽžŸ](?=[A-Za-z])|(?<=[A-Za-z][,'’]? )[àèéêíóÀÉ](?= [«"]?[A-Za-z])/g;

/** Whether bytes read as windows-1252 are prose in Latin letters: marked letters among many plain ones, each in its place. */
export function looksLatin(text: string): boolean {
  const plain = count(text, /[A-Za-z]/g);
  const letters = count(text, LETTERS);
  const high = count(text, HIGH);
  return (
    plain > 0 &&
    letters * 4 <= plain + letters &&
    letters + count(text, SIGNS) === high &&
    count(text, AT_HOME) * 2 >= letters &&
    count(text, UNLIKELY) + count(text, UNLIKELY_SIGNS) === 0
  );
}
