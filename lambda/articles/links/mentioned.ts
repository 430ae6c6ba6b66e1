import type { Key } from "../../stores/store.ts";
import { mediaReferenceOf } from "./media-mark.ts";

/** Every ending of a picture, sound or video (media-type.ts). */
const MEDIUM = /\.(?:jpe?g|png|gif|webp|avif|svg|ico|mp3|m4a|aac|og[ga]|opus|wav|flac|mp4|m4v|mov|webm)(?![a-z0-9])/gi;
/** How far before its ending an address may begin. */
const LONGEST = 600;

/** What ends a search for the beginning of an address: of a name without spaces, of one in a list, of one with spaces, of a quoted one. */
const STOPS = [" \t\n\"'`()<>[]{}|=", " \t\n\"'`()<>[]{}|=,", "\t\n\"'`()<>[]{}|=", '"\n', "'\n"].map((signs) => new Set(signs));

/**
 * Files of the content that a source may refer to, by a look at its text alone: too many rather than too few, since it reads no Markdown
 * and no HTML. Ordered.
 */
export function mediaMentioned(source: string, article: Key): readonly Key[] {
  const found = new Set<Key>();
  for (const text of readings(source)) {
    for (const { index, 0: ending } of text.matchAll(MEDIUM)) {
      for (const name of namesBefore(text, index)) {
        const reference = mediaReferenceOf(name + ending, article, "");
        if (reference !== undefined) found.add(reference.key);
      }
    }
  }
  return [...found].sort();
}

/** What may stand before an ending, from the shortest to the longest. */
function namesBefore(text: string, end: number): ReadonlySet<string> {
  const names = new Set<string>();
  const least = Math.max(0, end - LONGEST);
  for (const stops of STOPS) {
    let from = end;
    while (from > least && !stops.has(text[from - 1] ?? "")) from -= 1;
    names.add(text.slice(from, end).trimStart());
  }
  // The target of a link may hold brackets.
  const before = text.slice(least, end);
  const target = before.lastIndexOf("](");
  if (target !== -1) names.add(before.slice(target + 2).replace(/^\s*<?/, ""));
  names.delete("");
  return names;
}

/** The text as it stands, and as it reads without character references and backslashes. */
function readings(text: string): readonly string[] {
  if (!/&[#\w]+;|\\/.test(text)) return [text];
  const plain = text
    .replace(/&#(\d{1,7});/g, (_, code: string) => character(Number(code)))
    .replace(/&#x([\da-f]{1,6});/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&(?:amp|lt|gt|quot|apos|period|sol|lowbar|nbsp);/g, (name) => NAMED[name] ?? name)
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "");
  return plain === text ? [text] : [text, plain];
}

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
