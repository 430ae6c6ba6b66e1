import { parse, TomlDate, TomlError } from "smol-toml";
import { problem } from "../model/remark.ts";
import type { Fields, Value } from "./field.ts";

/** TOML between `+++` lines (Hugo, Zola). */
export function tomlFields(header: string, firstLine: number): Fields {
  try {
    const table = parse(datesAsText(header));
    const lines = linesOf(header);
    return {
      fields: Object.entries(table).map(([name, value]) => ({ name, value: plain(value, 0), line: firstLine + (lines.get(name) ?? 0) })),
      remarks: [],
    };
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const reason = (cause.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    const message = `The front matter is not TOML: ${reason.replace(/\.?$/, ".")}`;
    return {
      fields: [],
      remarks: [
        problem("front-matter-invalid", message, { line: firstLine + cause.line - 1, hint: 'Write each field as name = "value".' }),
      ],
    };
  }
}

const DEEPEST = 16;

/** Matches strings and comments to skip them, and dates and times that begin a value or a key. */
const TOKEN =
  /"""(?:[^\\]|\\[\s\S])*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#.*|(?<![\w.+-])\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}[\d:.]*(?:[Zz]|[+-]\d{2}:\d{2})?)?(?![\w.-])/g;

/**
 * Quotes all dates, so that they stay text: only our own parser knows the site's time zone, and the library turns 30 February into 2 March.
 * A key that looks like a date means the same in quotes.
 */
const datesAsText = (header: string): string => header.replace(TOKEN, (token) => (/^\d/.test(token) ? `"${token}"` : token));

function plain(value: unknown, depth: number): Value {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof TomlDate) return value.toISOString(); // a time of day
  if (value === null || typeof value !== "object" || depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, depth + 1)]));
}

/** How many lines precede the first line of each top-level key or table. */
function linesOf(header: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [at, line] of header.split("\n").entries()) {
    const key = /^\s*\[*\s*["']?([^"'=\].]+?)["']?\s*(?:[=\].]|$)/.exec(line.slice(0, LONGEST_KEY))?.[1];
    if (key !== undefined && !lines.has(key)) lines.set(key, at);
  }
  return lines;
}

const LONGEST_KEY = 200;
