/** Encodings in which Cyrillic texts were saved before UTF-8, all of them known to the platform's own decoder. */
const ENCODINGS = ["windows-1251", "koi8-r", "ibm866", "iso-8859-5"] as const;

/** The ten most frequent letters of Russian, which are frequent in its neighbours too: two thirds of any text. */
const FREQUENT = /[оеаинтсрвл]/g;
/** A capital behind a small letter, as wrong encodings make them in nearly every word. */
const CAPITAL_INSIDE = /\p{Script=Cyrillic}(?<=\p{Ll})\p{Lu}/gu;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
/** Beside letters, what typed text holds above ASCII: quotation marks, dashes, the number sign, a space that does not break. */
const ORDINARY = /[\p{Script=Cyrillic}\u00A0«»“”„‘’–—…№§©®°•·±€™‹›¤]/gu;
const HIGH = /[\u0080-\uFFFF]/g;

const LEAST_LETTERS = 10;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** From 0 to 1 and a little more: how much the text looks like Cyrillic prose. */
function likeness(text: string): number {
  const letters = count(text, CYRILLIC);
  const high = count(text, HIGH);
  if (letters < LEAST_LETTERS || count(text, ORDINARY) < high * 0.97) return 0;
  return (count(text, FREQUENT) - 3 * count(text, CAPITAL_INSIDE)) / letters;
}

/** A file with more whole UTF-8 sequences than stray bytes is UTF-8 with damage, and no other encoding. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const lenient = new TextDecoder("utf-8").decode(bytes);
  const stray = count(lenient, /\uFFFD/g);
  return count(lenient, HIGH) - stray > stray;
}

/** The text in the one old encoding in which it reads as Cyrillic prose, if there is one and no other comes near. */
export function guessCyrillic(bytes: Uint8Array): { readonly encoding: string; readonly text: string } | undefined {
  if (bytes.includes(0) || isDamagedUtf8(bytes)) return undefined;
  const ranked = ENCODINGS.map((encoding) => {
    const text = new TextDecoder(encoding).decode(bytes);
    return { encoding, text, score: likeness(text) };
  }).sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (best === undefined || best.score < 0.45 || best.score - (second?.score ?? 0) < 0.1) return undefined;
  return { encoding: best.encoding, text: best.text };
}
