import { isUnknown } from "../../articles/language/language.ts";
import type { Finding } from "../../articles/model/article.ts";
import { slugify } from "../../articles/title/slug.ts";
import { fitsEveryStore } from "../../stores/store.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import type { LedgerValue, RetainedRule } from "../catalog/ledger/ledger.ts";

type Word = Extract<RetainedRule, { kind: "by" }>["by"];

/**
 * How many new values one article may introduce, and how many feeds a rule may have: existing feeds stay, and accept new
 * articles.
 */
const mostOfArticle = 20;
const mostOfRule = 5_000;

export const isDropped = ({ state }: CatalogEntry): boolean => state === "dropped";

/** The values of an article for a rule. */
export function valuesOf(entry: CatalogEntry, by: Word): readonly string[] {
  const { section, tags, authors, language } = entry.meta;
  switch (by) {
    case "section":
      return section === undefined ? [] : [section];
    case "tag":
      return tags;
    case "author":
      return authors.map((author) => author.name);
    case "language":
      return isUnknown(language) ? [] : [language];
  }
}

/** Two spellings are the same value if they are equal in NFC, trimmed, without case. */
export function folded(value: string): string {
  return value.normalize("NFC").trim().toLowerCase();
}

type Group = { readonly title: string; readonly slug: string; readonly members: readonly CatalogEntry[] };

/**
 * One group per value, with its oldest spelling as the title. A promised slug stays, and equal slugs get "-2" in order of first
 * publication. A value without articles is a group without members. The number of feeds that one article may introduce, and that
 * one rule may have, is limited, because each feed is half a dozen files.
 */
export function groupsOf(
  { by, until }: Extract<RetainedRule, { kind: "by" }>,
  members: readonly CatalogEntry[],
  promised: Readonly<Record<string, LedgerValue>>,
) {
  const groups = new Map<string, { title: string; members: CatalogEntry[] }>();
  const known = new Map<string, readonly [fold: string, title: string]>();
  const spelled = (spelling: string): readonly [fold: string, title: string] => {
    const found = known.get(spelling);
    if (found !== undefined) return found;
    const made = [folded(spelling), spelling.trim()] as const;
    known.set(spelling, made);
    return made;
  };
  const notices: Finding[] = [];
  const shownFirst = [...members.filter((entry) => !isDropped(entry)).toReversed(), ...members.filter(isDropped)];
  const begun = new Set(Object.keys(promised));
  // Values that an older article introduced, derived only from the articles: with promises left out, an article could introduce
  // twenty more in each run.
  const named = new Set<string>();
  // A dropped article introduces no feed, and neither does a rule that has ended.
  for (const entry of until === undefined ? shownFirst : []) {
    if (isDropped(entry)) continue;
    let introduced = 0;
    for (const value of valuesOf(entry, by)) {
      const [fold] = spelled(value);
      if (named.has(fold) || introduced === mostOfArticle) continue;
      introduced += 1;
      named.add(fold);
      if (begun.size < mostOfRule) begun.add(fold);
    }
  }
  for (const entry of shownFirst) {
    const all = valuesOf(entry, by).map(spelled);
    // Nearly every article has one section, and needs no map to have each value once.
    const values = all.length < 2 ? all : [...new Map(all)];
    for (const [fold, title] of values) {
      if (!begun.has(fold)) continue;
      const group = groups.get(fold) ?? { title, members: [] };
      if (group.members.length === 0) groups.set(fold, group);
      // The spelling of a new article never changes the title of a feed, whatever its date.
      if (group.title !== title && Object.hasOwn(promised, fold) && promised[fold]?.title === title) group.title = title;
      group.members.push(entry);
    }
    if (isDropped(entry) || until !== undefined || values.every(([fold]) => begun.has(fold))) continue;
    const without = values.filter(([fold]) => !begun.has(fold)).map(([, title]) => title);
    notices.push(withoutFeed(entry, by, without, begun.size));
  }
  // A Map, because an article may have the tag "__proto__". An older program promised names that no disk can hold, but never
  // wrote them.
  const values = new Map(Object.entries(promised).filter(([, { slug }]) => fitsEveryStore(slug)));
  const used = new Set([...values.values()].map(({ slug }) => slug));
  for (const [fold, { title }] of groups) {
    const slug = values.get(fold)?.slug ?? freeSlug(by === "language" ? title : slugify(title) || "other", used);
    values.set(fold, { slug, title });
    used.add(slug);
  }
  const list = [...values].map(
    ([fold, { slug, title }]): Group => ({ title, slug, members: groups.get(fold)?.members.toReversed() ?? [] }),
  );
  return { list: list.sort((a, b) => (a.slug < b.slug ? -1 : 1)), promised: Object.fromEntries(values), notices };
}

function freeSlug(wanted: string, used: ReadonlySet<string>): string {
  for (let turn = 1; ; turn++) {
    const slug = turn === 1 ? wanted : `${wanted}-${turn}`;
    if (!used.has(slug)) return slug;
  }
}

function withoutFeed({ meta }: CatalogEntry, by: Word, [first = "", ...more]: readonly string[], feeds: number): Finding {
  const which = more.length === 0 ? `The ${by} "${first}" gets` : `The ${by}s "${first}" and ${more.length} more get`;
  const [why, hint] =
    feeds >= mostOfRule
      ? [`"by: ${by}" already has ${feeds} feeds, and the limit is ${mostOfRule}.`, `Use a ${by} that has a feed.`]
      : [`one article may introduce at most ${mostOfArticle} feeds.`, "Use fewer, and some that other articles use too."];
  return { kind: "notice", code: "value-without-feed", key: meta.key, message: `${which} no feed: ${why}`, hint };
}
