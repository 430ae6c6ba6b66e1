import { SIMPLIFIED, TRADITIONAL } from "./chinese-scripts.ts";

/** What is read of a text: enough to know its language, whatever its length. */
const READ = 4000;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * The language of a text by its script and telling letters: ru, kk, zh-Hans, zh-Hant, ar, en. Undefined where it is none of them,
 * or where nothing tells: a wrong answer is worse than none.
 */
export function detect(text: string): string | undefined {
  const sample = text.slice(0, READ).toLowerCase();
  // Nearly all that is in most texts are Latin letters, which need no tables of Unicode.
  const others = sample.replace(/[\0-\x7F]+/g, " ");
  const scripts = {
    cyrillic: count(others, /\p{Script=Cyrillic}/gu),
    latin: count(sample, /[a-z]/g) + count(others, /\p{Script=Latin}/gu),
    arabic: count(others, /\p{Script=Arabic}/gu),
    // A Chinese character says as much as two or three letters of an alphabet.
    han: count(others, /\p{Script=Han}/gu) * 2.5,
    other: count(others, /(?=\p{L})[^\p{Script=Cyrillic}\p{Script=Latin}\p{Script=Arabic}\p{Script=Han}]/gu),
  };
  const total = Object.values(scripts).reduce((sum, letters) => sum + letters, 0);
  const most = Object.entries(scripts).find(([, letters]) => letters > total * 0.6)?.[0];
  if (most === "cyrillic") return cyrillic(sample, scripts.cyrillic);
  if (most === "han") return scripts.other > scripts.han / 25 ? undefined : chinese(sample); // kana and Hangul: Japanese, Korean
  if (most === "arabic") return arabic(sample, scripts.arabic);
  return most === "latin" ? latin(sample) : undefined;
}

/** Letters that Kazakh has and Russian has not are a sixth of it; those that neither has are somebody else's. */
function cyrillic(text: string, letters: number): string | undefined {
  if (count(text, /[ўҳҷӣӯҗїєґђјљњћџѓќѕӑӗҫӳ]/g) > letters * 0.002) return undefined;
  const kazakh = count(text, /[әғқңөұүһі]/g);
  if (kazakh > letters * 0.03) return count(text, /[қғұі]/g) > letters * 0.015 && count(text, /[ғқұә]/g) > 0 ? "kk" : undefined;
  // Bulgarian has "ъ" where Russian has "ы" and "э".
  const bulgarian = letters > 60 && count(text, /ъ/g) > letters * 0.008 && count(text, /[ыэё]/g) === 0;
  return kazakh > letters * 0.01 || bulgarian || letters < 4 ? undefined : "ru";
}

function chinese(text: string): string | undefined {
  const simplified = count(text, SIMPLIFIED);
  const traditional = count(text, TRADITIONAL);
  if (simplified === traditional) return undefined;
  const [more, fewer] = simplified > traditional ? [simplified, traditional] : [traditional, simplified];
  return fewer > more / 3 ? undefined : simplified > traditional ? "zh-Hans" : "zh-Hant";
}

/** Persian, Urdu, Uyghur, Kazakh in Arabic letters and Pashto have letters of their own; Arabic has "ة", "ى", "ال" at every turn. */
function arabic(text: string, letters: number): string | undefined {
  if (count(text, /[پچژگکیےہںھڭۇۆۈېەۋټډړښځ]/g) > letters * 0.01) return undefined;
  return count(text, /(?<!\p{L})[وبفكل]?(?:ال|لل)|ة|ى/gu) > letters * 0.01 ? "ar" : undefined;
}

/** Small words of English that others of its script do not have, and small words of those others. */
const ENGLISH = new Set(
  (
    "the and of that with for from this have has had was were are is been which their they would will about it its by as not to be can you " +
    "your we our or an at if but there more than when who what said"
  ).split(" "),
);
const NOT_ENGLISH = new Set(
  (
    "der und das ist nicht ein eine zu den von mit le les des est une dans pour que qui et du el los las una por con para como del il di che " +
    "per della non sono os um uma não em het een van niet voor dat och att som det på ve bir bu için nie jest się na va bilan uchun"
  ).split(" "),
);

function latin(text: string): string | undefined {
  const words = text.match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  if (english < 2 || english < words.length * 0.12) return undefined;
  return words.filter((word) => NOT_ENGLISH.has(word)).length > english / 3 ? undefined : "en";
}
