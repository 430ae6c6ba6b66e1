import { count } from "./single-byte.ts";

/** Accented letters of Western Europe. Icelandic and Turkish letters share bytes, so they do not count. */
const LETTERS = /[àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠŽ]/g;
/** Signs of typed text, and the letters used as signs: "ª", "º". */
const SIGNS = /[\u00A0«»“”„‘’‚–—…§©®°•·±€£¥¢™‹›¿¡ªº²³½¼¾×÷´†‡µ¶\u00AD]/g;
const HIGH = /[\u0080-\uFFFF]/g;
/**
 * Unlikely letters: a capital after a small letter, a letter that touches no other, a word of accented letters alone (as Cyrillic and
 * Arabic become), half a surrogate pair encoded as UTF-8. Unlikely signs: an opening one that opens nothing, a closing one that closes
 * nothing, a sign of a word or number that stands alone.
 */
const UNLIKELY =
  /(?<!\p{L})[\u00C0-\u00FFŒœŠšŽžŸ]{2,}(?!\p{L})|(?<=\p{Ll})[\u00C0-\u00DEŒŠŽ]|(?<!\p{L})[\u00DF-\u00FF](?<![àáéèêíóòúùöüåäø])(?!\p{L})|[²³½¼¾×÷µ](?=\p{L})|í[\u00A0-\u00BF€]/gu;
const UNLIKELY_SIGNS =
  /[‘“„‚](?![\p{L}\d¿¡"'(…[$£€«‘“„‚])|(?<![\p{L}\p{P}\d])[”’](?![\p{L}\d])|(?<![\p{L}\p{P}\d])[²³ªº¢®™]|(?<!\p{L})\u00AD|[¿¡](?![\p{L}\d"'“‘«(¡¿])|(?<!\d ?)[×÷]|[×÷](?! ?\d)/gu;

/** A letter in its usual place: next to a plain letter, or as a word between such words. */
const AT_HOME = /(?<=[A-Za-z])[\u00C0-\u00FFŒœŠšŽžŸ]|[\u00C0-\u00FFŒœŠšŽžŸ](?=[A-Za-z])|(?<=[A-Za-z][,'’]? )[àèéêíóÀÉ](?= [«"]?[A-Za-z])/g;

/** Whether bytes read as windows-1252 are prose in Latin letters: some accented letters among many plain ones, each in its usual place. */
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
