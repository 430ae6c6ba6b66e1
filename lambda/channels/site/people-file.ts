import { parse as parseToml, TomlError } from "smol-toml";
import type { People, Person } from "../../articles/model/article.ts";
import { accountExample, accountIn } from "../../articles/model/fediverse.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { quoted } from "../../articles/model/remark.ts";
import { withoutForbidden } from "../../articles/model/xml-text.ts";
import { Fault } from "../../fault.ts";
import { readYaml } from "./yaml-file.ts";

/** The values of a file, and the line of one of them. */
export type PeopleValues = { readonly value: unknown; readonly lineOf: (path: readonly PropertyKey[]) => number };
export type PeopleTable = Readonly<Record<string, unknown>>;

/**
 * The people of a file in YAML, JSON or TOML: a table by id (Docusaurus, Jekyll, Eleventy, Hugo), or a list whose members name their id.
 * `name` is the file's name in messages. Addresses resolve against `base`.
 * @throws Fault (usage) with the line of what is wrong.
 */
export function peopleIn(text: string, name: string, base: string): People["byId"] {
  return peopleOfTable(peopleValuesIn(text, name), name, base);
}

/** What is in a file in YAML, JSON or TOML. */
export function peopleValuesIn(text: string, name: string): PeopleValues {
  return /\.toml$/i.test(name) ? tomlIn(text, name) : readYaml(text, name);
}

/** The people of a table by id, or of a list. */
export function peopleOfTable({ value, lineOf }: PeopleValues, name: string, base: string): People["byId"] {
  const refuse = (path: readonly PropertyKey[], message: string): never => {
    throw new Fault(`${name}:${lineOf(path)}  ${message} Nothing was changed.`, { kind: "usage" });
  };
  if (value === null || typeof value !== "object") return refuse([], `It holds no people. ${example}`);
  const byId = new Map<string, Person>();
  for (const [key, entry] of Object.entries(value)) {
    const path = [Array.isArray(value) ? Number(key) : key];
    const id = Array.isArray(value) ? (givenIdIn(entry) ?? nameIn(entry)) : key.trim();
    if (id === undefined) return refuse(path, `The person has neither an id nor a name: got ${quoted(entry)}. ${example}`);
    if (byId.has(id)) return refuse(path, `${quoted(id)} is here twice. Keep one of the two.`);
    const account = isPeopleTable(entry) ? textIn(entry, ["fediverse"]) : undefined;
    if (account !== undefined && accountIn(account) === undefined)
      return refuse(path, `The fediverse of ${quoted(id)} is no account: got ${quoted(account)}. Write it as ${accountExample}.`);
    byId.set(id, personInTable(entry, id, base) ?? refuse(path, `${quoted(id)} is no person: got ${quoted(entry)}. ${example}`));
  }
  return Object.fromEntries(byId);
}

const example = 'Write each as ann: { name: Ann Lee, url: "https://…" }.';

function tomlIn(text: string, name: string): PeopleValues {
  try {
    const lines = text.split("\n");
    const lineOf = ([id = ""]: readonly PropertyKey[]) =>
      lines.findIndex((line) => /^\s*\[/.test(line) && line.includes(String(id))) + 1 || 1;
    return { value: parseToml(text), lineOf };
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const reason = (cause.message.split("\n")[0] ?? "").replace(/\.?$/, ".");
    throw new Fault(`${name}:${cause.line}  ${reason} Nothing was changed.`, { kind: "usage", cause });
  }
}

const idNames = ["id", "key", "slug", "username", "short_name", "shortname", "nickname", "handle"];

/** The id that a person's own table names. */
export function givenIdIn(entry: unknown): string | undefined {
  return isPeopleTable(entry) ? textIn(entry, idNames) : undefined;
}

/** A person without a name is called by the id; a `title` is the person's work (Docusaurus). */
export function personInTable(entry: unknown, id: string, base: string): Person | undefined {
  const table = typeof entry === "string" ? { name: entry } : (entry ?? {});
  if (!isPeopleTable(table)) return undefined;
  const url = textIn(table, ["url", "uri", "link", "website", "homepage", "site", "web", "permalink"]);
  const contact = textIn(table, ["contact"]);
  const page = url ?? (contact !== undefined && /^https?:/i.test(contact) ? contact : undefined);
  return {
    name: nameIn(table) ?? id,
    ...omitUndefined({
      email: textIn(table, ["email", "mail"]),
      url: page === undefined ? undefined : (URL.parse(page, base)?.href ?? page),
      fediverse: accountIn(textIn(table, ["fediverse"]) ?? ""),
    }),
  };
}

export function nameIn(table: unknown): string | undefined {
  if (!isPeopleTable(table)) return undefined;
  const parts = [textIn(table, ["first_name", "firstname", "given_name"]), textIn(table, ["last_name", "lastname", "family_name"])];
  const whole = parts.filter((part) => part !== undefined).join(" ");
  return textIn(table, ["name", "display_name", "displayname", "full_name", "fullname"]) ?? (whole === "" ? undefined : whole);
}

/** The first of these fields that holds words; case and "-" do not matter. */
function textIn(table: PeopleTable, names: readonly string[]): string | undefined {
  const fields = new Map(Object.entries(table).map(([name, value]) => [name.toLowerCase().replaceAll("-", "_"), value]));
  return names
    .map((name) => fields.get(name))
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map((value) => withoutForbidden(String(value)).replace(/\s+/g, " ").trim())
    .find((text) => text !== "");
}

export function isPeopleTable(value: unknown): value is PeopleTable {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
