import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  visit,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import { bareWord } from "./bare-word.ts";
import type { Field, Fields, Value } from "./field.ts";
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
  // The library compares each key with each other of its map.
  const document = parseDocument(header, { schema: "failsafe", uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const lineOf = lineCounter(header, firstLine);
  const error = document.errors[0];
  if (error !== undefined) return { fields: [], remarks: [yamlProblem(error, document, lineOf)] };
  const map: unknown = document.contents;
  if (map === null || (isScalar(map) && map.value === "")) return { fields: [], remarks: [] };
  if (!isMap(map)) return invalid("The front matter has no fields.", firstLine, EXAMPLE);
  const read = reader();
  read.meet(map);
  const fields: Field[] = read.members(map).map(({ name, offset, value }) => ({ name, value: read(value, 0), line: lineOf(offset) }));
  const [unknown, twice] = [read.unknown(), read.twice()];
  if (read.exhausted()) return invalid("The front matter repeats itself too often through aliases.", firstLine);
  if (twice !== undefined) return notYaml(TWICE, lineOf(twice));
  return unknown === undefined ? { fields, remarks: [] } : notYaml(STAR, lineOf(unknown));
}

const invalid = (message: string, line: number, hint?: string): Fields => ({
  fields: [],
  remarks: [problem("front-matter-invalid", message, { line, hint })],
});

const notYaml = ([reason, hint]: readonly [string, string], line: number): Fields =>
  invalid(`The front matter is not YAML: ${reason}`, line, hint);

const DEEPEST = 16;
const MOST_VALUES = 10_000;

/** The line of the file on which an offset stands; asked in order, each line is counted once. */
function lineCounter(text: string, firstLine: number): (offset: number) => number {
  let [line, counted] = [firstLine, 0];
  return (offset) => {
    if (offset < counted) [line, counted] = [firstLine, 0];
    line += lineAt(text.slice(counted, offset), offset) - 1;
    counted = offset;
    return line;
  };
}

/** `unknown`: where an alias stands that nothing is named by. */
type Reader = ((node: unknown, depth: number) => Value) & {
  readonly meet: (node: unknown) => void;
  readonly members: (map: YAMLMap) => readonly { readonly name: string; readonly offset: number; readonly value: unknown }[];
  /** Where a name stands that its map has already. */
  readonly twice: () => number | undefined;
  readonly exhausted: () => boolean;
  readonly unknown: () => number | undefined;
};

/**
 * Values of nodes, aliases followed, until there are so many that somebody means harm ("billion laughs"). Anchors are kept as they
 * are met, for an alias means the last one before it (YAML 1.2.2, 3.2.2.2); the library would look through the whole document
 * for each.
 */
function reader(): Reader {
  let left = MOST_VALUES;
  let unknown: number | undefined;
  let twice: number | undefined;
  let followed = 0;
  const anchors = new Map<string, Node>();
  const meet = (node: unknown): void => {
    if (followed === 0 && (isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.set(node.anchor, node);
  };
  const follow = (alias: Alias, depth: number): Value => {
    const target = anchors.get(alias.source);
    if (target === undefined) unknown ??= alias.range?.[0] ?? 0;
    followed += 1;
    const value = read(target, depth + 1);
    followed -= 1;
    return value;
  };
  const read = (node: unknown, depth: number): Value => {
    left -= 1;
    if (left < 0 || depth > DEEPEST) return null;
    meet(node);
    if (isAlias(node)) return follow(node, depth);
    if (isScalar(node)) return scalar(node);
    if (isSeq(node)) return node.items.map((item) => read(item, depth + 1));
    return isMap(node) ? Object.fromEntries(members(node).map(({ name, value }) => [name, read(value, depth + 1)])) : null;
  };
  const members: Reader["members"] = (map) => {
    const names = new Set<string>();
    return map.items.map(({ key, value }) => {
      meet(key);
      const name = isScalar(key) ? String(key.value) : "";
      const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
      if (isScalar(key) && names.has(name)) twice ??= offset;
      names.add(name);
      return { name, offset, value };
    });
  };
  return Object.assign(read, { meet, members, twice: () => twice, exhausted: () => left < 0, unknown: () => unknown });
}

/** Only bare words are null or boolean; `"null"` in quotes is a text. */
function scalar(node: Scalar): Value {
  // `!!timestamp` and its like are resolved in spite of the schema, into dates of this machine.
  const text = typeof node.value === "string" ? node.value : (node.source ?? "");
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

const STAR = ["a text begins with *, which has a meaning of its own.", QUOTES] as const;
const TWICE = ["a field is written twice.", "Keep one of the two."] as const;

/** The mistakes that people make, in words that say what to do. */
const EXPLAINED: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  BLOCK_AS_IMPLICIT_KEY: ["a text that holds a colon is not in quotes.", QUOTES],
  MULTILINE_IMPLICIT_KEY: ["a line is not a field.", EXAMPLE],
  TAB_AS_INDENT: ["a line is indented with a tab.", "Indent with spaces."],
  MISSING_CHAR: ["a quotation mark, a bracket or a colon is missing.", EXAMPLE],
  BAD_ALIAS: STAR,
  BAD_SCALAR_START: ["a text begins with a character that has a meaning of its own.", QUOTES],
  BAD_INDENT: ["a line is not indented as its neighbours are.", "Begin fields of one kind in one column."],
  BAD_DQ_ESCAPE: ["a text in double quotes has a backslash that means nothing.", "Write it in single quotes, or the backslash twice."],
  UNEXPECTED_TOKEN: ["something stands where no text may.", QUOTES],
};
