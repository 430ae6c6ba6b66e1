import { notice, problem, type Remark } from "../model/remark.ts";
import { firstForbidden, withoutForbidden } from "../model/xml-text.ts";
import { commentHeader } from "./comment-header.ts";
import type { Field, Fields, Value } from "./field.ts";
import { jsonFields } from "./front-matter-json.ts";
import { tomlFields } from "./front-matter-toml.ts";
import { yamlFields } from "./front-matter-yaml.ts";

export type FrontMatter = {
  readonly fields: readonly Field[];
  readonly body: string;
  /** The line where the body begins in the file. */
  readonly bodyLine: number;
  /** If one is a problem, there are no fields. */
  readonly remarks: readonly Remark[];
};

/** A header's text, its first line in the file, and the index where the body begins. */
type Cut = { readonly header: string; readonly firstLine: number; readonly end: number };

/** Anything longer is data, not front matter. */
const LONGEST = 262_144;

/** Splits a file's text into front matter (YAML, TOML, JSON, comment lines or none) and body. */
export function frontMatter(text: string): FrontMatter {
  const blank = /^\s*\n/.exec(text)?.[0].length ?? 0;
  const start = text.slice(blank);
  const line = 1 + countLines(text.slice(0, blank));
  // Hugo reads front matter behind a stray space, as some editors leave it after a byte order mark.
  const opening = /^ {0,3}(---|\+\+\+)[ \t]*\n/.exec(start);
  if (opening?.[1] !== undefined) return fenced(text, start, opening[1], opening[0].length, line);
  const named = /^---[ \t]*(js|javascript|ts|coffee|coffeescript|cson|json|json5|toml|ya?ml)[ \t]*\n/i.exec(start);
  if (named?.[1] !== undefined) return inLanguage(start, named[1].toLowerCase(), named[0].length, line);
  if (/^\{\s*(?:"|\})/.test(start)) return braced(text, start, line);
  return whole(text, start, line, commentHeader(start, line));
}

function fenced(text: string, start: string, fence: string, from: number, line: number): FrontMatter {
  const closing = fence === "---" ? /^(?:---|\.\.\.)[ \t]*$/gm : /^\+\+\+[ \t]*$/gm;
  closing.lastIndex = from;
  const found = closing.exec(start);
  const looksLikeFields = FIELD.test(start.slice(from));
  if (found === null) return looksLikeFields ? broken(text, unclosed(fence, line)) : none(text);
  const header = start.slice(from, found.index);
  // Two thematic breaks around prose are not front matter.
  if (fence === "---" && !looksLikeFields && !/^\s*(?:[{[&!?]|- |$)/.test(header.replace(COMMENTS, ""))) return none(text);
  const read = fence === "---" ? yamlFields : tomlFields;
  return split(start, { header, firstLine: line + 1, end: found.index + found[0].length + 1 }, line, read);
}

/**
 * A field after optional comments. The Chinese colon counts too: it is meant as a field, and the parser then says what is wrong with it.
 */
const FIELD = /^(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:["']?[\p{L}_$][\p{L}\p{N}_ .-]*["']?[ \t]*[:=]|<<:|[a-z_]+：)/iu;
const COMMENTS = /^[ \t]*#.*$/gm;

/** `---json` and similar (gray-matter, Eleventy). Languages that would have to be executed are refused. */
function inLanguage(start: string, language: string, from: number, line: number): FrontMatter {
  const closing = /^---[ \t]*$/gm;
  closing.lastIndex = from;
  const found = closing.exec(start);
  if (found === null) return broken(start, unclosed("---", line));
  const read = READERS[language];
  if (read === undefined) {
    const message = `The front matter is written in ${language}, which is not supported.`;
    return broken(start, problem("front-matter-unread", message, { line, hint: "Write it in YAML, TOML or JSON." }));
  }
  return split(start, { header: start.slice(from, found.index), firstLine: line + 1, end: found.index + found[0].length + 1 }, line, read);
}

const READERS: Readonly<Partial<Record<string, typeof yamlFields>>> = {
  yaml: yamlFields,
  yml: yamlFields,
  toml: tomlFields,
  json: jsonFields,
};

function braced(text: string, start: string, line: number): FrontMatter {
  const end = closingBrace(start);
  if (end === -1) return broken(text, unclosed("{", line));
  return split(start, { header: start.slice(0, end), firstLine: line, end }, line, jsonFields);
}

function split(start: string, cut: Cut, line: number, read: (header: string, firstLine: number) => Fields): FrontMatter {
  if (cut.header.length > LONGEST) {
    const message = `The front matter has ${cut.header.length} characters; at most ${LONGEST} are allowed.`;
    return broken(start, problem("front-matter-too-long", message, { line, hint: "Move the text into the body." }));
  }
  return whole(start, start, line, { ...read(cut.header, cut.firstLine), end: cut.end });
}

function whole(text: string, start: string, line: number, read: Fields & { readonly end: number }): FrontMatter {
  if (read.end === 0) return none(text);
  const cleaned = read.fields.map(cleanField);
  return {
    fields: cleaned.map(({ field }) => field),
    body: start.slice(read.end),
    bodyLine: line + countLines(start.slice(0, read.end)),
    remarks: [...read.remarks, ...cleaned.flatMap(({ remarks }) => remarks)],
  };
}

const none = (text: string): FrontMatter => ({ fields: [], body: text, bodyLine: 1, remarks: [] });
const broken = (text: string, remark: Remark): FrontMatter => ({ fields: [], body: text, bodyLine: 1, remarks: [remark] });

const unclosed = (fence: string, line: number): Remark =>
  problem("front-matter-unclosed", `The front matter begins with ${fence} but is never closed.`, {
    line,
    hint: fence === "{" ? "Close it with }." : `Close it with a line that holds only ${fence}.`,
  });

const countLines = (text: string): number => text.split("\n").length - 1;

/** The index after the brace that closes the first one, skipping JSON strings; -1 if none does. */
function closingBrace(text: string): number {
  let depth = 0;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (token[0] === "{") depth += 1;
    else if (token[0] === "}") depth -= 1;
    if (depth === 0) return token.index + 1;
  }
  return -1;
}

/** Removes what escapes such as `"\u0001"` and `"\uD800"` bring back after the file's text was cleaned. */
function cleanField(field: Field): { readonly field: Field; readonly remarks: readonly Remark[] } {
  if (firstForbidden(flatText(field.value)) === -1) return { field, remarks: [] };
  const message = `"${field.name}" held control or broken characters, which no feed can carry; they were removed.`;
  const remark = notice("character-forbidden", message, { line: field.line, hint: "Remove it from the file." });
  return { field: { ...field, value: clean(field.value) }, remarks: [remark] };
}

function flatText(value: Value): string {
  if (typeof value === "string") return value;
  if (value === null || typeof value !== "object") return "";
  return Object.values(value).map(flatText).join("\n");
}

function clean(value: Value): Value {
  if (typeof value === "string") return withoutForbidden(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(clean);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner)]));
}
