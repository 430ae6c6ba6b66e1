import type { z } from "zod";
import { notUtf8, unicodeText } from "../../articles/encoding/decode.ts";
import { nearest } from "../../articles/model/nearest.ts";
import { Fault } from "../../fault.ts";
import { type Site, siteOf } from "./site.ts";
import { siteSchema } from "./site-schema.ts";
import { complaint } from "./site-words.ts";
import { plainly, readYaml } from "./yaml-file.ts";

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

/**
 * Parses the text of site.yaml. `name` is the file's name in messages; flags override the file.
 * @throws Fault (usage) that lists every mistake with its line and, for an unknown key, the nearest known one.
 */
export function parseSite(text: string, name: string, flags: { readonly siteUrl?: string; readonly language?: string } = {}): Site {
  const { value: written, lineOf } = readYaml(text, name);
  const overridden = {
    ...(flags.siteUrl === undefined ? {} : { url: flags.siteUrl }),
    ...(flags.language === undefined ? {} : { language: flags.language }),
  };
  const whole = typeof written === "object" && !Array.isArray(written) ? { ...written, ...overridden } : written;
  const parsed = siteSchema.safeParse(whole, { error: complaint });
  if (parsed.success) return siteOf(parsed.data);
  const where = (path: readonly PropertyKey[], key?: string) => `${name}:${lineOf(path, key)}`;
  throw new Fault(parsed.error.issues.flatMap((issue) => messages(issue, where)).join("\n"), { kind: "usage" });
}

function messages(issue: z.core.$ZodIssue, where: (path: readonly PropertyKey[], key?: string) => string): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const near = nearest(key, knownKeys(issue.path));
      return `${where(issue.path, key)}  "${plainly(key)}" is not a key of ${issue.path.length === 0 ? "site.yaml" : place(issue.path)}.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    });
  }
  if (issue.code === "invalid_key") {
    const { path } = issue;
    const [key, name] = [String(path.at(-1)), place(path.slice(0, -1))];
    const near = nearest(
      key,
      issue.issues.flatMap((inner) => ("values" in inner ? inner.values.map(String) : [])),
    );
    return [`${where(path)}  "${plainly(key)}" is not a key of ${name}.${near === undefined ? "" : ` Did you mean "${near}"?`}`];
  }
  const subject = issue.path.length === 0 ? "site.yaml" : `"${place(issue.path)}"`;
  return [`${where(issue.path)}  ${subject} ${issue.message}.`];
}

function place(path: readonly PropertyKey[]): string {
  return path.map((key) => plainly(String(key))).join(".");
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
