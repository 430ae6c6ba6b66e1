import type { Person, WrittenDate } from "./article.ts";
import { parseDate } from "./dates.ts";
import type { Field, Value } from "./front-matter.ts";
import { peopleOf } from "./people.ts";
import { problem, quoted, type Remark } from "./remark.ts";

/** A field's value as what it should be, or the problem that it is something else. */
export type Read<T> = { readonly value: T } | { readonly wrong: Remark };

type Table = { readonly [name: string]: Value };

const isTable = (value: Value | undefined): value is Table => value !== null && typeof value === "object" && !Array.isArray(value);

/** A table as it is; anything else as the `url` of one, for what may be written either way. */
export const asTable = (value: Value): Table => (isTable(value) ? value : { url: value });

/** A list's members, or the one value as a list. */
export const asList = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : [value]);

const kindOf = (value: Value): string =>
  Array.isArray(value) ? "a list" : isTable(value) ? "a table" : value === null ? "nothing" : quoted(value);

const wrong = (field: Field, code: string, what: string, hint: string): { readonly wrong: Remark } => ({
  wrong: problem(code, `"${field.name}" is not ${what}: got ${kindOf(field.value)}.`, { line: field.line, hint }),
});

const words = (value: Value | undefined): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() : undefined;

/** One line of plain text. A number or `true` is what was written, and so is text. */
export function textOf(field: Field): Read<string> {
  const value = typeof field.value === "boolean" ? String(field.value) : words(field.value);
  return value === undefined
    ? wrong(field, "field-not-text", "text", `Write ${field.name}: "…" on one line.`)
    : { value: value.replace(/\s+/g, " ") };
}

/** A list, or one text with commas (or their Chinese and Arabic sisters) between. Without repetitions. */
export function textsOf(field: Field): Read<readonly string[]> {
  const list = Array.isArray(field.value) ? asList(field.value) : words(field.value)?.split(/[,;，、；،]/);
  const names = list?.map((item) => (isTable(item) ? words(item.name ?? item.title ?? item.slug) : words(item)));
  if (names === undefined || names.some((name) => name === undefined)) {
    return wrong(field, "field-not-list", "a list of texts", `Write ${field.name}: [one, another].`);
  }
  const tidy = names.map((name) => (name ?? "").replace(/\s+/g, " ").trim()).filter((name) => name !== "");
  return { value: [...new Set(tidy)] };
}

const DATE_HINT = "Write 2026-11-23 or 2026-11-23T09:00:00+05:00.";

export function dateOf(field: Field, zone: string): Read<WrittenDate> {
  const written = words(field.value);
  const value = written === undefined ? undefined : parseDate(written, zone);
  return value === undefined ? wrong(field, "date-invalid", "a date", DATE_HINT) : { value };
}

/** Yes and no in the words of YAML 1.1 and 1.2. */
export function booleanOf(field: Field): Read<boolean> {
  if (typeof field.value === "boolean") return { value: field.value };
  const word = words(field.value)?.toLowerCase();
  if (word !== undefined && /^(?:true|yes|on|y|1)$/.test(word)) return { value: true };
  if (word !== undefined && /^(?:false|no|off|n|0)$/.test(word)) return { value: false };
  return wrong(field, "field-not-boolean", "true or false", `Write ${field.name}: true or ${field.name}: false.`);
}

/** A text, a list of texts, a table with a name, or a list of such. */
export function authorsOf(field: Field): Read<readonly Person[]> {
  const people = asList(field.value).map(personOf);
  if (people.some((one) => one === undefined)) {
    return wrong(field, "authors-invalid", "a name or a list of names", `Write ${field.name}: [Ann Lee, Ivan Petrov].`);
  }
  const named = people.flatMap((one) => one ?? []);
  return { value: named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index) };
}

function personOf(value: Value): readonly Person[] | undefined {
  if (!isTable(value)) {
    const text = words(value);
    return text === undefined ? undefined : peopleOf(text);
  }
  const name = words(value.name ?? value.title ?? value.display_name);
  if (name === undefined || name === "") return undefined;
  const email = words(value.email ?? value.mail);
  const url = words(value.url ?? value.link ?? value.website ?? value.homepage);
  return [{ name, ...(email ? { email } : {}), ...(url ? { url } : {}) }];
}
