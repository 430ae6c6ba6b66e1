import { count, decodeAs } from "./single-byte.ts";

/** Encodings in which Cyrillic texts were saved before UTF-8. */
const ENCODINGS = ["windows-1251", "koi8-r", "ibm866", "iso-8859-5", "x-mac-cyrillic"] as const;
/** Those in which only Kazakh differs from windows-1251. */
const KAZAKH_ENCODINGS = ["KZ-1048", "PTCP154"] as const;

/** The ten most frequent letters of Russian, which are frequent in its neighbours too: two thirds of any text. */
const FREQUENT = /[оеаинтсрвл]/g;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
/** Beside letters, what typed text holds above ASCII: quotation marks, dashes, the number sign, a space that does not break. */
const ORDINARY = /[\p{Script=Cyrillic}\u00A0«»“”„‘’–—…№§©®°•·±€™‹›¤]/gu;
const HIGH = /[\u0080-\uFFFF]/g;
/** What wrong encodings make of nearly every word: a capital behind a small letter, letters of rare alphabets, a sign that touches a letter. */
const UNLIKELY =
  /(?<=\p{Ll})[А-ЯЁӘҒҚҢӨҰҮҺ]|[ЂЃѓЉЊЌЋЏђљњќћџЎўЈјҐґЄєЅѕЇї]|(?<=[а-яё])[€№†‡•®©¤≥≤√≈∆ƒ÷¬]|[€†‡•®©¤≥≤√≈∆ƒ÷¬–—”’‘‚…\u00A0](?=[а-яё])/gu;

const LEAST_LETTERS = 10;
/** Of the letters; beyond, it is another alphabet or no text at all. */
const MOST_UNLIKELY = 0.06;

/** From 0 to 1: how much the text looks like Cyrillic prose; and how much in it is unlikely. */
function likeness(text: string): { readonly score: number; readonly unlikely: number } {
  const letters = count(text, CYRILLIC);
  const high = count(text, HIGH);
  if (letters < LEAST_LETTERS || count(text, ORDINARY) < high * 0.97) return { score: 0, unlikely: letters };
  const unlikely = count(text, UNLIKELY);
  return { score: unlikely > letters * MOST_UNLIKELY ? 0 : (count(text, FREQUENT) - 2 * unlikely) / letters, unlikely };
}

/** The old encoding in which bytes read as Cyrillic prose, if there is one and no other comes near. */
export function guessCyrillic(bytes: Uint8Array): string | undefined {
  const kazakh = KAZAKH_ENCODINGS.map((encoding) => ({ encoding, letters: kazakhLetters(decodeAs(encoding, bytes)) })).sort(
    (a, b) => b.letters - a.letters,
  )[0];
  if (kazakh !== undefined && kazakh.letters > 0) return kazakh.encoding;
  const ranked = ENCODINGS.map((encoding) => {
    const text = decodeAs(encoding, bytes);
    return { encoding, text, ...likeness(text) };
  }).sort((a, b) => b.score - a.score);
  const best = ranked[0];
  const second = ranked.find(({ text }) => text !== best?.text);
  if (best === undefined || best.score < 0.45) return undefined;
  const isAlone = second === undefined || second.score < best.score - 0.02 || second.unlikely > best.unlikely;
  return isAlone ? best.encoding : undefined;
}

/** How many letters only Kazakh has, in a text that reads as Kazakh. Else 0. */
function kazakhLetters(text: string): number {
  const letters = count(text, CYRILLIC);
  const own = count(text, /[әғқңөұүһі]/gi);
  const isKazakh = letters >= LEAST_LETTERS && text.includes("қ") && own > letters * 0.08 && own < letters * 0.4;
  const foreign = count(text, UNLIKELY);
  return isKazakh && foreign <= letters * 0.01 && count(text, ORDINARY) >= count(text, HIGH) * 0.97 ? own : 0;
}
