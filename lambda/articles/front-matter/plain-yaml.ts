import { bareWord } from "./bare-word.ts";
import type { Field, Fields } from "./field.ts";

/**
 * `name: value`, in which the value is quoted without escapes, or bare and free of every character that YAML may take for
 * something else, unusual spaces included. A bare one begins with a letter or digit; `: ` and ` #` inside it would be a key or a comment.
 */
const LINE = /^([A-Za-z_][\w-]*):(?:[ ]+(?:'([^'\n]*)'|"([^"\\\n]*)"|([\p{L}\p{N}](?:[^\s:#]| |:(?=[^\s:])|(?<=[^\s])#)*)))?[ ]*$/u;

/**
 * The short way for front matter that is only plain lines, as nearly all is: twenty times as fast as the parser, and equal to
 * it. Anything else, a name written twice included, is left to the parser (`undefined`).
 */
export function plainYaml(header: string, firstLine: number): Fields | undefined {
  const fields: Field[] = [];
  const names = new Set<string>();
  const lines = header.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const [index, line] of lines.entries()) {
    const match = LINE.exec(line);
    if (match?.[1] === undefined || names.has(match[1])) return undefined;
    names.add(match[1]);
    const [, name, single, double, bare] = match;
    fields.push({ name, value: single ?? double ?? bareWord((bare ?? "").trimEnd()), line: firstLine + index });
  }
  return { fields, remarks: [] };
}
