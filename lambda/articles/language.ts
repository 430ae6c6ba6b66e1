import type { Key } from "../stores/store.ts";
import { detect } from "./detect.ts";

/** What the detector knows, where the newsroom names no languages. */
const KNOWN = ["ru", "kk", "zh-Hans", "zh-Hant", "en", "ar"];

/** A language tag in its canonical spelling (BCP 47); `en_US` and `en_US.UTF-8` count as `en-US`. Undefined for anything else. */
export function canonicalTag(written: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(
      written
        .trim()
        .replace(/\.[\w-]*$/, "")
        .replaceAll("_", "-"),
    )[0];
  } catch {
    return undefined; // the only way in which the platform answers "no tag"
  }
}

/** A tag with its most likely script: `zh` and `zh-CN` are `zh-Hans`, `kk-CN` is `kk-Arab`. */
function written(tag: string): { readonly language: string; readonly script: string | undefined } {
  const { language, script } = new Intl.Locale(tag).maximize();
  return { language, script };
}

/** Scripts written from right to left that living languages use. */
const RIGHT_TO_LEFT = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr", "Yezi"]);

/** The direction of a language's writing, of its most likely script: `kk` is "ltr", `kk-CN` "rtl". */
export function direction(tag: string): "ltr" | "rtl" {
  const canonical = canonicalTag(tag);
  return canonical !== undefined && RIGHT_TO_LEFT.has(written(canonical).script ?? "") ? "rtl" : "ltr";
}

/** A folder of the key, or a part of the file's name (`story.ru.md`), that is one of the newsroom's languages. The nearest to the file. */
export function languageOfPath(key: Key, languages: readonly string[]): string | undefined {
  const parts = key.split("/").flatMap((segment, index, all) => (index === all.length - 1 ? segment.split(".").slice(1, -1) : [segment]));
  for (const part of parts.reverse()) {
    const tag = /^[A-Za-z]{2,3}(?:[-_]\w+)*$/.test(part) ? canonicalTag(part) : undefined;
    if (tag !== undefined && languages.includes(tag)) return tag;
  }
  return undefined;
}

/** Of the newsroom's own tags, the first in whose language and script the text is; undefined: don't know. */
export function detectLanguage(
  text: string,
  newsroom: { readonly language: string; readonly languages: readonly string[] },
): string | undefined {
  const found = detect(text);
  if (found === undefined) return undefined;
  const answer = written(found);
  const allowed = newsroom.languages.length === 0 ? [newsroom.language, ...KNOWN] : newsroom.languages;
  return allowed.find((tag) => {
    const canonical = canonicalTag(tag);
    if (canonical === undefined) return false;
    const { language, script } = written(canonical);
    return language === answer.language && script === answer.script;
  });
}
