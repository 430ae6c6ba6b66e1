import type { Finding } from "../articles/article.ts";
import { isUnknown } from "../articles/language.ts";
import { slugify } from "../articles/slug.ts";
import { fitsEveryStore } from "../stores/store.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import type { PromisedValue, StandingRule } from "./ledger.ts";

type Word = Extract<StandingRule, { kind: "by" }>["by"];

/** Of how many values that nobody else has an article may be the first, and how many a rule may have: what exists stays, and takes new members. */
const mostOfArticle = 20;
const mostOfRule = 5_000;

export const isDropped = ({ state }: CatalogEntry): boolean => state === "dropped";

/** What an article says of itself under a rule's word. */
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

/** Two spellings of one value are equal in NFC, trimmed, without case. */
export function folded(value: string): string {
  return value.normalize("NFC").trim().toLowerCase();
}

type Group = { readonly title: string; readonly slug: string; readonly members: readonly CatalogEntry[] };

/**
 * One group a value, titled by its oldest spelling; a slug, once promised, stays, and slugs that meet get "-2" in order of first
 * publication. A value that no article has any more is a group without members. How many feeds one article may begin, and one rule have, is
 * bounded: each is half a dozen files.
 */
export function groupsOf(
  { by, until }: Extract<StandingRule, { kind: "by" }>,
  members: readonly CatalogEntry[],
  promised: Readonly<Record<string, PromisedValue>>,
) {
  const groups = new Map<string, { title: string; members: CatalogEntry[] }>();
  const notices: Finding[] = [];
  const shownFirst = [...members.filter((entry) => !isDropped(entry)).toReversed(), ...members.filter(isDropped)];
  const begun = new Set(Object.keys(promised));
  // What an older article was the first to name, told by the articles alone: were what is promised left out, an article would begin twenty more in each run.
  const named = new Set<string>();
  // What is gone makes no feed of its own, and a rule that has ended no new one.
  for (const entry of shownFirst.filter((one) => !isDropped(one) && until === undefined)) {
    const first = foldsOf(entry, by).filter((fold) => !named.has(fold));
    for (const fold of first.slice(0, mostOfArticle)) {
      named.add(fold);
      if (begun.size < mostOfRule) begun.add(fold);
    }
  }
  for (const entry of shownFirst) {
    const values = new Map(valuesOf(entry, by).map((spelling) => [folded(spelling), spelling.trim()]));
    for (const [fold, title] of values) {
      if (!begun.has(fold)) continue;
      const group = groups.get(fold) ?? { title, members: [] };
      // A newcomer's spelling changes no feed that has a title, whatever date he has.
      if (Object.hasOwn(promised, fold) && promised[fold]?.title === title) group.title = title;
      group.members.push(entry);
      groups.set(fold, group);
    }
    const without = [...values].filter(([fold]) => !begun.has(fold)).map(([, title]) => title);
    if (without.length > 0 && !isDropped(entry) && until === undefined) notices.push(withoutFeed(entry, by, without, begun.size));
  }
  // A map: somebody may tag an article "__proto__". A name that no disk holds was promised by an older program, and never written.
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

const foldsOf = (entry: CatalogEntry, by: Word): readonly string[] => [...new Set(valuesOf(entry, by).map(folded))];

function withoutFeed({ meta }: CatalogEntry, by: Word, [first = "", ...more]: readonly string[], feeds: number): Finding {
  const which = more.length === 0 ? `The ${by} "${first}" gets` : `The ${by}s "${first}" and ${more.length} more get`;
  const [why, hint] =
    feeds >= mostOfRule
      ? [`"by: ${by}" has ${feeds} feeds already, and ${mostOfRule} is the most.`, `Name a ${by} that has a feed.`]
      : [`one article begins at most ${mostOfArticle} feeds.`, "Name fewer, and what other articles name, too."];
  return { kind: "notice", code: "value-without-feed", key: meta.key, message: `${which} no feed: ${why}`, hint };
}
