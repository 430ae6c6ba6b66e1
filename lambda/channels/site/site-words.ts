import type * as z from "zod";
import { nearest } from "../../articles/model/nearest.ts";
import { quoted } from "../../articles/model/remark.ts";

type Issue = z.core.$ZodRawIssue;

const nouns: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping of keys to values",
  record: "a mapping of keys to values",
};

/**
 * The mistake in a value of site.yaml, as the end of a sentence that begins with its key; undefined: the schema has its own
 * message.
 */
export function complaint(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${nouns[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`;
    case "invalid_value":
      return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.join(", ")}${meant(issue.input, issue.values.map(String))}`;
    case "too_small":
      return sized(issue.origin) ? "must not be empty" : `must be at least ${issue.minimum}`;
    case "too_big":
      return sized(issue.origin)
        ? `must have at most ${issue.maximum} ${issue.origin === "array" ? "items" : "characters"}`
        : `must be at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

function meant(written: unknown, words: readonly string[]): string {
  const near = typeof written === "string" ? nearest(written, words) : undefined;
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

function sized(origin: string): boolean {
  return origin === "string" || origin === "array";
}

function kindOf(input: unknown): string {
  if (input === null) return "empty";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "a mapping";
  return typeof input === "string" ? quoted(input) : String(input);
}
