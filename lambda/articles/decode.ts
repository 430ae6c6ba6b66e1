import { legacyText } from "./legacy.ts";
import { notice, problem, type Remark } from "./remark.ts";
import { codePointName, countForbidden, firstForbidden, lineAt, withoutForbidden } from "./xml-text.ts";

/** Text in NFC with "\n" for every line end, without what XML cannot hold; or no text at all, and why. */
export type Decoded =
  | { readonly kind: "text"; readonly text: string; readonly remarks: readonly Remark[] }
  | { readonly kind: "damaged"; readonly remarks: readonly Remark[] };

type Raw = { readonly text: string; readonly remarks: readonly Remark[] };

const SAVE_AS_UTF8 = "Save the file as UTF-8.";
const damaged = (remark: Remark): Decoded => ({ kind: "damaged", remarks: [remark] });

export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return damaged(problem("file-empty", "The file is empty.", { hint: "Write the article, or remove the file." }));
  const raw = utf16(bytes) ?? utf8(bytes) ?? legacy(bytes);
  if (raw === undefined) return damaged(notUtf8(bytes));
  // More marks, as joined files have them, would hide the front matter and stand within words.
  const lines = raw.text.replaceAll("\uFEFF", "").replace(/\r\n?/g, "\n");
  if (/^[\s\0\uFEFF]*$/.test(lines)) {
    return damaged(problem("file-empty", "The file holds no text.", { hint: "Write the article, or remove the file." }));
  }
  if (looksBinary(lines)) {
    return damaged(problem("file-binary", "The file is not text.", { hint: "Articles are Markdown, HTML or plain text." }));
  }
  const fit = withoutForbidden(lines);
  const remarks = [...raw.remarks, ...(fit === lines ? [] : forbidden(lines)), ...damage(lines)];
  return { kind: "text", text: fit.normalize("NFC"), remarks };
}

/** UTF-16 is only known by its byte order mark. A half of a pair, which a fatal decoder would refuse, is taken out later. */
function utf16(bytes: Uint8Array): Raw | undefined {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return undefined;
  return { text: new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be").decode(bytes), remarks: [] };
}

function utf8(bytes: Uint8Array): Raw | undefined {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), remarks: [] };
  } catch {
    return undefined; // the only way in which the platform answers "not UTF-8"
  }
}

function legacy(bytes: Uint8Array): Raw | undefined {
  const found = legacyText(bytes);
  if (found === undefined) return undefined;
  const reason = found.by === "letters" ? `its letters make sense as ${found.encoding}` : `it says that it is ${found.encoding}`;
  return {
    text: found.text,
    remarks: [notice("encoding-guessed", `The file is not UTF-8; ${reason}, and it was read so.`, { hint: SAVE_AS_UTF8 })],
  };
}

function notUtf8(bytes: Uint8Array): Remark {
  const before = new TextDecoder("utf-8").decode(bytes.subarray(0, firstBadByte(bytes)));
  return problem("encoding-unknown", "The file is not UTF-8: here is a byte that has no meaning in it.", {
    line: lineAt(`${before.replace(/\r\n?/g, "\n")}.`, Number.POSITIVE_INFINITY),
    hint: SAVE_AS_UTF8,
  });
}

/** By halving, since what comes before the first bad byte decodes, and nothing longer does. */
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

/** Controls of C1 are not among them: a text that was saved in a wrong encoding twice is full of these, and is text. */
const BINARY = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu;

/** Many control characters, one in twenty or more: a picture or an archive with a wrong name. */
function looksBinary(text: string): boolean {
  const start = text.slice(0, 4096);
  const count = start.match(BINARY)?.length ?? 0;
  return count > 8 && count * 20 > start.length;
}

function forbidden(text: string): readonly Remark[] {
  const first = firstForbidden(text);
  const count = countForbidden(text);
  const name = codePointName(text, first);
  const message =
    count === 1
      ? `The file holds a character that no feed can carry, ${name}; it was taken out.`
      : `The file holds ${count} characters that no feed can carry, the first of them ${name}; they were taken out.`;
  return [notice("character-forbidden", message, { line: lineAt(text, first), hint: "Remove it from the file." })];
}

/**
 * Marks of a text that was once saved in an encoding without its letters, and so lost them: the replacement character, and
 * question marks within Cyrillic words or before a small letter ("?аза?стан"), which is what Kazakh becomes in windows-1251.
 */
const LOST_LETTER = /(?<=\p{Script=Cyrillic})\?(?=[\p{Script=Cyrillic}&&\p{Ll}])|(?<![^\s\(«"])\?(?=[\p{Script=Cyrillic}&&\p{Ll}])/gv;

/** What UTF-8 becomes when it is read as windows-1252 or windows-1251: "Ð¡Ñ‚Ñ€", "РЎС‚СЂ", "Ã©", "â€™". */
const READ_WRONGLY =
  /(?:[ÐÑ][\u0080-\u00BF\u0152-\u0192\u02C6-\u2122]){3}|(?:[РС][\u00A0-\u00BF\u0402-\u040F\u0452-\u045F\u0490\u0491\u2018-\u2122Ёё]){3}|(?:(?:Ã[\u00A0-\u00BF]|â€[\u0153\u02DC\u2122\u00A6\u201C\u201D])[^Ãâ]{0,500}){3}/;

function damage(text: string): readonly Remark[] {
  const wrongly = /[ÐÑРСÃâ]/.test(text) ? text.search(READ_WRONGLY) : -1;
  if (wrongly !== -1) {
    const message = "The text was damaged before it came here: its UTF-8 was read as another encoding.";
    return [notice("text-damaged", message, { line: lineAt(text, wrongly), hint: "Restore it from the original." })];
  }

  const replaced = text.indexOf("\uFFFD");
  const inWords = replaced === -1 && text.includes("?") ? [...text.matchAll(LOST_LETTER)] : [];
  const first = replaced !== -1 ? replaced : inWords.length >= 3 ? (inWords[0]?.index ?? -1) : -1;
  if (first === -1) return [];
  const message = "The text was damaged by an old encoding before it came here: letters are missing from words.";
  return [notice("text-damaged", message, { line: lineAt(text, first), hint: "Restore it from the original." })];
}
