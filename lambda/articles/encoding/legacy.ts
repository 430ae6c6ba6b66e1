import { guessArabic } from "./legacy-arabic.ts";
import { guessCyrillic } from "./legacy-cyrillic.ts";
import { looksLatin } from "./legacy-latin.ts";
import { count, decodeAs } from "./single-byte.ts";

/** Text of a file that is not UTF-8. "letters": its letters make sense so; "file": the file says so itself. */
export type Legacy = { readonly text: string; readonly encoding: string; readonly by: "letters" | "file" };

/** So much is read to know an encoding, from the first byte on that is not ASCII. */
const READ = 65_536;
const NAMED: readonly RegExp[] = [
  /<meta[^>]{1,200}charset\s*=\s*["']?([\w:.-]{2,30})/i,
  /^\s*<\?xml[^>]{1,100}encoding=["']([\w:.-]{2,30})["']/,
];

/** The text in the one old encoding in which it makes sense; else in the one that an HTML page names. Undefined: nobody knows. */
export function legacyText(bytes: Uint8Array): Legacy | undefined {
  if (bytes.includes(0) || isDamagedUtf8(bytes)) return undefined;
  const first = bytes.findIndex((byte) => byte > 127);
  const sample = bytes.subarray(Math.max(0, first - 200), first + READ);
  const named = namedIn(bytes);
  // Hebrew reads as Cyrillic in capitals, but who names an encoding of another script means it.
  if (named !== undefined && isOfItsScript(named)) return { ...named, by: "file" };
  const guess = guessCyrillic(sample) ?? guessArabic(sample);
  if (guess !== undefined) return { text: decodeAs(guess, bytes), encoding: guess, by: "letters" };
  if (named !== undefined) return { ...named, by: "file" };
  const latin = decodeAs("windows-1252", bytes);
  return looksLatin(latin) ? { text: latin, encoding: "windows-1252", by: "letters" } : undefined;
}

/** A file with more whole UTF-8 sequences than stray bytes is UTF-8 with damage, and no other encoding. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const lenient = new TextDecoder("utf-8").decode(bytes);
  const stray = count(lenient, /\uFFFD/g);
  return count(lenient, /[\u0080-\uFFFF]/g) - stray > stray;
}

/** A set of single bytes has a letter for every byte, so that a wrong one contradicts nothing but what words look like. */
function readsAsProse(text: string): boolean {
  const letters = count(text, /(?=[^\0-\x7F])\p{L}/gu);
  const odd = count(text, /(?<=\p{Ll})\p{Lu}|[¤¦¬¯¸´¨¼½¾¹²³№±µ¶§©®°](?=\p{L})|(?<=\p{L})[¤¦¬¯¸´¨¼½¾№±µ¶§¡¿]/gu);
  // C1 control characters and private ones: the platform reads bytes without a meaning so in some of the sets.
  return !/[\u0080-\u009F\uE000-\uF8FF]/.test(text) && odd <= letters * 0.03;
}

/** By `<meta charset>` or the XML declaration; not where a single byte contradicts it, and not UTF-8, which was tried. */
function namedIn(bytes: Uint8Array): { readonly text: string; readonly encoding: string } | undefined {
  const start = decodeAs("windows-1252", bytes.subarray(0, 2048)).replace(/<!--.*?-->/gs, "");
  const label = NAMED.map((form) => form.exec(start)?.[1]).find((found) => found !== undefined);
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    if (label === undefined || /^utf-/.test(decoder.encoding)) return undefined;
    const text = decoder.decode(bytes);
    return readsAsProse(text) ? { text, encoding: decoder.encoding } : undefined;
  } catch {
    return undefined; // the only way in which the platform answers "no such encoding" and "not in it"
  }
}

const SCRIPTS: readonly (readonly [encoding: RegExp, letters: RegExp])[] = [
  [/^(?:windows-1255|iso-8859-8)/, /\p{Script=Hebrew}/gu],
  [/^(?:windows-1253|iso-8859-7)/, /\p{Script=Greek}/gu],
  [/^(?:windows-874|iso-8859-11)/, /\p{Script=Thai}/gu],
];

/** Whether nearly all of its letters beyond ASCII are of the script for which its encoding was made. */
function isOfItsScript({ text, encoding }: { readonly text: string; readonly encoding: string }): boolean {
  const letters = SCRIPTS.find(([name]) => name.test(encoding))?.[1];
  return letters !== undefined && count(text, letters) > 0.95 * count(text, /(?=[^\0-\x7F])\p{L}/gu);
}
