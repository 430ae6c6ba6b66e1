import type { Key } from "../../stores/store.ts";
import { pathOf } from "./identity.ts";
import { transliterate } from "./transliterate.ts";

/** In letters and in bytes of UTF-8: the slug names a folder, and "-2" may follow it. */
const LONGEST = 80;
const MOST_BYTES = 240;

/** The last segment of a url: the file's name; if that is only a number or hash, the title; if that leaves nothing, the name after all. */
export function slugOf(key: Key, title: string): string {
  const name = (pathOf(key).split("/").at(-1) ?? "").replace(/^(?:\d{4}[-_.]\d{2}[-_.]\d{2}|(?:19|20)\d{6})(?:[-_ ]+(?=.)|T(?=\d))/, "");
  const fromName = slugify(name);
  return (isBare(name) ? slugify(title) : fromName) || fromName || slugify(title) || "article";
}

/** The slug from front matter, or the last segment if it is a path. Empty if no letter or digit is left. It may be as long as a folder's name. */
export const givenSlug = (written: string): string => slugify(written.split("/").findLast((part) => part !== "") ?? "", MOST_BYTES);

/** Letters and digits with hyphens between; at most 80 characters (`longest`) and 240 bytes, cut at a hyphen if possible. */
export function slugify(text: string, longest: number = LONGEST): string {
  if (text.length <= longest && ASCII.test(text)) return hyphenedAscii(text);
  const hyphened = transliterate(text)
    .replace(/['’ʼ`\u0640\u064B-\u0652]/g, "") // apostrophes inside words; Arabic tatweel and vowel marks
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .normalize("NFC")
    .replace(/^-|-$/g, "");
  const letters = [...hyphened.slice(0, 2 * (longest + 1))];
  let most = Math.min(letters.length, longest);
  while (Buffer.byteLength(letters.slice(0, most).join("")) > MOST_BYTES) most -= 1;
  if (most === letters.length) return hyphened;
  const short = letters.slice(0, most).join("");
  const cut = letters[most] === "-" ? short.length : short.lastIndexOf("-");
  return (cut > 0 ? short.slice(0, cut) : short).replace(/-$/, "");
}

const ASCII = /^[\0-\x7F]*$/;

/** The same for a short text of ASCII, as the names of most files are, which needs no Unicode tables. */
const hyphenedAscii = (text: string): string =>
  text
    .toLowerCase()
    .replace(/['`]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Only numbers and hashes (eight or more hexadecimal digits, at least one decimal), joined in any way; or a UUID. */
function isBare(name: string): boolean {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) return true;
  return name.split(/[-_. ]+/).every((part) => /^\d*$/.test(part) || (/^[0-9a-f]{8,}$/i.test(part) && /\d/.test(part)));
}
