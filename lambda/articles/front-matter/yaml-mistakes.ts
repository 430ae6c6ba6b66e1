import { type Document, isCollection, isScalar, visit, type YAMLError } from "yaml";
import { notice, problem, quoted, type Remark } from "../model/remark.ts";
import type { Fields } from "./field.ts";

export const EXAMPLE = 'Write each field on its own line, as in: title: "…"';

export const invalid = (message: string, line: number, hint?: string): Fields => ({
  fields: [],
  remarks: [problem("front-matter-invalid", message, { line, hint })],
});

export const notYaml = ([reason, hint]: readonly [string, string], line: number): Fields =>
  invalid(`The front matter is not YAML: ${reason}`, line, hint);

type LineOf = (offset: number) => number;

/** Explains a parser error in words that say what to do. */
export function yamlProblem(error: YAMLError, document: Document.Parsed, header: string, lineOf: LineOf): readonly Remark[] {
  const wide = wideColon(header, lineOf);
  if (wide !== undefined) return wide.remarks;
  const open = UNENDED.test(error.message) ? lastOpened(document, error.pos[0]) : undefined;
  const [reason, hint] = open === undefined ? (EXPLAINED[error.code] ?? OTHERWISE) : NO_END;
  return notYaml([reason, hint], lineOf(open ?? error.pos[0])).remarks;
}

/** The parser has no code for a missing bracket or quotation mark, and reports it only at the next field. */
const UNENDED = /^Missing closing |^Flow (?:sequence|map) in block collection/;

/** Where the list, table or quoted text begins that is still open at `place`. */
function lastOpened(document: Document.Parsed, place: number): number | undefined {
  let last: number | undefined;
  visit(document, {
    Node: (_, node) => {
      const [from, to] = node.range ?? [0, 0];
      const opened = isCollection(node) ? node.flow === true : isScalar(node) && /^QUOTE_/.test(node.type ?? "");
      if (opened && from <= place && to >= place) last = from;
    },
  });
  return last;
}

const QUOTES = 'Put the text in quotes, as in: title: "Energy: a new page"';

const NO_END = ["a list or text that begins here is never closed.", "Close it with the matching bracket or quotation mark."] as const;
const OTHERWISE = ["something here cannot be read.", EXAMPLE] as const;

export const STAR = ["a text begins with *, which has a special meaning.", QUOTES] as const;
export const NAMELESS = ["a value has no field name before its colon.", EXAMPLE] as const;

export const writtenTwice = (name: string, line: number): Remark =>
  notice("field-twice", `${quoted(name)} is written twice; the last one counts.`, { line, hint: "Keep one of the two." });

/** The Chinese colon after a field's name looks right, but is a letter to YAML. */
export function wideColon(header: string, lineOf: LineOf): Fields | undefined {
  const at = header.search(/^[ \t]*[a-z_]+：/im);
  return at === -1 ? undefined : notYaml(WIDE_COLON, lineOf(at));
}

const WIDE_COLON = [
  "the colon after a field's name is a wide Chinese one (：).",
  'Write a plain colon and a space, as in: title: "…"',
] as const;

/** Common mistakes, in words that say what to do. */
const EXPLAINED: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  BLOCK_AS_IMPLICIT_KEY: ["a text with a colon needs quotes.", QUOTES],
  MULTILINE_IMPLICIT_KEY: ["a line is not a field.", EXAMPLE],
  TAB_AS_INDENT: ["a line is indented with a tab.", "Indent with spaces."],
  MISSING_CHAR: ["a quotation mark, a bracket or a colon is missing.", EXAMPLE],
  BAD_ALIAS: STAR,
  BAD_SCALAR_START: ["a text begins with a character that has a special meaning.", QUOTES],
  BAD_INDENT: ["a line is not indented like its neighbours.", "Begin fields of one level in the same column."],
  BAD_DQ_ESCAPE: ["a text in double quotes has a backslash without a meaning.", "Use single quotes, or write the backslash twice."],
  UNEXPECTED_TOKEN: ["text is not allowed here.", QUOTES],
};
