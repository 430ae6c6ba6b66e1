import { guessArabic } from "./legacy-arabic.ts";
import { guessCyrillic } from "./legacy-cyrillic.ts";
import { looksLatin } from "./legacy-latin.ts";
import { count, decodeAs } from "./single-byte.ts";

/** Text of a file that is not UTF-8. "letters": its letters make sense in the encoding; "file": the file states the encoding. */
export type Legacy = { readonly text: string; readonly encoding: string; readonly by: "letters" | "file" };

/** How much is read to find the encoding, from the first non-ASCII byte on. */
const READ = 65_536;
const NAMED: readonly RegExp[] = [
  /<meta[^>]{1,200}charset\s*=\s*["']?([\w:.-]{2,30})/i,
  /^\s*<\?xml[^>]{1,100}encoding=["']([\w:.-]{2,30})["']/,
];

/** The text in the one old encoding in which it makes sense, else in the one that an HTML page states. Undefined if neither is known. */
export function legacyText(bytes: Uint8Array): Legacy | undefined {
  if (bytes.includes(0) || isDamagedUtf8(bytes)) return undefined;
  const first = bytes.findIndex((byte) => byte > 127);
  const sample = bytes.subarray(Math.max(0, first - 200), first + READ);
  const named = namedIn(bytes);
  // Hebrew reads as Cyrillic capitals; but a page that states an encoding of another script means it.
  if (named !== undefined && isOfItsScript(named)) return { ...named, by: "file" };
  const guess = guessCyrillic(sample) ?? guessArabic(sample);
  if (guess !== undefined) return { text: decodeAs(guess, bytes), encoding: guess, by: "letters" };
  if (named !== undefined) return { ...named, by: "file" };
  const latin = decodeAs("windows-1252", bytes);
  return looksLatin(latin) ? { text: latin, encoding: "windows-1252", by: "letters" } : undefined;
}

/** A file with more complete UTF-8 sequences than stray bytes is damaged UTF-8, not another encoding. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const lenient = new TextDecoder("utf-8").decode(bytes);
  const stray = count(lenient, /\uFFFD/g);
  return count(lenient, /[\u0080-\uFFFF]/g) - stray > stray;
}

/** Single-byte encodings have a letter for every byte, so only the look of the words can reveal a wrong one. */
function readsAsProse(text: string): boolean {
  const letters = count(text, /(?=[^\0-\x7F])\p{L}/gu);
  const odd = count(text, /(?<=\p{Ll})\p{Lu}|[¤¦¬¯¸´¨¼½¾¹²³№±µ¶§©®°](?=\p{L})|(?<=\p{L})[¤¦¬¯¸´¨¼½¾№±µ¶§¡¿]/gu);
  // The platform decodes unassigned bytes of some encodings as C1 controls or private-use characters.
  return !/[\u0080-\u009F\uE000-\uF8FF]/.test(text) && odd <= letters * 0.03;
}

/** The encoding from `<meta charset>` or the XML declaration, unless a byte contradicts it. Not UTF-8, which was tried before. */
function namedIn(bytes: Uint8Array): { readonly text: string; readonly encoding: string } | undefined {
  const start = decodeAs("windows-1252", bytes.subarray(0, 2048)).replace(/<!--.*?-->/gs, "");
  const label = NAMED.map((form) => form.exec(start)?.[1]).find((found) => found !== undefined);
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    if (label === undefined || /^utf-/.test(decoder.encoding)) return undefined;
    const text = decoder.decode(bytes);
    return readsAsProse(text) ? { text, encoding: decoder.encoding } : undefined;
  } catch {
    return undefined; // the platform's only way to say "no such encoding" or "invalid bytes"
  }
}

const SCRIPTS: readonly (readonly [encoding: RegExp, letters: RegExp])[] = [
  [/^(?:windows-1255|iso-8859-8)/, /\p{Script=Hebrew}/gu],
  [/^(?:windows-1253|iso-8859-7)/, /\p{Script=Greek}/gu],
  [/^(?:windows-874|iso-8859-11)/, /\p{Script=Thai}/gu],
];

/** Whether nearly all letters beyond ASCII belong to the script of the encoding. */
function isOfItsScript({ text, encoding }: { readonly text: string; readonly encoding: string }): boolean {
  const letters = SCRIPTS.find(([name]) => name.test(encoding))?.[1];
  return letters !== undefined && count(text, letters) > 0.95 * count(text, /(?=[^\0-\x7F])\p{L}/gu);
}
