import { problem, quoted } from "../model/remark.ts";
import { lineAt } from "../model/xml-text.ts";
import type { Fields, Value } from "./field.ts";

/** A JSON object at the top of the file (Hugo). */
export function jsonFields(header: string, firstLine: number): Fields {
  try {
    const object: unknown = JSON.parse(header);
    const lineOf = lineFinder(header);
    return {
      fields: Object.entries(object as object).map(([name, value]) => ({
        name,
        value: plain(value, 0),
        line: firstLine + lineOf(name),
      })),
      remarks: [],
    };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const position = Number(/at position (\d+)/.exec(cause.message)?.[1] ?? firstStray(header));
    const found = header.slice(position, position + 20).split("\n")[0] ?? "";
    const message = found === "" ? "The front matter is not JSON." : `The front matter is not JSON: ${quoted(found)} is not allowed here.`;
    const line = firstLine + lineAt(header, position) - 1;
    return {
      fields: [],
      remarks: [problem("front-matter-invalid", message, { line, hint: 'Write it as { "title": "…", "date": "…" }.' })],
    };
  }
}

/** The platform gives a position only for some mistakes; for the others, this finds the first token that is not JSON. */
function firstStray(header: string): number {
  const token = /\s+|[{}[\],:]|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b|true\b|false\b|null\b/y;
  let at = 0;
  while (at < header.length && token.test(header)) at = token.lastIndex;
  return at;
}

const DEEPEST = 16;

function plain(value: unknown, depth: number): Value {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value === null || typeof value !== "object" || depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, depth + 1)]));
}

/**
 * Escaped keys (`"\\u0061"`) and integer keys, which `JSON.parse` moves to the front, are not found and get the first line. After this many
 * misses the search stops.
 */
const MOST_MISSED = 100;

/** How many lines precede the line of a key; keys must be asked for in their order in the header. */
function lineFinder(header: string): (name: string) => number {
  let [place, line, missed] = [0, 0, 0];
  return (name) => {
    const at = missed < MOST_MISSED ? header.indexOf(JSON.stringify(name), place) : -1;
    if (at === -1) missed += 1;
    if (at === -1) return 0;
    line += lineAt(header.slice(place, at), at) - 1;
    place = at;
    return line;
  };
}
