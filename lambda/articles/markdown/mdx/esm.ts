import { blocksOf } from "../templates/code-lines.ts";

/** Imports and exports of JavaScript (ECMAScript, "Modules") in a text. Other lines that begin with these words are prose. */
const CLAUSE = String.raw`(?:type\s+)?(?:[\w$]+|(?:[\w$]+\s*,\s*)?(?:\{[^{}]{0,2000}\}|\*\s*as\s+[\w$]+))`;
const IMPORT = String.raw`import\b\s*(?:(${CLAUSE})\s*from\s*)?['"]([^\n'"]{1,300})['"][ \t]*(?:;|$|\/\/|with\b)`;
const EXPORTED = [
  String.raw`(?:const|let|var)\s+(?:[\w$]+\s*[:=;]|[{[])`,
  String.raw`(?:default\s+)?(?:async\s+)?function\b[\s*]{0,9}[\w$]*\s*[(<]`,
  String.raw`(?:default\s+)?class\b\s*[\w$]*\s*(?:extends\s[^\n{]{1,200})?\{`,
  String.raw`default\s+(?:(?:async\s*)?(?:\([^()]{0,300}\)|[\w$]+)\s*=>|[{[])`,
  String.raw`default\s+(?:[A-Z][\w$.]*;?|[\w$.]+;|[\w$.]+\([^\n]{0,300}\);?)[ \t]*$`,
  String.raw`\{[^{}]{0,2000}\}\s*(?:;|$|from\s*['"])`,
  String.raw`\*\s*(?:as\s+[\w$]+\s+)?from\s*['"]`,
];
const STATEMENT = new RegExp(String.raw`${IMPORT}|export\b\s*(?:${EXPORTED.join("|")})`, "my");
const IMPORTS = new RegExp(`^${IMPORT}`, "gm");

export function isStatement(source: string, at: number): boolean {
  STATEMENT.lastIndex = at;
  return STATEMENT.test(source);
}

/** Each imported name with its module. */
export function importsIn(source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, names = "", from = ""] of source.matchAll(IMPORTS)) {
    for (const [name] of names.replace(/\w+\s+as\s+/g, "").matchAll(/[A-Za-z_$][\w$]*/g)) found.set(name, from);
  }
  return found;
}

/** The source without fenced code, indented code and text in backticks. */
export function outsideCode(source: string, form: "markdown" | "mdx"): string {
  const blocks = blocksOf(source, form);
  const parts: string[] = [];
  for (let at = 0; at < source.length; ) {
    const { isCode, end } = blocks(at);
    if (!isCode) parts.push(source.slice(at, end));
    at = end;
  }
  return parts.join("").replace(/`[^`\n]*`/g, "``");
}

/** A statement ends at a blank line where its brackets are closed; without such an end it is only its first line. */
export function statementEnd(source: string, at: number): number {
  let depth = 0;
  const first = source.indexOf("\n", at);
  const until = Math.min(source.length, at + LONGEST_STATEMENT);
  for (let from = at; from < until; ) {
    const end = source.indexOf("\n", from);
    const line = source.slice(from, end === -1 ? source.length : end);
    // The next statement begins here, so the brackets stay unclosed.
    if (from > at && /^(?:import|export)\s/.test(line)) break;
    for (const sign of line.match(/[([{}\])]/g) ?? []) depth += "([{".includes(sign) ? 1 : -1;
    if (end === -1) return source.length;
    from = end + 1;
    if (depth <= 0 && /^[ \t]*(?:\n|$)/.test(source.slice(from, from + 100))) return from;
    if (depth <= 0 && /^import\b/.test(source.slice(at, at + 10)) && /['"];?[ \t]*$/.test(line)) return from;
  }
  return first === -1 ? source.length : first;
}

const LONGEST_STATEMENT = 20_000;
