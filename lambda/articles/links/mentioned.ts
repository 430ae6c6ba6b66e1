import type { Key } from "../../stores/store.ts";
import { mediaReferenceOf } from "./media-mark.ts";

/** Every ending of a picture, sound or video (media-type.ts). */
const MEDIUM = /\.(?:jpe?g|png|gif|webp|avif|svg|ico|mp3|m4a|aac|og[ga]|opus|wav|flac|mp4|m4v|mov|webm)(?![a-z0-9])/gi;
/** How far before its ending an address may begin. */
const LONGEST = 600;

/** What ends an address, looking back: a name without spaces, one in a list, one with spaces, a quoted one. */
const STOPS = [" \t\n\"'`()<>[]{}|=", " \t\n\"'`()<>[]{}|=,", "\t\n\"'`()<>[]{}|=", '"\n', "'\n"].map((signs) => new Set(signs));

/**
 * Files of the content that a source may refer to, by a look at its text alone: too many rather than too few, since it reads no Markdown
 * and no HTML. Ordered.
 */
export function mediaMentioned(source: string, article: Key): readonly Key[] {
  const found = new Set<Key>();
  // An ending may be hidden behind a reference to its dot or to a letter, but not behind a backslash.
  if (source.search(MEDIUM) === -1 && !(source.includes("&") && /&(?:#|period;)/.test(source))) return [];
  for (const text of readings(source)) {
    const before = namesBefore(text);
    for (const { index, 0: ending } of text.matchAll(MEDIUM)) {
      for (const name of before(index)) {
        const reference = mediaReferenceOf(name + ending, article, "");
        if (reference !== undefined) found.add(reference.key);
      }
    }
  }
  return [...found].sort();
}

/** What may stand before an ending. Indexes must only grow: no character of the text is looked at twice. */
function namesBefore(text: string): (end: number) => ReadonlySet<string> {
  const starts = STOPS.map(() => 0);
  let [seen, target, next] = [0, -1, text.indexOf("](")];
  return (end) => {
    if (end - seen > LONGEST) {
      seen = end - LONGEST;
      starts.fill(Number.NEGATIVE_INFINITY);
    }
    for (; seen < end; seen += 1) {
      const sign = text[seen] ?? "";
      for (const [index, stops] of STOPS.entries()) if (stops.has(sign)) starts[index] = seen + 1;
    }
    for (; next !== -1 && next < end; next = text.indexOf("](", next + 1)) target = next;
    const from = [...starts, ...(target === -1 ? [] : [target + 2])];
    const names = from.flatMap((start) => (end - start > LONGEST ? [] : [text.slice(start, end).replace(/^\s*<?/, "")]));
    return new Set(names.filter((name) => name !== ""));
  };
}

/** The text as it stands, and as it reads without character references and backslashes. */
function readings(text: string): readonly string[] {
  const named = text.includes("&") ? withoutReferences(text) : text;
  const plain = named.includes("\\") ? named.replace(/\\(?=[!-/:-@[-`{-~])/g, "") : named;
  return plain === text ? [text] : [text, plain];
}

const withoutReferences = (text: string): string =>
  text
    .replace(/&#(\d{1,7});/g, (_, code: string) => character(Number(code)))
    .replace(/&#x([\da-f]{1,6});/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&(?:amp|lt|gt|quot|apos|period|sol|lowbar|nbsp);/g, (name) => NAMED[name] ?? name);

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "");
const NAMED: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&period;": ".",
  "&sol;": "/",
  "&lowbar;": "_",
  "&nbsp;": "\u00a0",
};
