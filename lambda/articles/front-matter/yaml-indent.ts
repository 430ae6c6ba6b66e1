/** A line's value after indent, dashes, name, tags and anchors: it opens quotes or brackets, or begins a block text (`|`, `>`). */
const VALUE =
  /( *)((?:-[ \t]+)*)((?:"[^"\n]*"[ \t]*|'[^'\n]*'[ \t]*|[^\s#"'[\]{},&*!|>%@`-][^\n]*?):[ \t]+)?(?:[&!]\S*[ \t]+)*(?:(["'[{])|[|>][-+\d]*[ \t]*(?:#.*)?$)/my;

const DEEPEST = 200;

/**
 * Indents each line of a quoted text, a bracketed list or a braced table deeper than its name. YAML requires that (1.2.2, 7.3 and 7.4);
 * libyaml, go-yaml and js-yaml, which read front matter for Jekyll, Hugo, Eleventy and Astro, do not. Spaces at the start of such a line
 * mean nothing, so the meaning stays. Every line keeps its number.
 */
export function indentContinuations(header: string): string {
  let done = "";
  for (let at = 0; at < header.length; ) {
    VALUE.lastIndex = at;
    const [match, indent = "", dashes = "", name, opening] = VALUE.exec(header) ?? [];
    const behind = at + (match?.length ?? 0);
    if (opening !== undefined) {
      const end = endOfFlow(header, behind - 1);
      const column = indent.length + dashes.length + 1;
      if (end === undefined || column > DEEPEST) return header; // unclosed: the parser reports it
      done += header.slice(at, end).replace(/\n[ \t]*/g, `\n${" ".repeat(column)}`);
      at = end;
    } else if (match !== undefined) {
      const end = endOfBlock(header, behind, indent.length + (name === undefined ? 0 : dashes.length));
      done += header.slice(at, end);
      at = end;
    }
    const next = header.indexOf("\n", at) + 1 || header.length;
    done += header.slice(at, next);
    at = next;
  }
  return done;
}

/** A quotation mark opens only if no word precedes it: in `[it's]` it does not. */
const TOKEN = /(?<![^\s,:[{])(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|["'])|(?<=\s)#.*|[[\]{}]/g;

/** The index after the quotation mark or bracket that closes the one at `from`; undefined if none does. */
function endOfFlow(text: string, from: number): number | undefined {
  TOKEN.lastIndex = from;
  let depth = 0;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [found] = token;
    if (found === '"' || found === "'") return undefined;
    if (found === "[" || found === "{") depth += 1;
    if (found === "]" || found === "}") depth -= 1;
    if (depth === 0) return TOKEN.lastIndex;
  }
  return undefined;
}

/** The end of a block text: its lines are empty or indented deeper than its name. */
function endOfBlock(text: string, from: number, indent: number): number {
  const line = new RegExp(`\\n(?:[ \\t]*(?=\\n|$)| {${indent + 1}}.*)`, "y");
  let end = from;
  for (line.lastIndex = end; line.test(text); ) end = line.lastIndex;
  return end;
}
