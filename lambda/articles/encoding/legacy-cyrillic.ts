import { count, decodeAs } from "./single-byte.ts";

/** Encodings in which Cyrillic texts were saved before UTF-8. */
const ENCODINGS = ["windows-1251", "koi8-r", "ibm866", "iso-8859-5", "x-mac-cyrillic"] as const;
/** Encodings that differ from windows-1251 only for Kazakh. */
const KAZAKH_ENCODINGS = ["KZ-1048", "PTCP154"] as const;

/** The ten most frequent letters of Russian, frequent in related languages too: two thirds of any text. */
const FREQUENT = /[оеаинтсрвл]/gi;
/** Together hardly one letter in twenty, yet frequent if KOI8-R and windows-1251 are mistaken for each other. */
const RARE = /[йхжшюцщэфъ]/gi;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
/** What typed text holds above ASCII: letters, quotation marks, dashes, the number sign, a no-break space. */
const ORDINARY = /[\p{Script=Cyrillic}\u00A0«»“”„‘’–—…№§©®°•·±€™‹›¤]/gu;
const HIGH = /[\u0080-\uFFFF]/g;
/**
 * Traces of a wrong encoding in nearly every word: a capital after a small letter, letters of rare alphabets, a sign that touches a letter.
 */
const UNLIKELY =
  /(?<=\p{Ll})[А-ЯЁӘҒҚҢӨҰҮҺ]|[ЂЃѓЉЊЌЋЏђљњќћџЎўЈјҐґЄєЅѕЇї]|(?<=[а-яё])[€№†‡•®©¤≥≤√≈∆ƒ÷¬]|[€†‡•®©¤≥≤√≈∆ƒ÷¬–—”’‘‚…\u00A0](?=[а-яё])/gu;

/** A penalty for text in capitals, since most text is in small letters. */
const shouted = (text: string): number => (count(text, /\p{Lu}/gu) > count(text, /\p{Ll}/gu) ? 1.5 : 0);

/** Unpaired quotation marks, and a currency sign without an amount: in short texts, capitals in a wrong encoding become these. */
function unpaired(text: string): number {
  const lacking = (open: RegExp, close: RegExp): number => Math.abs(count(text, open) - count(text, close));
  const money = count(text, /(?<![\d\u00A0] ?)€(?! ?\d)/g);
  return lacking(/«/g, /»/g) + lacking(/‹/g, /›/g) + (count(text, /[“”„]/g) % 2) + money;
}

const LEAST_LETTERS = 10;
/** How many more letters must speak for one encoding than for the next. */
const DOUBT = 2;
/** As a share of the letters; above it, the text is in another alphabet or is no text. */
const MOST_UNLIKELY = 0.06;

/** `score`: how much the text looks like Cyrillic prose, at most 1; `unlikely`: how many signs speak against it. */
function likeness(text: string): { readonly score: number; readonly unlikely: number; readonly letters: number } {
  const letters = count(text, CYRILLIC);
  const high = count(text, HIGH);
  if (letters < LEAST_LETTERS || count(text, ORDINARY) < high * 0.97) return { score: 0, unlikely: letters, letters };
  const unlikely = count(text, UNLIKELY) + unpaired(text);
  return {
    score: unlikely > letters * MOST_UNLIKELY ? 0 : (count(text, FREQUENT) - count(text, RARE) - 2 * unlikely - shouted(text)) / letters,
    unlikely,
    letters,
  };
}

/** The old encoding in which the bytes read as Cyrillic prose, if one is clearly better than all others. */
export function guessCyrillic(bytes: Uint8Array): string | undefined {
  const ranked = ENCODINGS.map((encoding) => {
    const text = decodeAs(encoding, bytes);
    return { encoding, text, ...likeness(text) };
  }).sort((a, b) => b.score - a.score);
  const best = ranked[0];
  const second = ranked.find(({ text }) => text !== best?.text);
  const isLikely = best !== undefined && best.score >= 0.4;
  const isAlone =
    isLikely && (second === undefined || second.score < best.score - 0.02 - DOUBT / best.letters || second.unlikely > best.unlikely);
  return isAlone && best.unlikely === 0 ? best.encoding : (guessKazakh(bytes) ?? (isAlone ? best.encoding : undefined));
}

function guessKazakh(bytes: Uint8Array): string | undefined {
  const ranked = KAZAKH_ENCODINGS.map((encoding) => ({ encoding, letters: kazakhLetters(decodeAs(encoding, bytes)) }));
  const best = ranked.sort((a, b) => b.letters - a.letters)[0];
  return best !== undefined && best.letters > 0 ? best.encoding : undefined;
}

/** The number of letters that only Kazakh has, if the text reads as Kazakh; else 0. */
function kazakhLetters(text: string): number {
  const letters = count(text, CYRILLIC);
  const own = count(text, /[әғқңөұүһі]/gi);
  const isKazakh = letters >= LEAST_LETTERS && text.includes("қ") && own > letters * 0.08 && own < letters * 0.4;
  const foreign = count(text, UNLIKELY) + unpaired(text);
  return isKazakh && foreign <= letters * 0.01 && count(text, ORDINARY) >= count(text, HIGH) * 0.97 ? own : 0;
}
