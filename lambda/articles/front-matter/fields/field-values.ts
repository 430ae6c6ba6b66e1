import { parseDate } from "../../dates/dates.ts";
import type { OfTwo } from "../../dates/zone.ts";
import type { People, Person, WrittenDate } from "../../model/article.ts";
import { accountExample, accountIn } from "../../model/fediverse.ts";
import { omitUndefined } from "../../model/json-value.ts";
import { notice, problem, quoted, type Remark } from "../../model/remark.ts";
import type { Field, Value } from "../field.ts";
import { type Author, authorsIn, isPageAddress, known, personIn } from "./people.ts";

/** A field's value in its expected type, with a notice if a part was left out; or the problem that it is something else. */
export type Read<T> = { readonly value: T; readonly notice?: Remark } | { readonly wrong: Remark };

export type FieldTable = { readonly [name: string]: Value };

const isTable = (value: Value | undefined): value is FieldTable => value !== null && typeof value === "object" && !Array.isArray(value);

/** A table unchanged; anything else becomes its `url`, for fields that accept either. */
export const asTable = (value: Value): FieldTable => (isTable(value) ? value : { url: value });

/** A list's members, or the one value as a list. */
export const asList = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : [value]);

const kindOf = (value: Value): string =>
  Array.isArray(value) ? "a list" : isTable(value) ? "a table" : value === null ? "nothing" : quoted(value);

const wrong = (field: Field, code: string, what: string, hint: string, got = kindOf(field.value)): { readonly wrong: Remark } => ({
  wrong: problem(code, `"${field.name}" is not ${what}: got ${got}.`, { line: field.line, hint }),
});

/** Items count from 1. */
const itemOf = (value: Value, at: number): string => `${kindOf(value)} as item ${at + 1}`;

/** Hexo writes a subcategory as a nested list; a YAML set is a table whose values are all null. */
const flatList = (value: Value): readonly Value[] =>
  isNames(value)
    ? Object.keys(value as FieldTable)
    : asList(value).flatMap((item) => (Array.isArray(item) ? (item as readonly Value[]) : [item]));

const isNames = (value: Value): boolean => isTable(value) && Object.values(value).every((inner) => inner === null);

/** The non-empty items of a list, with a notice if one is empty (two commas in a row, a bare dash). */
function filled(
  field: Field,
  list: (value: Value) => readonly Value[] = asList,
): { readonly items: readonly (readonly [Value, number])[]; readonly notice?: Remark } {
  const all = list(field.value).map((value, at) => [value, at] as const);
  const items = all.filter(([value]) => value !== null);
  const first = all.find(([value]) => value === null)?.[1];
  if (first === undefined) return { items };
  const message = `Item ${first + 1} of "${field.name}" is empty and was left out.`;
  return { items, notice: notice("list-item-empty", message, { line: field.line, hint: "Fill it in, or remove its comma or dash." }) };
}

const words = (value: Value | undefined): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() : undefined;

/** Accepts booleans too: `true` in a list of words is a word. */
const anyWords = (value: Value | undefined): string | undefined => (typeof value === "boolean" ? String(value) : words(value));

/** One line of plain text; a number or boolean counts as text. */
export function readText(field: Field): Read<string> {
  const value = anyWords(field.value);
  return value === undefined
    ? wrong(field, "field-not-text", "text", `Write ${field.name}: "…" on one line.`)
    : { value: value.replace(/\s+/g, " ") };
}

/** A list, or one text split at commas (Chinese and Arabic ones too); without duplicates. */
export function readTexts(field: Field): Read<readonly string[]> {
  const { items, notice: left } = filled(field, flatList);
  const isList = Array.isArray(field.value) || isNames(field.value);
  const texts = items.flatMap(([value, at]) => {
    const text = isTable(value) ? words(value.name ?? value.title ?? value.slug) : anyWords(value);
    return isList ? [{ text, value, at }] : (text?.split(/[,;，、；،]/) ?? [undefined]).map((one) => ({ text: one, value, at }));
  });
  const bad = texts.find(({ text }) => text === undefined);
  if (bad !== undefined) {
    const got = Array.isArray(field.value) ? itemOf(bad.value, bad.at) : kindOf(bad.value);
    return wrong(field, "field-not-list", "a list of texts", `Write ${field.name}: [one, another].`, got);
  }
  const tidy = texts.map(({ text }) => (text ?? "").replace(/\s+/g, " ").trim()).filter((name) => name !== "");
  return { value: [...new Set(tidy)], ...omitUndefined({ notice: left }) };
}

const DATE_HINT = "Write 2026-11-23 or 2026-11-23T09:00:00+05:00.";

export function readDate(field: Field, zone: string, ofTwo?: OfTwo): Read<WrittenDate> {
  const written = words(field.value);
  const value = written === undefined ? undefined : parseDate(written, zone, ofTwo);
  return value === undefined ? wrong(field, "date-invalid", "a date", DATE_HINT) : { value };
}

/** Yes and no in the words of YAML 1.1 and 1.2. */
export function readBoolean(field: Field): Read<boolean> {
  if (typeof field.value === "boolean") return { value: field.value };
  const word = words(field.value)?.toLowerCase();
  if (word !== undefined && /^(?:true|yes|on|y|1)$/.test(word)) return { value: true };
  if (word !== undefined && /^(?:false|no|off|n|0)$/.test(word)) return { value: false };
  return wrong(field, "field-not-boolean", "true or false", `Write ${field.name}: true or ${field.name}: false.`);
}

/** A text, a table with a name, or a list of these. Ids become the people that `people` names. */
export function readAuthors(field: Field, people?: People): Read<readonly Person[]> {
  const { items, notice: left } = filled(field);
  const authors = items.map(([value]) => authorsOf(value, people));
  const bad = items[authors.indexOf(undefined)];
  if (bad !== undefined) {
    const got = Array.isArray(field.value) ? itemOf(...bad) : kindOf(field.value);
    return wrong(field, "authors-invalid", "a name or a list of names", `Write ${field.name}: [Ann Lee, Ivan Petrov].`, got);
  }
  const all = authors.flatMap((one) => one ?? []);
  const nameless = all.find(({ person }) => isPageAddress(person.name))?.person;
  const noAccount = items
    .map(([value]) => value)
    .find((value) => isTable(value) && isWritten(value.fediverse) && accountOf(value) === undefined);
  const strangers = all.filter(({ unknownId }) => unknownId !== undefined).map(({ person }) => person.name);
  return {
    value: joined(all.map(({ person }) => person).filter(({ name }) => !isPageAddress(name))),
    ...omitUndefined({
      notice:
        nameless !== undefined
          ? unnamed(field, nameless)
          : (left ?? unknownIds(field, strangers, people) ?? (noAccount === undefined ? undefined : notAnAccount(field, noAccount))),
    }),
  };
}

function unknownIds({ name, line }: Field, ids: readonly string[], people: People | undefined): Remark | undefined {
  if (ids.length === 0 || people === undefined) return undefined;
  const [few, more] = [ids.slice(0, 3).map((id) => quoted(id)), ids.length > 3 ? ", …" : ""];
  const message = `"${name}" names ${few.join(", ")}${more}, whom ${people.file} does not have; the name stays as it is written.`;
  return notice("author-unknown", message, { line, hint: `Add the author to ${people.file}, or write the whole name.` });
}

const unnamed = ({ name, line }: Field, person: Person): Remark =>
  notice("author-unnamed", `"${name}" has an address instead of a name; it was left out: got ${quoted(person.name)}.`, {
    line,
    hint: "Write the name and the address: { name: Ann Lee, url: … }.",
  });

const isWritten = (value: Value | undefined): boolean => value !== undefined && value !== null && value !== "";

const accountOf = ({ fediverse }: FieldTable): string | undefined => accountIn(words(fediverse) ?? "");

const notAnAccount = ({ name, line }: Field, value: Value): Remark =>
  notice("author-account", `An author of "${name}" has no usable account in the Fediverse: got ${quoted(asTable(value).fediverse)}.`, {
    line,
    hint: `Write fediverse: "${accountExample}".`,
  });

/** Merges entries of one name, unless their addresses differ: then they are different people. */
function joined(people: readonly Person[]): readonly Person[] {
  const all: Person[] = [];
  const places = new Map<string, number[]>();
  const agree = (one: string | undefined, other: string | undefined): boolean => (one ?? other) === (other ?? one);
  for (const person of people) {
    const known = places.get(person.name) ?? [];
    const at = known.slice(0, MOST_NAMESAKES).find((place) => agree(all[place]?.email, person.email) && agree(all[place]?.url, person.url));
    if (at === undefined) {
      places.set(person.name, [...known.slice(0, MOST_NAMESAKES), all.push(person) - 1]);
    } else all[at] = { ...person, ...all[at] };
  }
  return all;
}

const MOST_NAMESAKES = 20;

function authorsOf(value: Value, people: People | undefined): readonly Author[] | undefined {
  if (!isTable(value)) {
    const text = words(value);
    return text === undefined ? undefined : authorsIn(text, people);
  }
  const email = words(value.email ?? value.mail);
  const url = words(value.url ?? value.link ?? value.website ?? value.homepage);
  const own = { ...(email ? { email } : {}), ...(url ? { url } : {}), ...omitUndefined({ fediverse: accountOf(value) }) };
  // Docusaurus: `key` names an entry of authors.yml, and the other fields of the table override it.
  const id = people === undefined ? undefined : words(value.key);
  const person = id === undefined ? undefined : known(id, people);
  const written = words(value.name ?? (id === undefined ? value.title : undefined) ?? value.display_name) || (person?.name ?? id);
  if (written === undefined || written === "") return undefined;
  const unknownId = id !== undefined && person === undefined && written === id ? { unknownId: true as const } : {};
  return [{ person: { ...person, ...personIn(written), ...own }, ...unknownId }];
}
