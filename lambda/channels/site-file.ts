import { type Document, isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { Fault } from "../fault.ts";
import { nearest } from "./nearest.ts";
import { type Site, siteOf } from "./site.ts";
import { siteSchema } from "./site-schema.ts";
import { complaint } from "./site-words.ts";

/** Enough of a site where there is no site.yaml. */
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
 * site.yaml's text -> Site. `name` is how messages call the file; flags, where they are given, come before the file.
 * @throws Fault (usage) that lists every mistake with its line and, for an unknown key, the nearest known one.
 */
export function parseSite(text: string, name: string, flags: { readonly siteUrl?: string; readonly language?: string } = {}): Site {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw new Fault(`${name}:${lines.linePos(broken.pos[0]).line}  ${sentence(broken.message)}`, { kind: "usage", cause: broken });
  }
  const written = plainOf(document, name);
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
      return `${where(issue.path, key)}  "${key}" is not a key of ${issue.path.length === 0 ? "site.yaml" : place(issue.path)}.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    });
  }
  const subject = issue.path.length === 0 ? "site.yaml" : `"${place(issue.path)}"`;
  return [`${where(issue.path)}  ${subject} ${issue.message}.`];
}

function place(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

type Shaped = { readonly shape?: Record<string, unknown>; readonly element?: unknown; readonly unwrap?: () => unknown };

/** The keys that the schema knows at a path: objects by their shape, through lists, options and defaults. */
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
  for (let depth = path.length; depth >= 0; depth--) {
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

/** @throws Fault (usage): an alias without its anchor, or so many of them that they would fill the memory. */
function plainOf(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new Fault(`${name}  ${cause instanceof Error ? sentence(cause.message) : "cannot be read."}`, { kind: "usage", cause });
  }
}

/** The parser's message without its drawing of the place, which our own line number names already. */
function sentence(message: string): string {
  return `${(message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "").replace(/\.$/, "")}.`;
}
