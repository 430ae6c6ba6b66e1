import { count } from "./single-byte.ts";

const ENCODINGS = ["windows-1256", "iso-8859-6"] as const;
const ARABIC = /[\u0621-\u064A]/g;
/** The letters that make up two thirds of any Arabic text. */
const FREQUENT = /[اليمونرتبةع]/g;
const ORDINARY = /[\u0621-\u0652\u0640،؛؟\u00A0«»“”„‘’–—…•·°©®\u200C-\u200F]/g;
const HIGH = /[\u0080-\uFFFF]/g;

/** The old encoding in which the bytes read as Arabic prose: only in the right one do many words begin with the article "ال". */
export function guessArabic(bytes: Uint8Array): string | undefined {
  return ENCODINGS.find((encoding) => {
    const text = new TextDecoder(encoding).decode(bytes);
    const letters = count(text, ARABIC);
    const articles = count(text, /(?<!\p{L})[وبفك]?ال\p{L}/gu);
    const ordinary = count(text, ORDINARY) >= count(text, HIGH) * 0.97;
    return letters >= 20 && ordinary && articles * 40 > letters && count(text, FREQUENT) > letters * 0.5;
  });
}
