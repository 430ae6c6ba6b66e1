import { SIMPLIFIED, TRADITIONAL } from "./chinese-scripts.ts";
import { ENGLISH, FAMILIAR, NOT_ENGLISH } from "./english-words.ts";

/** How many characters of a text are read; that is enough to know its language. */
const READ = 2000;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** What a text reveals about its language; `script` (ISO 15924) is undefined if no script has most of its letters. */
export type LanguageGuess = {
  readonly script: string | undefined;
  /** One of ru, kk, zh-Hans, zh-Hant, ar, en: a wrong answer is worse than none. */
  readonly tag?: string;
  /** With a tag: no other language of its script fits its letters. Without one: it is certainly none of the languages above. */
  readonly sure: boolean;
};

const unsure = (script: string | undefined): LanguageGuess => ({ script, sure: false });
const other = (script: string): LanguageGuess => ({ script, sure: true });
const known = (script: string, tag: string): LanguageGuess => ({ script, tag, sure: true });

/** The language of a text, from its script, telltale letters and small words. */
export function guessLanguage(text: string): LanguageGuess {
  const sample = text.slice(0, READ).toLowerCase();
  // Most texts are pure ASCII or almost, which needs no Unicode tables.
  if (!/[^\0-\x7F]/.test(sample)) return /[a-z]/.test(sample) ? latin(sample) : unsure(undefined);
  const others = sample.replace(/[\0-\x7F]+/g, " ");
  const kana = count(others, /[\p{Script=Hira}\p{Script=Kana}]/gu);
  const scripts = {
    cyrillic: count(others, /\p{Script=Cyrillic}/gu),
    latin: sample.replace(/[^a-z]+/g, "").length + count(others, /\p{Script=Latin}/gu),
    arabic: count(others, /\p{Script=Arabic}/gu),
    // A Chinese character says as much as two or three letters.
    han: count(others, /\p{Script=Han}/gu) * 2.5 + kana,
    other: count(others, /(?=\p{L})[^\p{Script=Cyrillic}\p{Script=Latin}\p{Script=Arabic}\p{Script=Han}\p{Script=Hira}\p{Script=Kana}]/gu),
  };
  const total = Object.values(scripts).reduce((sum, letters) => sum + letters, 0);
  const most = Object.entries(scripts).find(([, letters]) => letters > total * 0.6)?.[0];
  if (most === "cyrillic") return cyrillic(sample, scripts.cyrillic);
  if (most === "han") return kana > scripts.han / 25 ? other("Jpan") : chinese(sample, scripts.other > scripts.han / 25);
  if (most === "arabic") return arabic(sample, scripts.arabic);
  if (most === "latin") return latin(sample);
  return most === "other" ? otherScript(others, total) : unsure(undefined);
}

/** Scripts of living languages that none of the languages above uses. */
const OTHERS =
  "Grek Armn Geor Hebr Syrc Thaa Nkoo Adlm Rohg Ethi Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Tibt Mymr Khmr Mong Hang " +
  "Bopo Yiii Cher Cans Tfng Vaii Olck Mtei Cakm Lisu Tale Talu Lana Bali Java Sund Lepc Limb Cham Bugi Osge Newa Gong Gonm";

/** Hangul means Korean. */
function otherScript(text: string, total: number): LanguageGuess {
  const found = OTHERS.split(" ").find((script) => count(text, new RegExp(`\\p{Script=${script}}`, "gu")) > total * 0.6);
  return found === undefined ? unsure(undefined) : other(found === "Hang" ? "Kore" : found);
}

/** A sixth of all letters in Kazakh are unknown to Russian; letters unknown to both mean another language. */
function cyrillic(text: string, letters: number): LanguageGuess {
  if (count(text, /[ўҳҷӣӯҗїєґђјљњћџѓќѕӑӗҫӳԥҟҩӷԝӈӄԓӌҡҥҙӕӏӧӱӹӥӟӝӵ]/g) > letters * 0.002) return other("Cyrl");
  const kazakh = count(text, /[әғқңөұүһі]/g);
  if (kazakh > letters * 0.03) {
    return count(text, /[қғұі]/g) > letters * 0.015 && count(text, /[ғқұә]/g) > 0 ? known("Cyrl", "kk") : other("Cyrl");
  }
  // Kyrgyz, Tuvan and Mongolian have three of these letters.
  if (letters > 60 && kazakh > letters * 0.01 && count(text, /[әғқұһі]/g) === 0) return other("Cyrl");
  const russian = count(text, /[ыэё]/g);
  // Bulgarian has "ъ" where Russian has "ы" and "э".
  if (russian === 0 && (letters > 200 || (letters > 60 && count(text, /ъ/g) > letters * 0.008))) return other("Cyrl");
  return kazakh > letters * 0.01 || letters < 4 ? unsure("Cyrl") : { script: "Cyrl", tag: "ru", sure: russian > 0 };
}

function chinese(text: string, mixed: boolean): LanguageGuess {
  if (mixed) return unsure("Hani");
  const simplified = count(text, SIMPLIFIED);
  const traditional = count(text, TRADITIONAL);
  if (simplified === traditional) return unsure("Hani");
  const [more, fewer] = simplified > traditional ? [simplified, traditional] : [traditional, simplified];
  if (fewer > more / 3) return unsure("Hani");
  return simplified > traditional ? known("Hans", "zh-Hans") : known("Hant", "zh-Hant");
}

/** Persian, Urdu, Uyghur, Pashto and Kazakh in Arabic script have letters that Arabic lacks; Arabic is full of "ة", "ى" and "ال". */
function arabic(text: string, letters: number): LanguageGuess {
  if (count(text, /[پچژگکیےہںھڭۇۆۈېەۋټډړښځ]/g) > letters * 0.01) return other("Arab");
  if (count(text, /(?<!\p{L})[وبفكل]?(?:ال|لل)|ة|ى/gu) > letters * 0.01) return known("Arab", "ar");
  return letters > 60 ? other("Arab") : unsure("Arab");
}

function latin(text: string): LanguageGuess {
  // Parts of hashes and version numbers are not words.
  const isAscii = !/[^\0-\x7F]/.test(text);
  if (isAscii && isEnglish(smallWords(text))) return known("Latn", "en");
  const words = text.match(isAscii ? PLAIN_WORDS : WORDS) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const foreigners = words.filter((word) => NOT_ENGLISH.has(word));
  const foreign = foreigners.length;
  if (isEnglish({ words: words.length, english, foreign })) return known("Latn", "en");
  if (words.length < FEW) return unsure(undefined); // a name, perhaps, which any newsroom may use
  const accented = count(text, /(?=\p{Script=Latin})[^a-z]/gu);
  // One word says nothing, however often it stands there: "Para one. Para two."
  const foreigner = foreign > english && new Set(foreigners).size >= 2;
  const familiar = words.filter((word) => FAMILIAR.has(word) || ENGLISH_FORM.test(word)).length;
  const bare = words.length >= 12 && familiar < words.length * 0.03;
  const strange = english < words.length * 0.05 && (accented > text.length * 0.02 || bare);
  return foreigner || strange ? other("Latn") : unsure("Latn");
}

type Words = { readonly words: number; readonly english: number; readonly foreign: number };

const isEnglish = ({ words, english, foreign }: Words): boolean => english >= 2 && english >= words * 0.12 && foreign <= english / 3;

/** Counts the words of an ASCII text in lower case, as PLAIN_WORDS finds them, and the small ones of each kind. */
function smallWords(text: string): Words {
  let [words, english, foreign] = [0, 0, 0];
  for (let at = 0; at < text.length; ) {
    const start = at;
    let hasDigit = false;
    for (let code = text.charCodeAt(at); isLetter(code) || isDigit(code); code = text.charCodeAt(at)) {
      hasDigit ||= isDigit(code);
      at += 1;
    }
    const length = at - start;
    at += 1;
    if (hasDigit || length < 2) continue;
    words += 1;
    if (length > LONGEST_SMALL) continue;
    const word = text.slice(start, start + length);
    if (ENGLISH.has(word)) english += 1;
    if (NOT_ENGLISH.has(word)) foreign += 1;
  }
  return { words, english, foreign };
}

const isLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const LONGEST_SMALL = Math.max(...[...ENGLISH, ...NOT_ENGLISH].map((word) => word.length));

/** Without digits next to them. Most texts are ASCII, which needs no Unicode tables. */
const WORDS = /(?<![\p{L}\d])\p{L}{2,}(?![\p{L}\d])/gu;
const PLAIN_WORDS = /(?<![a-z\d])[a-z]{2,}(?![a-z\d])/g;
const FEW = 6;
const ENGLISH_FORM = /..(?:ing|ed|ght|tion)s?$/;
