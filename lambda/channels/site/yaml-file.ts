import { type Document, isCollection, isMap, isScalar, LineCounter, parseDocument, type Scalar, visit } from "yaml";
import { tooDeep } from "../../articles/front-matter/front-matter-yaml.ts";
import { Fault } from "../../fault.ts";

/** The parser's time for a long list of mistakes grows with the square of their number. */
const mostLines = 20_000;

/** The value of a file, and the line of a path in it; with `key`, of that key of the table there. */
type Written = { readonly value: unknown; readonly lineOf: (path: readonly PropertyKey[], key?: string) => number };

/**
 * Parses a settings file in YAML, or in JSON, which is YAML too. `name` is the file's name in messages.
 * @throws Fault (usage) with the line of the first mistake.
 */
export function readYaml(text: string, name: string): Written {
  const lines = new LineCounter();
  const refuse = (offset: number, message: string, cause?: unknown): never => {
    throw new Fault(`${name}:${lines.linePos(offset).line}  ${message}`, { kind: "usage", cause });
  };
  if (tooDeep(text)) throw new Fault(`${name}:1  It is nested too deeply to be read.`, { kind: "usage" });
  if (text.split("\n").length > mostLines) throw new Fault(`${name}:1  It has more than ${mostLines} lines.`, { kind: "usage" });
  // The library would compare every key with every other.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "error" });
  const broken = document.errors[0];
  if (broken !== undefined) refuse(broken.pos[0], sentence(broken.message), broken);
  const twice = firstTwice(document);
  if (twice !== undefined) refuse(twice.offset, `"${plainly(twice.name)}" is written twice; keep one of the two.`);
  return { value: plainOf(document, refuse), lineOf: (path, key) => lineOf(document, lines, path, key) };
}

/** Fits one line of a terminal, whatever the name contains. */
export function plainly(name: string): string {
  const visible = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return visible.length > 100 ? `${visible.slice(0, 100).toWellFormed()}…` : visible;
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[], key?: string): number {
  const atItsName = key === undefined && path.length > 0 && isMap(document.getIn(path.slice(0, -1), true));
  for (let depth = atItsName ? path.length - 1 : path.length; depth >= 0; depth--) {
    const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    const wanted = depth === path.length ? key : String(path[depth]);
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === wanted) : undefined;
    const start =
      pair !== undefined && isScalar(pair.key)
        ? pair.key.range?.[0]
        : (parent as { range?: readonly [number, number, number] } | undefined)?.range?.[0];
    if (start !== undefined && (depth === 0 || parent !== undefined)) return lines.linePos(start).line;
  }
  return 1;
}

/** The first key that its map already has. */
function firstTwice(document: Document): { readonly name: string; readonly offset: number } | undefined {
  let found: { readonly name: string; readonly offset: number } | undefined;
  visit(document, {
    Map: (_, map) => {
      const names = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name !== undefined && names.has(name)) found = { name, offset: (key as Scalar).range?.[0] ?? 0 };
        if (found !== undefined) return visit.BREAK;
        if (name !== undefined) names.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/**
 * @throws Fault (usage): an alias without an anchor, an alias within itself, or so many aliases that they would fill the memory.
 */
function plainOf(document: Document, refuse: (offset: number, message: string, cause?: unknown) => never): unknown {
  visit(document, {
    Alias: (_, alias, path) => {
      const around = path.flatMap((node) => (isCollection(node) && node.anchor !== undefined ? [node.anchor] : []));
      if (around.includes(alias.source)) refuse(alias.range?.[0] ?? 0, `*${alias.source} contains itself.`);
    },
  });
  try {
    return document.toJS();
  } catch (cause) {
    let at = 0;
    visit(document, {
      Alias: (_, { range }) => {
        at = range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    return refuse(at, cause instanceof Error ? sentence(cause.message) : "It cannot be read.", cause);
  }
}

/** The parser's message without its picture of the place; our own line number replaces it. */
function sentence(message: string): string {
  return `${(message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "").replace(/\.$/, "")}.`;
}
