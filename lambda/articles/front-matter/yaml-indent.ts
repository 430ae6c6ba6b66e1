/** A line's value behind indent, dashes, name, tags and anchors: it opens quotes or brackets, or is a text of lines (`|`, `>`). */
const VALUE =
  /( *)((?:-[ \t]+)*)((?:"[^"\n]*"[ \t]*|'[^'\n]*'[ \t]*|[^\s#"'[\]{},&*!|>%@`-][^\n]*?):[ \t]+)?(?:[&!]\S*[ \t]+)*(?:(["'[{])|[|>][-+\d]*[ \t]*(?:#.*)?$)/my;

const DEEPEST = 200;

/**
 * The same YAML, with each line of a quoted text, a list in brackets or a table in braces indented deeper than its name. YAML
 * asks for that (1.2.2, 7.3 and 7.4); libyaml, go-yaml and js-yaml, which read front matter for Jekyll, Hugo, Eleventy and Astro,
 * do not. Blanks at the beginning of such a line mean nothing, so it has one reading only. Every line keeps its number.
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
      if (end === undefined || column > DEEPEST) return header; // never closed: the parser says so
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

/** Quotes open where no word is before them: `[it's]` has none. */
const TOKEN = /(?<![^\s,:[{])(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|["'])|(?<=\s)#.*|[[\]{}]/g;

/** Behind the quotation mark or the bracket that closes what opens at an index. */
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

/** At the end of the last line of a text of lines: what is empty, or indented deeper than its name. */
function endOfBlock(text: string, from: number, indent: number): number {
  const line = new RegExp(`\\n(?:[ \\t]*(?=\\n|$)| {${indent + 1}}.*)`, "y");
  let end = from;
  for (line.lastIndex = end; line.test(text); ) end = line.lastIndex;
  return end;
}
