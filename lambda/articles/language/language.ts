import type { Key } from "../../stores/store.ts";
import { guessLanguage } from "./detect.ts";
import { memoize } from "./memoize.ts";

/** What the detector may return if the newsroom names no languages. */
const KNOWN = ["ru", "kk", "zh-Hans", "zh-Hant", "en", "ar"];

/** RFC 5646, 4.4.1: the length that programs must support. A tag names a folder of a split channel. */
const LONGEST = 35;

/**
 * Languages with extended subtags (RFC 5646, 2.2.2 and 4.5): `zh-cmn-Hans` is `cmn-Hans` in full. The platform accepts only the short form.
 */
const EXTENDED = /^(?:ar|kok|lv|ms|sgn|sw|uz|zh)-(?=[a-z]{3}(?:-|$))/i;

/** A language tag in its canonical spelling (BCP 47); `en_US` and `en_US.UTF-8` count as `en-US`. Undefined for anything else. */
export const canonicalTag = memoize((written): string | undefined => {
  const tag = written
    .trim()
    .replace(/\.[\w-]*$/, "")
    .replaceAll("_", "-")
    .replace(EXTENDED, "");
  try {
    return tag.length <= LONGEST && beginsWithLanguage(tag) ? Intl.getCanonicalLocales(tag)[0] : undefined;
  } catch {
    return undefined; // the platform's only way to say "not a tag"
  }
});

/** ISO 639-1, which is closed: all two-letter languages, with withdrawn ones that the platform replaces. */
const TWO_LETTERS = new Set(
  (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff " +
    "fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn " +
    "ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa " +
    "pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug " +
    "uk ur uz ve vi vo wa wo xh yi yo za zh zu"
  ).split(" "),
);

/**
 * Whether a well-formed tag begins with a language: a country ("kz", "cn", "ua") or a name ("russian") has the form of a tag too. There are
 * thousands of three-letter languages, so any three letters pass.
 */
function beginsWithLanguage(tag: string): boolean {
  const [language = ""] = tag.toLowerCase().split(/[-_]/);
  return language.length === 3 || TWO_LETTERS.has(language);
}

/** A tag with its most likely script: `zh` and `zh-CN` are `zh-Hans`, `kk-CN` is `kk-Arab`. */
const written = memoize((tag): { readonly language: string; readonly script: string | undefined } => {
  const { language, script } = new Intl.Locale(tag).maximize();
  return { language, script };
});

/** The language named in a key, and the key without it and without extension, which all languages of one file share. */
export type LanguagePart = { readonly tag: string; readonly rest: string };

/**
 * A folder of the key, or a part of the file's name (`story.ru.md`), that is a language of the newsroom; the nearest to the file wins. The
 * rest of `story.ru.md` is `story`; `ru/story.md` gets "*" for the folder.
 */
export function languagePart(key: Key, languages: readonly string[]): LanguagePart | undefined {
  if (!shortWord.test(key)) return undefined;
  const folders = key.split("/");
  const words = folders.pop()?.split(".") ?? [];
  for (let at = words.length - 2; at > 0; at--) {
    const tag = knownTag(words[at], languages);
    if (tag !== undefined) return { tag, rest: [...folders, words.toSpliced(at, 1).slice(0, -1).join(".")].join("/") };
  }
  for (let at = folders.length - 1; at >= 0; at--) {
    const tag = knownTag(folders[at], languages);
    if (tag !== undefined) return { tag, rest: [...folders.with(at, "*"), words.slice(0, -1).join(".")].join("/") };
  }
  return undefined;
}

/** A word that may be a tag, not at the end of a key. Most keys have none, and need not be taken apart. */
const shortWord = /(?:^|[./])[A-Za-z]{2,3}(?:[-_]\w+)*[./]/;

function knownTag(word: string | undefined, languages: readonly string[]): string | undefined {
  const tag = word !== undefined && /^[A-Za-z]{2,3}(?:[-_]\w+)*$/.test(word) ? canonicalTag(word) : undefined;
  return tag !== undefined && languages.includes(tag) ? tag : undefined;
}

type Spoken = { readonly language: string; readonly languages: readonly string[] };

/** The newsroom's first tag with the language and script that were found. */
function answer(found: string, newsroom: Spoken): string | undefined {
  const { language, script } = written(found);
  const allowed = newsroom.languages.length === 0 ? [newsroom.language, ...KNOWN] : newsroom.languages;
  return allowed.find((tag) => {
    const canonical = canonicalTag(tag);
    return canonical !== undefined && written(canonical).language === language && written(canonical).script === script;
  });
}

/**
 * The language of a text without a stated one: the detected language; else the site's own, or the only other of its languages, that the
 * text may be in; else only the script (`und-Arab`, BCP 47), because a wrong language is worse.
 */
export function languageOfText(text: string, newsroom: Spoken): string {
  const { tag, script, sure } = guessLanguage(text);
  const fits = (candidate: string) => script === undefined || isWrittenIn(candidate, script);
  const unknownHere = (candidate: string) => !KNOWN.some((one) => written(one).language === written(candidate).language);
  if (tag !== undefined && !sure && fits(newsroom.language) && unknownHere(newsroom.language)) return newsroom.language;
  const found = tag === undefined ? undefined : answer(tag, newsroom);
  if (found !== undefined) return found;
  const own = [...new Set([newsroom.language, ...newsroom.languages])];
  const possible = tag !== undefined && sure ? [] : own.filter((candidate) => fits(candidate) && (!sure || unknownHere(candidate)));
  if (possible.includes(newsroom.language)) return newsroom.language;
  return possible.length === 1 && possible[0] !== undefined ? possible[0] : nameless(script);
}

/** Han characters alone fit every language that uses them. */
function isWrittenIn(tag: string, script: string): boolean {
  const own = written(canonicalTag(tag) ?? tag).script ?? "";
  return own === script || (script === "Hani" && ["Hans", "Hant", "Jpan", "Kore"].includes(own));
}

const nameless = (script: string | undefined): string => (script === undefined ? "und" : `und-${script}`);

/** Whether the language is undetermined: `und-Arab`. */
export const isUnknown = (tag: string): boolean => /^und(?:-|$)/i.test(tag);
