import { languagePart } from "../../articles/language/language.ts";
import type { Finding } from "../../articles/model/article.ts";
import { pathOf } from "../../articles/title/identity.ts";
import type { Key } from "../../stores/store.ts";
import type { CatalogEntry, Translation } from "./catalog-entry.ts";
import { type DisjointSet, disjointSet } from "./disjoint-set.ts";
import type { SourceRecord } from "./ledger/record.ts";

type Newsroom = {
  /** All sources, including those that readers may not see: a translation may refer to any of them. */
  readonly records: readonly SourceRecord[];
  /** Which article each source is. */
  readonly ids: ReadonlyMap<Key, string>;
  readonly languages: readonly string[];
};

/** An article with the facts about its translations; `id`: for a new draft, a name that no id can be. */
type Version = { readonly id: string; readonly key: Key; readonly value: string | undefined };

/**
 * Groups the languages of one story, independent of the order of the entries: by `translationOf`, or by file names if the
 * articles do not have it.
 */
export function withTranslations(
  entries: readonly CatalogEntry[],
  newsroom: Newsroom,
): { readonly entries: readonly CatalogEntry[]; readonly findings: readonly Finding[] } {
  if (!mayBeTranslated(entries, newsroom)) return { entries, findings: [] };
  const versions = versionsOf(entries, newsroom);
  const { group, alone } = grouped(versions, newsroom.languages);
  const groups = Map.groupBy(entries.filter(isOffered).sort(oldestFirst), ({ id }) => group(id));
  const others = ({ id, meta }: CatalogEntry): readonly Translation[] => {
    const byLanguage = new Map<string, string>();
    for (const { url, meta: other } of groups.get(group(id)) ?? []) {
      if (url !== undefined && other.language !== meta.language && !byLanguage.has(other.language)) byLanguage.set(other.language, url);
    }
    return [...byLanguage].map(([language, url]) => ({ language, url })).sort((a, b) => (a.language < b.language ? -1 : 1));
  };
  return {
    entries: entries.map((entry) => {
      const translations = isOffered(entry) ? others(entry) : [];
      return translations.length === 0 ? entry : { ...entry, translations };
    }),
    findings: [
      ...entries.filter(({ id, state }) => state === "live" && alone.has(id)).map(linkedToNothing),
      ...[...groups.values()].flatMap(twiceInOneLanguage),
    ],
  };
}

/** Whether any article says so, or has a language in its name. */
function mayBeTranslated(entries: readonly CatalogEntry[], { records, languages }: Newsroom): boolean {
  const says = (key: Key, value: string | undefined) => value !== undefined || languagePart(key, languages) !== undefined;
  return (
    records.some((record) => says(record.key, record.kind === "article" ? record.meta.translationOf : undefined)) ||
    entries.some(({ state, meta }) => state !== "live" && says(meta.key, meta.translationOf))
  );
}

/** A withdrawn article is not a translation of anything. */
const OFFERED: ReadonlySet<string> = new Set(["live", "kept", "missing"]);
const isOffered = ({ state }: CatalogEntry): boolean => OFFERED.has(state);

/**
 * One version per article, ordered by key; if the file can no longer be read as an article, the last published version counts. A
 * new broken file has none, so it changes nothing about other articles.
 */
function versionsOf(entries: readonly CatalogEntry[], { records, ids }: Newsroom): readonly Version[] {
  const versions = new Map<string, Version>();
  for (const record of records) {
    const id = ids.get(record.key) ?? (record.kind === "withheld" ? ` ${record.key}` : undefined);
    if (id === undefined || record.kind === "quarantined") continue;
    versions.set(id, { id, key: record.key, value: record.kind === "article" ? record.meta.translationOf : undefined });
  }
  for (const { id, meta } of entries) versions.set(id, { id, key: meta.key, value: meta.translationOf });
  return [...versions.values()].sort((a, b) => (a.key !== b.key ? (a.key < b.key ? -1 : 1) : a.id < b.id ? -1 : 1));
}

/** `alone`: ids of articles whose `translationOf` names no article and is shared by no other article. */
function grouped(
  versions: readonly Version[],
  languages: readonly string[],
): { readonly group: DisjointSet["find"]; readonly alone: Set<string> } {
  const { union, find } = disjointSet();
  const named = articleNamed(versions);
  const words = new Map<string, Version[]>();
  for (const version of versions) {
    if (version.value === undefined) continue;
    const target = named(version.value, version);
    // Many sites name the others after the file of the first, which then refers to itself.
    if (target !== undefined && target !== version.id) union(version.id, target);
    else {
      const word = version.value.normalize("NFC");
      words.set(word, [...(words.get(word) ?? []), version]);
    }
  }
  const lone = [...words.values()].flatMap(([first, ...more]) => (first !== undefined && more.length === 0 ? [first] : []));
  for (const [first, ...more] of words.values()) for (const version of more) union(version.id, first?.id ?? version.id);

  const silent = new Set([...versions.filter(({ value }) => value === undefined), ...lone]);
  for (const [first, ...more] of byName(silent, languages)) for (const version of more) union(version.id, first?.id ?? version.id);
  return {
    group: find,
    alone: new Set(lone.filter((version) => named(version.value ?? "", version) === undefined).map(({ id }) => id)),
  };
}

/** Files whose names differ only in the language: `story.ru.md`, `story.kk.md` and `story.md`; `ru/story.md` and `kk/story.md`. */
function byName(versions: Iterable<Version>, languages: readonly string[]): readonly (readonly Version[])[] {
  const parted = [...versions].map((version) => ({ version, part: languagePart(version.key, languages) }));
  if (parted.every(({ part }) => part === undefined)) return [];
  const groups = Map.groupBy(parted, ({ version: { key }, part }) => (part?.rest ?? withoutEnding(key)).normalize("NFC"));
  return [...groups.values()]
    .filter((group) => group.some(({ part }) => part !== undefined))
    .map((group) => group.map(({ version }) => version));
}

/** Finds the article for an id, or for a path from the article's folder or from the top, with or without a file extension. */
function articleNamed(versions: readonly Version[]): (value: string, by: Version) => string | undefined {
  if (versions.every(({ value }) => value === undefined)) return () => undefined;
  const ids = new Set(versions.map(({ id }) => id));
  const paths = new Map<string, string>();
  const add = (path: (key: Key) => string) => {
    for (const { id, key } of versions) if (!paths.has(path(key))) paths.set(path(key), id);
  };
  add((key) => key.normalize("NFC"));
  add((key) => withoutEnding(key.normalize("NFC")));
  add(pathOf);
  return (value, by) => {
    if (ids.has(value)) return value;
    const path = value.normalize("NFC");
    const beside = path.startsWith("/") ? undefined : paths.get(walked(by.key.split("/").slice(0, -1), path));
    return beside ?? paths.get(walked([], path));
  };
}

const withoutEnding = (key: Key): string => key.replace(/(?<=[^/])\.[^./]*$/, "");

/** Resolves a path from a folder; "" if it leaves the content. */
function walked(folder: readonly string[], path: string): string {
  const segments = [...folder];
  for (const segment of path.split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return "";
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/").normalize("NFC");
}

function linkedToNothing({ meta }: CatalogEntry): Finding {
  const message = `"translationOf" names no article, and no other article has the same value: got ${JSON.stringify(meta.translationOf)}.`;
  const hint = "Write the id or the path of the article that this one translates, or the same word in all versions.";
  return { kind: "notice", code: "translation-unknown", key: meta.key, message, hint };
}

function twiceInOneLanguage(group: readonly CatalogEntry[]): readonly Finding[] {
  return group.flatMap(({ meta }, at): readonly Finding[] => {
    const older = group.slice(0, at).find((other) => other.meta.language === meta.language);
    if (older === undefined) return [];
    const message = `The story has an older version in ${meta.language}, ${older.meta.key}. The other languages link to that version.`;
    const hint = "Correct lang or translationOf of one of the two.";
    return [{ kind: "notice", code: "translation-twice", key: meta.key, message, hint }];
  });
}

function oldestFirst(a: CatalogEntry, b: CatalogEntry): number {
  if (a.published !== b.published) return a.published < b.published ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
