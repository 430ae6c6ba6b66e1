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
  type YAMLMap,
} from "yaml";
import { lineAt } from "../model/xml-text.ts";
import { bareWord } from "./bare-word.ts";
import type { Field, Fields, Value } from "./field.ts";
import { plainYaml } from "./plain-yaml.ts";
import { indentContinuations } from "./yaml-indent.ts";
import { EXAMPLE, invalid, NAMELESS, notYaml, STAR, wideColon, writtenTwice, yamlProblem } from "./yaml-mistakes.ts";

/** YAML between `---` lines. Nothing in it is executed, and a tag can only make text. */
export function yamlFields(header: string, firstLine: number): Fields {
  return plainYaml(header, firstLine) ?? fullYaml(header, firstLine);
}

/** The general parser; `plainYaml` must agree with it. The failsafe schema keeps every scalar as written. */
export function fullYaml(header: string, firstLine: number): Fields {
  if (tooDeep(header)) return invalid("The front matter is nested too deep.", firstLine);
  // The library's time grows with the square of the number of mistakes.
  if (lineAt(header, header.length) > MOST_VALUES) return invalid(`The front matter has more than ${MOST_VALUES} lines.`, firstLine);
  const { document, text } = parsed(header);
  const lineOf = lineCounter(text, firstLine);
  const error = document.errors[0];
  if (error !== undefined) return { fields: [], remarks: yamlProblem(error, document, header, lineOf) };
  const map: unknown = document.contents;
  if (map === null || (isScalar(map) && map.value === "")) return { fields: [], remarks: [] };
  if (!isMap(map)) return wideColon(header, lineOf) ?? invalid("The front matter has no fields.", firstLine, EXAMPLE);
  const read = reader();
  read.meet(map);
  const fields: Field[] = read.merged(read.members(map), -1).map(({ name, offset, value }) => ({ name, value, line: lineOf(offset) }));
  const [unknown, nameless] = [read.unknown(), read.nameless()];
  if (read.exhausted())
    return invalid(read.aliases() > 0 ? "The front matter repeats itself too often through aliases." : TOO_MANY, firstLine);
  if (nameless !== undefined) return notYaml(NAMELESS, lineOf(nameless));
  if (unknown !== undefined) return notYaml(STAR, lineOf(unknown));
  const twice = read.twice();
  return { fields, remarks: twice === undefined ? [] : [writtenTwice(twice.name, lineOf(twice.offset))] };
}

/** Without these options the library resolves known tags in spite of the schema, and compares each key of a map with every other. */
const OPTIONS = {
  schema: "failsafe",
  resolveKnownTags: false,
  uniqueKeys: false,
  strict: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

/** If the library refuses what the parsers of other generators accept, tries again with the indentation that it wants. */
function parsed(header: string): { readonly document: Document.Parsed; readonly text: string } {
  const document = parseDocument(header, OPTIONS);
  const text = document.errors.length === 0 ? header : indentContinuations(header);
  return { document: text === header ? document : parseDocument(text, OPTIONS), text };
}

const DEEPEST = 16;
const MOST_VALUES = 10_000;
const TOO_MANY = `The front matter has more than ${MOST_VALUES} values.`;

/** The line of an offset. Offsets in ascending order count each line once. */
function lineCounter(text: string, firstLine: number): (offset: number) => number {
  let [line, counted] = [firstLine, 0];
  return (offset) => {
    if (offset < counted) [line, counted] = [firstLine, 0];
    line += lineAt(text.slice(counted, offset), offset) - 1;
    counted = offset;
    return line;
  };
}

/** `merges`: whether it is a merge key. */
type Member<T> = { readonly name: string; readonly offset: number; readonly value: T; readonly merges: boolean };

const asTables = (value: Value): readonly Readonly<Record<string, Value>>[] =>
  [value].flat().filter((one) => one !== null && typeof one === "object" && !Array.isArray(one)) as Readonly<Record<string, Value>>[];

/** Reads nodes as values. `unknown`: the offset of an alias that names no anchor. */
type Reader = ((node: unknown, depth: number) => Value) & {
  readonly meet: (node: unknown) => void;
  readonly members: (map: YAMLMap) => readonly Member<unknown>[];
  /** The members' values, plus what merge keys add (`<<: *defaults`), which Jekyll and Hugo understand. */
  readonly merged: (members: readonly Member<unknown>[], depth: number) => readonly Member<Value>[];
  /** The first name that occurs twice in its map, and its offset. */
  readonly twice: () => { readonly name: string; readonly offset: number } | undefined;
  /** The offset of a value without a name. */
  readonly nameless: () => number | undefined;
  readonly exhausted: () => boolean;
  /** How many aliases were followed. */
  readonly aliases: () => number;
  readonly unknown: () => number | undefined;
};

/**
 * Reads values and follows aliases until there are so many that only an attack explains them ("billion laughs"). Anchors are noted in
 * reading order, because an alias means the last one before it (YAML 1.2.2, 3.2.2.2); the library would search the whole document for each.
 */
function reader(): Reader {
  let left = MOST_VALUES;
  let unknown: number | undefined;
  let nameless: number | undefined;
  let twice: { readonly name: string; readonly offset: number } | undefined;
  let [followed, aliases] = [0, 0];
  const anchors = new Map<string, Node>();
  const meet = (node: unknown): void => {
    if (followed === 0 && (isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.set(node.anchor, node);
  };
  const follow = (alias: Alias, depth: number): Value => {
    const target = anchors.get(alias.source);
    if (target === undefined) unknown ??= alias.range?.[0] ?? 0;
    followed += 1;
    aliases += 1;
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
    return isMap(node) ? Object.fromEntries(merged(members(node), depth).map(({ name, value }) => [name, value])) : null;
  };
  const merged: Reader["merged"] = (all, depth) => {
    const plain = lastOfEachName(all.map((member) => ({ ...member, value: read(member.value, depth + 1) })));
    if (!plain.some(({ merges }) => merges)) return plain;
    const own = plain.filter(({ merges }) => !merges);
    const names = new Set(own.map(({ name }) => name));
    const lent = plain.filter(({ merges }) => merges).flatMap(({ value, offset }) => asTables(value).map((table) => ({ table, offset })));
    const given = lent.flatMap(({ table, offset }) =>
      Object.entries(table).map(([name, value]) => ({ name, value, offset, merges: false })),
    );
    // A map's own name wins over merged ones; of several merges, the first wins.
    return [...own, ...given.filter(({ name }) => !names.has(name) && names.add(name))];
  };
  const members: Reader["members"] = (map) => {
    const names = new Set<string>();
    return map.items.map(({ key, value }) => {
      meet(key);
      const name = isScalar(key) ? String(key.value) : "";
      const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
      if (key === null || (isScalar(key) && key.value === "" && isPlain(key))) nameless ??= offset;
      if (isScalar(key) && names.has(name)) twice ??= { name, offset };
      names.add(name);
      return { name, offset, value, merges: name === "<<" && isScalar(key) && key.type === Scalar.PLAIN };
    });
  };
  const told = { twice: () => twice, nameless: () => nameless, exhausted: () => left < 0, aliases: () => aliases, unknown: () => unknown };
  return Object.assign(read, { meet, members, merged, ...told });
}

/** Jekyll and Hugo take the last of equal names; other generators refuse them. */
function lastOfEachName<T>(members: readonly Member<T>[]): readonly Member<T>[] {
  const last = new Map(members.map(({ name }, index) => [name, index]));
  return last.size === members.length ? members : members.filter(({ name, merges }, index) => merges || last.get(name) === index);
}

const isPlain = ({ type }: Scalar): boolean => type === Scalar.PLAIN || type === undefined;

/** Only bare words are null or boolean; `"null"` in quotes is text, and so is Ruby's `!binary`. */
function scalar(node: Scalar): Value {
  const text = String(node.value);
  if (node.tag !== undefined && /[!:]binary$/.test(node.tag)) return Buffer.from(text, "base64").toString();
  return isPlain(node) ? bareWord(text) : text;
}

/** Checked before parsing, because the parser is recursive: counts brackets, and sequences or indents that begin on one line. */
export function tooDeep(header: string): boolean {
  const brackets = header.match(/[[{]/g)?.length ?? 0;
  const closed = header.match(/[\]}]/g)?.length ?? 0;
  if (brackets > 200 && deepest(header) > 100) return true;
  return brackets - closed > 100 || /^[ \t]{200}|^[ \t]*(?:[-?:][ \t]+){50}/m.test(header);
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
