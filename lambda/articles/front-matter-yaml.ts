import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, Scalar, visit, type YAMLError } from "yaml";
import { bareWord } from "./bare-word.ts";
import type { Field, Fields, Value } from "./front-matter.ts";
import { plainYaml } from "./plain-yaml.ts";
import { problem, type Remark } from "./remark.ts";
import { lineAt } from "./xml-text.ts";

/** YAML between `---` lines. Nothing in it is executed, and no tag makes a value other than text. */
export function yamlFields(header: string, firstLine: number): Fields {
  return plainYaml(header, firstLine) ?? fullYaml(header, firstLine);
}

const EXAMPLE = 'Write each field on a line of its own, as in: title: "…"';

/** The long way, which `plainYaml` must equal. The failsafe schema keeps every scalar as the text that was written. */
export function fullYaml(header: string, firstLine: number): Fields {
  if (tooDeep(header)) return invalid("The front matter is nested too deep to be read.", firstLine);
  const document = parseDocument(header, { schema: "failsafe", prettyErrors: false, logLevel: "silent" });
  const lineOf = (offset: number): number => firstLine + lineAt(header, offset) - 1;
  const error = document.errors[0];
  if (error !== undefined) return { fields: [], remarks: [yamlProblem(error, document, lineOf)] };
  const map: unknown = document.contents;
  if (map === null || (isScalar(map) && map.value === "")) return { fields: [], remarks: [] };
  if (!isMap(map)) return invalid("The front matter has no fields.", firstLine, EXAMPLE);
  const read = reader(document);
  const fields: Field[] = map.items.map(({ key, value }) => ({
    name: isScalar(key) ? String(key.value) : "",
    value: read(value, 0),
    line: lineOf(isScalar(key) ? (key.range?.[0] ?? 0) : 0),
  }));
  const unknown = read.unknown();
  if (unknown !== undefined)
    return invalid("The front matter is not YAML: a text begins with *, which has a meaning of its own.", lineOf(unknown), QUOTES);
  return read.exhausted() ? invalid("The front matter repeats itself too often through aliases.", firstLine) : { fields, remarks: [] };
}

const invalid = (message: string, line: number, hint?: string): Fields => ({
  fields: [],
  remarks: [problem("front-matter-invalid", message, { line, hint })],
});

const DEEPEST = 16;
const MOST_VALUES = 10_000;

/** `unknown`: where an alias stands that nothing is named by. */
type Reader = ((node: unknown, depth: number) => Value) & { readonly exhausted: () => boolean; readonly unknown: () => number | undefined };

/** Values of nodes, aliases followed, until there are so many that somebody means harm ("billion laughs"). */
function reader(document: Document.Parsed): Reader {
  let left = MOST_VALUES;
  let unknown: number | undefined;
  const read = (node: unknown, depth: number): Value => {
    left -= 1;
    if (left < 0 || depth > DEEPEST) return null;
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) unknown ??= node.range?.[0] ?? 0;
      return read(target, depth + 1);
    }
    if (isScalar(node)) return scalar(node);
    if (isSeq(node)) return node.items.map((item) => read(item, depth + 1));
    if (!isMap(node)) return null;
    return Object.fromEntries(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", read(value, depth + 1)]));
  };
  return Object.assign(read, { exhausted: () => left < 0, unknown: () => unknown });
}

/** Only bare words are null or boolean; `"null"` in quotes is a text. */
function scalar(node: Scalar): Value {
  const text = String(node.value);
  return node.type === Scalar.PLAIN || node.type === undefined ? bareWord(text) : text;
}

/** Before parsing, because the parser walks what is nested by calling itself: brackets, and sequences or indents begun on one line. */
function tooDeep(header: string): boolean {
  const brackets = header.match(/[[{]/g)?.length ?? 0;
  const closed = header.match(/[\]}]/g)?.length ?? 0;
  if (brackets > 200 && deepest(header) > 100) return true;
  return brackets - closed > 100 || /^[ \t]{200}|^(?:[ \t]*[-?:][ \t]+){50}/m.test(header);
}

function deepest(header: string): number {
  let depth = 0;
  let most = 0;
  for (const { 0: bracket } of header.matchAll(/[[{\]}]/g)) {
    depth = Math.max(0, depth + (bracket === "[" || bracket === "{" ? 1 : -1));
    most = Math.max(most, depth);
  }
  return most;
}

function yamlProblem(error: YAMLError, document: Document.Parsed, lineOf: (offset: number) => number): Remark {
  const open = UNENDED.test(error.message) ? lastOpened(document, error.pos[0]) : undefined;
  const [reason, hint] = open === undefined ? (EXPLAINED[error.code] ?? OTHERWISE) : NO_END;
  return problem("front-matter-invalid", `The front matter is not YAML: ${reason}`, { line: lineOf(open ?? error.pos[0]), hint });
}

/** The parser has no code of its own for what lacks its closing bracket or quotation mark, and notices the lack where the next field is. */
const UNENDED = /^Missing closing |^Flow (?:sequence|map) in block collection/;

/** Where the list, table or quoted text begins that is still open at a place. */
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

const NO_END = ["a list or text that begins here has no end.", "Close it with the bracket or the quotation mark that opened it."] as const;
const OTHERWISE = ["something here cannot be read.", EXAMPLE] as const;

/** The mistakes that people make, in words that say what to do. */
const EXPLAINED: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  BLOCK_AS_IMPLICIT_KEY: ["a text that holds a colon is not in quotes.", QUOTES],
  MULTILINE_IMPLICIT_KEY: ["a line is not a field.", EXAMPLE],
  DUPLICATE_KEY: ["a field is written twice.", "Keep one of the two."],
  TAB_AS_INDENT: ["a line is indented with a tab.", "Indent with spaces."],
  MISSING_CHAR: ["a quotation mark, a bracket or a colon is missing.", EXAMPLE],
  BAD_ALIAS: ["a text begins with *, which has a meaning of its own.", QUOTES],
  BAD_SCALAR_START: ["a text begins with a character that has a meaning of its own.", QUOTES],
  BAD_INDENT: ["a line is not indented as its neighbours are.", "Begin fields of one kind in one column."],
  BAD_DQ_ESCAPE: ["a text in double quotes has a backslash that means nothing.", "Write it in single quotes, or the backslash twice."],
  UNEXPECTED_TOKEN: ["something stands where no text may.", QUOTES],
};
