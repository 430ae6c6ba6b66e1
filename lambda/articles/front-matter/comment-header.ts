import type { Field, Fields } from "./field.ts";

/** `[key]: # "value"`, `[key]: # (value)` */
const KEY_FIRST = /^\[([\w-]+)\]:[ \t]*#[ \t]+(?:"(.*)"|\((.*)\)|'(.*)')[ \t]*$/;
/** `[#]: key: "value"`, `[#]: key: (value)` */
const SIGN_FIRST = /^\[#\]:[ \t]*([\w-]+):?[ \t]+(?:"(.*)"|\((.*)\)|'(.*)')[ \t]*$/;

/**
 * Fields written as unused link definitions, which Markdown does not show: a custom of some archives. They stand at the top of the file,
 * one per line. `end`: where the body begins; 0 if there are no fields.
 */
export function commentHeader(text: string, firstLine: number): Fields & { readonly end: number } {
  const fields: Field[] = [];
  let end = 0;
  let line = firstLine;
  while (end < text.length) {
    const next = text.indexOf("\n", end);
    const stop = next === -1 ? text.length : next;
    const written = text.slice(end, stop);
    const match = KEY_FIRST.exec(written) ?? SIGN_FIRST.exec(written);
    if (match?.[1] === undefined) break;
    fields.push({ name: match[1], value: (match[2] ?? match[3] ?? match[4] ?? "").trim(), line });
    end = stop === text.length ? stop : stop + 1;
    line += 1;
  }
  return { fields, remarks: [], end };
}
