import { type Document, isCollection, isMap, isScalar, LineCounter, parseDocument, type Scalar, visit } from "yaml";
import type { z } from "zod";
import { notUtf8, unicodeText } from "../../articles/encoding/decode.ts";
import { tooDeep } from "../../articles/front-matter/front-matter-yaml.ts";
import { Fault } from "../../fault.ts";
import { nearest } from "./nearest.ts";
import { type Site, siteOf } from "./site.ts";
import { siteSchema } from "./site-schema.ts";
import { complaint } from "./site-words.ts";

/** A minimal site, if there is no site.yaml. */
export function siteOfFlags(flags: { readonly siteUrl: string; readonly language?: string }): Site {
  const written = { url: flags.siteUrl, ...(flags.language === undefined ? {} : { language: flags.language }) };
  const parsed = siteSchema.safeParse(written, { error: complaint });
  if (parsed.success) return siteOf(parsed.data);
  throw new Fault(
    parsed.error.issues.map((issue) => `--${issue.path[0] === "url" ? "site-url" : "language"} ${issue.message}.`).join("\n"),
    { kind: "usage" },
  );
}

/**
 * Decodes site.yaml.
 * @throws Fault (usage): nothing is guessed in a file that decides everything.
 */
export function siteText(bytes: Uint8Array, name: string): string {
  const text = unicodeText(bytes);
  if (text !== undefined) return text;
  const { line = 1, message, hint = "" } = notUtf8(bytes);
  throw new Fault(`${name}:${line}  ${message} ${hint}`, { kind: "usage" });
}

/** The parser's time for a long list of mistakes grows with the square of their number. */
const mostLines = 20_000;

/**
 * Parses the text of site.yaml. `name` is the file's name in messages; flags override the file.
 * @throws Fault (usage) that lists every mistake with its line and, for an unknown key, the nearest known one.
 */
export function parseSite(text: string, name: string, flags: { readonly siteUrl?: string; readonly language?: string } = {}): Site {
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
  const written = plainOf(document, refuse);
  const overridden = {
    ...(flags.siteUrl === undefined ? {} : { url: flags.siteUrl }),
    ...(flags.language === undefined ? {} : { language: flags.language }),
  };
  const whole = typeof written === "object" && !Array.isArray(written) ? { ...written, ...overridden } : written;
  const parsed = siteSchema.safeParse(whole, { error: complaint });
  if (parsed.success) return siteOf(parsed.data);
  const where = (path: readonly PropertyKey[], key?: string) => `${name}:${lineOf(document, lines, path, key)}`;
  throw new Fault(parsed.error.issues.flatMap((issue) => messages(issue, where)).join("\n"), { kind: "usage" });
}

function messages(issue: z.core.$ZodIssue, where: (path: readonly PropertyKey[], key?: string) => string): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const near = nearest(key, knownKeys(issue.path));
      return `${where(issue.path, key)}  "${plainly(key)}" is not a key of ${issue.path.length === 0 ? "site.yaml" : place(issue.path)}.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    });
  }
  const subject = issue.path.length === 0 ? "site.yaml" : `"${place(issue.path)}"`;
  return [`${where(issue.path)}  ${subject} ${issue.message}.`];
}

function place(path: readonly PropertyKey[]): string {
  return path.map((key) => plainly(String(key))).join(".");
}

/** Fits one line of a terminal, whatever the name contains. */
function plainly(name: string): string {
  const visible = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return visible.length > 100 ? `${visible.slice(0, 100).toWellFormed()}…` : visible;
}

type Shaped = { readonly shape?: Record<string, unknown>; readonly element?: unknown; readonly unwrap?: () => unknown };

/** The keys that the schema knows at a path: the keys of objects, also inside lists, optional values and defaults. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let here: unknown = siteSchema;
  for (const step of [...path, undefined]) {
    while (
      here !== undefined &&
      (here as Shaped).shape === undefined &&
      (here as Shaped).element === undefined &&
      typeof (here as Shaped).unwrap === "function"
    ) {
      here = (here as Shaped).unwrap?.();
    }
    if (step === undefined) break;
    here = typeof step === "number" ? (here as Shaped | undefined)?.element : (here as Shaped | undefined)?.shape?.[String(step)];
  }
  return Object.keys((here as Shaped | undefined)?.shape ?? {});
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
