import { canonicalTag } from "../../articles/language/language.ts";
import { type MediaReference, OWN_FOLDER } from "../../articles/links/media-mark.ts";
import type { People } from "../../articles/model/article.ts";
import { placesOf } from "../../channels/media/media.ts";
import { peopleIn } from "../../channels/site/people-file.ts";
import { peopleAt, peopleOfFolder } from "../../channels/site/people-folder.ts";
import { Fault } from "../../fault.ts";
import type { Key } from "../../stores/store.ts";
import type { ReadText } from "./proposal.ts";

/** The most folders that are added, and what generators make of others: copies of what is elsewhere. */
const most = 4;
const made = /(?:^|\/)(?:public|dist|build|_site|resources)\/(?:.+\/)?(?:_gen|posts|archive)\//;

/**
 * Folders whose files seem to lie at the top of the site: those of the generator, and those in which pictures are that articles show and that are
 * nowhere else, the most frequent first.
 */
export function staticFoldersFor(
  references: readonly MediaReference[],
  names: ReadonlySet<Key>,
  given: readonly string[],
): readonly string[] {
  const counts = new Map<string, number>();
  const byName = Map.groupBy(names, (name) => name.slice(name.lastIndexOf("/") + 1));
  for (const reference of references) {
    if (placesOf(reference, given).some((place) => names.has(place))) continue;
    const written = OWN_FOLDER.exec(reference.key)?.[3] ?? reference.key.replace(/^\.\.\//, "");
    const found = (byName.get(written.slice(written.lastIndexOf("/") + 1)) ?? []).filter(
      (name) => name.endsWith(`/${written}`) && !made.test(name),
    );
    for (const name of found) {
      const folder = name.slice(0, -written.length - 1);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  const seen = [...counts].filter(([, count]) => count > 1).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return [...given, ...seen.slice(0, most).map(([folder]) => folder)];
}

const groups = "(?:authors|people|writers|contributors|members|team)";
/** A file that may say who the authors' short names stand for: one that lists them, or that of one person in a folder. */
const listOfPeople = new RegExp(String.raw`(?:^|\/)(?:all[_-])?${groups}\.(?:ya?ml|json|toml)$`, "i");
const oneOfPeople = new RegExp(
  String.raw`^((?:.*\/)?_?${groups})\/(?:[^/]+|[^/]+\/_?index(?:\.[\w-]+)?)\.(?:ya?ml|json|toml|md|markdown|mdx)$`,
  "i",
);

export const isOfPeople = (key: Key): boolean => listOfPeople.test(key) || oneOfPeople.test(key);

/** The file or folder in which most of these authors are. Undefined if none knows any. */
export function peopleFor(authors: readonly string[], keys: readonly Key[], read: ReadText): string | undefined {
  const folders = Map.groupBy(keys, (key) => oneOfPeople.exec(key)?.[1] ?? "");
  folders.delete("");
  const places = [
    ...keys.filter((key) => listOfPeople.test(key)).map((file) => [file, idsIn(() => peopleIn(read(file) ?? "", file, nowhere))] as const),
    ...[...folders].map(([folder, files]) => {
      const all = files.map((key) => ({ key, name: key, text: read(key) ?? "" }));
      return [folder, idsIn(() => peopleOfFolder(all, peopleAt(folder).glob ?? "", nowhere))] as const;
    }),
  ];
  const names = [...new Set(authors)];
  const known = places.map(([place, ids]) => [place, names.filter((author) => ids.has(author)).length] as const);
  const [best] = known.toSorted(([a, x], [b, y]) => y - x || a.length - b.length || (a < b ? -1 : 1));
  return best !== undefined && best[1] > 0 ? best[0] : undefined;
}

const nowhere = "https://people.invalid/";

function idsIn(people: () => People["byId"]): ReadonlySet<string> {
  try {
    // A list without names says nothing about them.
    return new Set(Object.entries(people()).flatMap(([id, { name }]) => (name === id ? [] : [id])));
  } catch (error) {
    if (error instanceof Fault) return new Set();
    throw error;
  }
}

/** The languages in the names of files that have another beside them: `story.ru.md` and `story.md`, or `story.kk.md`. */
export function languagesInNames(keys: readonly Key[]): readonly string[] {
  const files = Map.groupBy(keys, (key) => key.replace(/(?:\.[a-z]{2}(?:[-_][a-z]{2,4})?)?\.[^./]+$/i, ""));
  const tags = [...files.values()]
    .filter((all) => all.length > 1)
    .flatMap((all) => all.flatMap((key) => canonicalTag(/\.([a-z]{2}(?:[-_][a-z]{2,4})?)\.[^./]+$/i.exec(key)?.[1] ?? "") ?? []));
  return [...new Set(tags)].sort();
}

/** The folder, from the top, in which nearly all of these files are; "" if there is none. */
export function commonFolder(keys: readonly Key[]): string {
  let folder = "";
  for (;;) {
    const below = keys.filter((key) => folder === "" || key.startsWith(`${folder}/`));
    const counts = Map.groupBy(below, (key) => /^[^/]+(?=\/)/.exec(folder === "" ? key : key.slice(folder.length + 1))?.[0] ?? "");
    const [next, all] = [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? ["", []];
    if (next === "" || all.length < keys.length * 0.9) return folder;
    folder = folder === "" ? next : `${folder}/${next}`;
  }
}
