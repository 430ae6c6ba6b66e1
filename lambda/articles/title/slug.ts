import type { Key } from "../../stores/store.ts";
import { pathOf } from "./identity.ts";
import { transliterate } from "./transliterate.ts";

/** Letters, and bytes of UTF-8: the slug names a folder, and behind it there may be "-2". */
const LONGEST = 80;
const MOST_BYTES = 240;

/** A url's last segment: the file's name, unless that is a bare number or hash, else the title, else the name all the same. */
export function slugOf(key: Key, title: string): string {
  const name = (pathOf(key).split("/").at(-1) ?? "").replace(/^(?:\d{4}[-_.]\d{2}[-_.]\d{2}|(?:19|20)\d{6})(?:[-_ T]+(?=.))/, "");
  const fromName = slugify(name);
  return (isBare(name) ? slugify(title) : fromName) || fromName || slugify(title) || "article";
}

/** What front matter calls the slug: only the last segment of a path. Empty where no letter or digit is left. */
export const givenSlug = (written: string): string => slugify(written.split("/").findLast((part) => part !== "") ?? "");

/** Letters and digits, hyphens between; at most 80 characters and 240 bytes, cut at a hyphen where there is one. */
export function slugify(text: string): string {
  const hyphened = transliterate(text)
    .replace(/['’ʼ`\u0640\u064B-\u0652]/g, "") // apostrophes within words; Arabic's stretch and vowel marks
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .normalize("NFC")
    .replace(/^-|-$/g, "");
  const letters = [...hyphened.slice(0, 2 * (LONGEST + 1))];
  let most = Math.min(letters.length, LONGEST);
  while (Buffer.byteLength(letters.slice(0, most).join("")) > MOST_BYTES) most -= 1;
  if (most === letters.length) return hyphened;
  const short = letters.slice(0, most).join("");
  const cut = letters[most] === "-" ? short.length : short.lastIndexOf("-");
  return (cut > 0 ? short.slice(0, cut) : short).replace(/-$/, "");
}

/** Only numbers and hashes (hexadecimal of eight digits or more, one of them a figure), in whatever way they are joined; or a UUID. */
function isBare(name: string): boolean {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) return true;
  return name.split(/[-_. ]+/).every((part) => /^\d*$/.test(part) || (/^[0-9a-f]{8,}$/i.test(part) && /\d/.test(part)));
}
