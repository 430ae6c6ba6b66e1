import { decode } from "./encoding/decode.ts";
import { type Lookup, lookup } from "./front-matter/fields/field-names.ts";
import { frontMatter } from "./front-matter/front-matter.ts";
import type { Article, Newsroom } from "./model/article.ts";
import { sortedRecord } from "./model/json-value.ts";
import type { Hints, Source } from "./opened.ts";
import { parse } from "./parse.ts";

/** The fields to write into front matter: `status: canceled`, and why. */
type Words = { readonly status: string; readonly reason?: string };

/**
 * The file with its withdrawal written into its front matter and every other byte unchanged; a file without front matter gets one.
 * Undefined if that is not safe (another encoding, unusual front matter, a value of several lines): the result is parsed, and must be the
 * same article except for its withdrawal.
 */
export function withdraw(source: Source, reason: string | undefined, newsroom: Newsroom, hints: Hints): Uint8Array | undefined {
  const before = parse(source, newsroom, hints);
  if (before.kind !== "article") return undefined;
  // Already withdrawn, and no new reason is given.
  if (before.article.canceled !== undefined && reason === undefined) return source.bytes;
  const words = { status: "canceled", ...(reason === undefined ? {} : { reason }) };
  const bytes = written(source, words, newsroom);
  if (bytes === undefined) return undefined;
  const after = parse({ ...source, bytes }, newsroom, hints);
  const meant: Article = { ...before.article, canceled: reason === undefined ? {} : { reason } };
  return after.kind === "article" && same(after.article, meant) ? bytes : undefined;
}

/** One character stands for one byte, so that untouched bytes stay unchanged. */
function written({ bytes }: Source, words: Words, newsroom: Newsroom): Uint8Array | undefined {
  const decoded = decode(bytes);
  if (decoded.kind === "damaged" || !isUtf8(bytes)) return undefined;
  const file = Buffer.from(bytes).toString("latin1");
  const [mark = ""] = /^\u00ef\u00bb\u00bf/.exec(file) ?? [];
  const text = file.slice(mark.length);
  const { fields } = frontMatter(decoded.text);
  const written = withoutOld(text, lookup(fields, newsroom.fields)) ?? text;
  const header = inserted(written, { status: words.status, ...(words.reason === undefined ? {} : { reason: asBytes(words.reason) }) });
  return header === undefined ? undefined : Buffer.from(mark + header, "latin1");
}

/** Removes the lines that state the same fields. A value of several lines leaves a rest, which the parser then refuses. */
function withoutOld(text: string, found: Lookup): string | undefined {
  const old = new Set([...found.all("status"), ...found.all("reason"), ...found.all("canceled")].map(({ line }) => line));
  if (old.size === 0 || /^\s*\{/.test(text)) return undefined;
  return text
    .split("\n")
    .filter((_, index) => !old.has(index + 1))
    .join("\n");
}

/** Inserts the fields directly after the opening of the front matter, in its own syntax and line ends. */
function inserted(text: string, words: Words): string | undefined {
  const pairs = Object.entries(words).map(([name, value]) => [name, JSON.stringify(value)] as const);
  const [fence = "", marks] = /^\s*(---|\+\+\+)[ \t]*\r?\n/.exec(text) ?? [];
  const end = /\r\n/.test(text.slice(0, Math.max(1000, fence.length))) ? "\r\n" : "\n";
  const lines = (sign: string) => pairs.map(([name, value]) => `${name}${sign}${value}${end}`).join("");
  if (marks !== undefined) return fence + lines(marks === "---" ? ": " : " = ") + text.slice(fence.length);
  const [brace] = /^\s*\{/.exec(text) ?? [];
  if (brace !== undefined) {
    const json = pairs.map(([name, value]) => `${end}  "${name}": ${value},`).join("");
    return brace + json + text.slice(brace.length);
  }
  return `---${end}${lines(": ")}---${end}${end}${text}`;
}

function isUtf8(bytes: Uint8Array): boolean {
  return Buffer.from(Buffer.from(bytes).toString("utf8"), "utf8").equals(bytes);
}

function asBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Compares content; the order of properties may differ. */
function same(one: Article, other: Article): boolean {
  return JSON.stringify(sortedRecord(one)) === JSON.stringify(sortedRecord(other));
}
