import { notice, problem, type Remark } from "../model/remark.ts";
import { codePointName, countForbidden, firstForbidden, lineAt, withoutForbidden } from "../model/xml-text.ts";
import { damage } from "./damage.ts";
import { legacyText } from "./legacy.ts";

/** Text in NFC with "\n" line ends, without characters that XML cannot hold; or no text, and why. */
export type Decoded =
  | { readonly kind: "text"; readonly text: string; readonly remarks: readonly Remark[] }
  | { readonly kind: "damaged"; readonly remarks: readonly Remark[] };

/**
 * `isAscii`: it holds nothing but ASCII, so it has one form in Unicode, and no letter that could be damaged. `isPlain`: nor does it hold
 * controls, but for tabs and line ends.
 */
type Raw = { readonly text: string; readonly remarks: readonly Remark[]; readonly isAscii?: boolean; readonly isPlain?: boolean };

const SAVE_AS_UTF8 = "Save the file as UTF-8.";
const damaged = (remark: Remark): Decoded => ({ kind: "damaged", remarks: [remark] });

export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return damaged(problem("file-empty", "The file is empty.", { hint: "Write the article, or remove the file." }));
  const raw = utf16(bytes) ?? utf8(bytes) ?? legacy(bytes);
  if (raw === undefined) return damaged(notUtf8(bytes));
  // Joined files have byte order marks inside, which would hide the front matter or split words.
  const lines = lineEnds(raw.text.replaceAll("\uFEFF", ""));
  if (/^[\s\0\uFEFF]*$/.test(lines)) {
    return damaged(problem("file-empty", "The file holds no text.", { hint: "Write the article, or remove the file." }));
  }
  if (looksBinary(lines)) {
    return damaged(problem("file-binary", "The file is not text.", { hint: "Articles are Markdown, HTML or plain text." }));
  }
  const fit = raw.isPlain === true ? lines : withoutForbidden(lines);
  const remarks = [...raw.remarks, ...(fit === lines ? [] : forbidden(lines))];
  if (raw.isAscii === true) return { kind: "text", text: fit, remarks };
  return { kind: "text", text: fit.normalize("NFC"), remarks: [...remarks, ...damage(lines)] };
}

const lineEnds = (text: string): string => (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);

/** UTF-8, or UTF-16 with its byte order mark; undefined if neither. */
export const unicodeText = (bytes: Uint8Array): string | undefined => (utf16(bytes) ?? utf8(bytes))?.text;

/** Only its byte order mark reveals UTF-16. Half a surrogate pair, which a fatal decoder would refuse, is removed later. */
function utf16(bytes: Uint8Array): Raw | undefined {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return undefined;
  const text = new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be").decode(bytes);
  return isNonsense(text) ? undefined : { text, remarks: [] };
}

/** Text in another encoding may begin like a byte order mark ("яю" in windows-1251); read as UTF-16, it becomes unassigned characters. */
function isNonsense(text: string): boolean {
  const start = text.slice(0, 4096);
  return (start.match(/[\p{Cn}\p{Co}\uFFFD]/gu)?.length ?? 0) * 10 > start.length;
}

const strict = new TextDecoder("utf-8", { fatal: true });

function utf8(bytes: Uint8Array): Raw | undefined {
  try {
    const text = strict.decode(bytes);
    // All other characters take more bytes than code units.
    const isAscii = text.length === bytes.length;
    return { text, remarks: [], isAscii, isPlain: isAscii && !mayHoldControls(bytes) };
  } catch {
    return undefined; // the platform's only way to say "not UTF-8"
  }
}

/**
 * Whether bytes of ASCII may hold controls other than tabs and line ends. Looks at four bytes at once: taking a space from a byte that is
 * smaller sets its highest bit, and so does adding one to the last control, DEL.
 */
function mayHoldControls(bytes: Uint8Array): boolean {
  if (bytes.byteOffset % 4 !== 0) return true;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  for (let index = 0; index < words.length; index += 1) {
    const four = words[index] ?? 0;
    const isPlain = (((four - 0x20202020) | (four + 0x01010101)) & 0x80808080) === 0;
    if (isPlain) continue;
    if (isControl(four & 0x7f) || isControl((four >> 8) & 0x7f) || isControl((four >> 16) & 0x7f) || isControl(four >>> 24)) return true;
  }
  return bytes.subarray(words.length * 4).some(isControl);
}

const isControl = (byte: number): boolean => (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;

function legacy(bytes: Uint8Array): Raw | undefined {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const found = legacyText(marked ? bytes.subarray(3) : bytes);
  if (found === undefined) return undefined;
  const reason = found.by === "letters" ? "its letters make sense that way" : "it says so";
  return {
    text: found.text,
    remarks: [
      notice("encoding-guessed", `The file is not UTF-8; it was read as ${found.encoding}, because ${reason}.`, { hint: SAVE_AS_UTF8 }),
    ],
  };
}

/** Points at the first byte that is not UTF-8. */
export function notUtf8(bytes: Uint8Array): Remark {
  const before = new TextDecoder("utf-8").decode(bytes.subarray(0, firstBadByte(bytes)));
  return problem("encoding-unknown", "The file is not UTF-8: this line holds an invalid byte.", {
    line: lineAt(`${before.replace(/\r\n?/g, "\n")}.`, Number.POSITIVE_INFINITY),
    hint: SAVE_AS_UTF8,
  });
}

/** Binary search: a prefix decodes only if it ends before the first bad byte. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function decodes(start: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Without C1 controls: a text that was saved twice in a wrong encoding is full of them, and is still text. */
const BINARY = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu;
/** The same, and whole pairs of surrogates: a text without any of these needs no slow count. */
const PERHAPS_BINARY = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\uD800-\uDFFF]/;

/** One control character in twenty or more: a misnamed picture or archive. PDF and RTF may be pure ASCII. */
function looksBinary(text: string): boolean {
  if (/^\s*(?:%PDF-\d|\{\\rtf\d)/.test(text)) return true;
  const start = text.slice(0, 4096);
  const count = PERHAPS_BINARY.test(start) ? (start.match(BINARY)?.length ?? 0) : 0;
  return count > 8 && count * 20 > start.length;
}

function forbidden(text: string): readonly Remark[] {
  const first = firstForbidden(text);
  const count = countForbidden(text);
  const name = codePointName(text, first);
  const message =
    count === 1
      ? `1 character that no feed can carry was removed: ${name}.`
      : `${count} characters that no feed can carry were removed; the first was ${name}.`;
  return [notice("character-forbidden", message, { line: lineAt(text, first), hint: "Remove it from the file." })];
}
