import picomatch from "picomatch";
import { frontMatter } from "../../articles/front-matter/front-matter.ts";
import type { People, Person } from "../../articles/model/article.ts";
import { folderOf, isIndex } from "../../articles/source.ts";
import { Fault } from "../../fault.ts";
import type { Key } from "../../stores/store.ts";
import { givenIdIn, isPeopleTable, nameIn, type PeopleTable, peopleOfTable, peopleValuesIn, personInTable } from "./people-file.ts";

/** Where site.yaml says that people are. Nobody is known yet. */
export function peopleAt(place: string): People {
  if (/[*?{[]/.test(place)) return { file: place, glob: place, byId: {} };
  if (/\.(?:ya?ml|json|toml)$/i.test(place)) return { file: place, byId: {} };
  return { file: place, glob: `${place}/**/*.{yml,yaml,json,toml,md,markdown,mdx}`, byId: {} };
}

/** A file of a folder of people. `name`: in messages. */
export type PersonFile = { readonly key: Key; readonly name: string; readonly text: string };

/**
 * The people of a folder. Each file is one person (Astro, Hugo, Jekyll), whose id is the file's name, or that of its folder for an index page; an
 * id that the file itself names, and the file's path, stand for the same person. A file of data may also hold several, as `peopleIn` reads them.
 * `base`: addresses resolve against it.
 * @throws Fault (usage) with the file and line of what is wrong.
 */
export function peopleOfFolder(files: readonly PersonFile[], glob: string, base: string): People["byId"] {
  const top = `${picomatch.scan(glob).base}/`;
  const [ids, others] = [new Map<string, Person>(), new Map<string, Person>()];
  const from = new Map<string, PersonFile>();
  for (const file of files.toSorted(plainestFirst)) {
    if (/(?:^|\/)readme\.[^/]+$/i.test(file.key) || (isIndexPage(file.key) && folderOf(file.key) === top)) continue;
    for (const [id, person, aliases] of peopleOf(file, base)) {
      const earlier = from.get(id);
      // Another language of the same page says nothing new.
      if (earlier !== undefined && isIndexPage(file.key) && folderOf(earlier.key) === folderOf(file.key)) continue;
      if (earlier !== undefined) throw refusal(file, 1, `"${id}" is in ${earlier.name}, too. Keep one of the two.`);
      from.set(id, file);
      ids.set(id, person);
      for (const alias of aliases) if (!others.has(alias)) others.set(alias, person);
    }
  }
  return Object.fromEntries([...others, ...ids]);
}

type Read = readonly [id: string, person: Person, aliases: readonly string[]];

function peopleOf(file: PersonFile, base: string): readonly Read[] {
  const { key, name, text } = file;
  const id = idOf(key);
  if (/\.(?:ya?ml|json|toml)$/i.test(key)) {
    const written = peopleValuesIn(text, name);
    const { value } = written;
    if (Array.isArray(value) || (isPeopleTable(value) && Object.keys(value).length > 0 && Object.values(value).every(isPeopleTable)))
      return Object.entries(peopleOfTable(written, name, base)).map(([own, person]) => [own, person, []] as const);
    return [one(value, id, file, base)];
  }
  const { fields, remarks } = frontMatter(text);
  const broken = remarks.find(({ kind }) => kind === "problem");
  if (broken !== undefined) throw refusal(file, broken.line ?? 1, broken.message);
  const table: PeopleTable = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  // The title of a page about a person is the name.
  return fields.length === 0 ? [] : [one(nameIn(table) === undefined ? { ...table, name: table["title"] } : table, id, file, base)];
}

function one(value: unknown, id: string, file: PersonFile, base: string): Read {
  const person = personInTable(value, id, base);
  if (person === undefined) throw refusal(file, 1, "It holds no person. Write name: Ann Lee.");
  const own = givenIdIn(value);
  return [id, person, [file.key, ...(own === undefined ? [] : [own])]];
}

/** `ann.yml`, `ann/index.md`, `ann/_index.ru.md`. */
function idOf(key: Key): string {
  const path = isIndexPage(key) ? folderOf(key).slice(0, -1) : key.replace(/\.[^./]+$/, "");
  return path.slice(path.lastIndexOf("/") + 1);
}

const isIndexPage = (key: Key): boolean => isIndex(key) || /^_index(?:\.[\w-]+)?\.[^./]+$/i.test(key.slice(folderOf(key).length));

const dots = ({ key }: PersonFile): number => key.split(".").length;

/** `_index.md` before `_index.ru.md`. */
function plainestFirst(a: PersonFile, b: PersonFile): number {
  return dots(a) - dots(b) || (a.key < b.key ? -1 : 1);
}

function refusal({ name }: PersonFile, line: number, message: string): Fault {
  return new Fault(`${name}:${line}  ${message} Nothing was changed.`, { kind: "usage" });
}
