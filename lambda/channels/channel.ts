import picomatch from "picomatch";
import { slugify } from "../articles/slug.ts";
import type { CatalogEntry } from "./catalog.ts";
import type { Ledger } from "./ledger.ts";
import { type ChannelRule, type ChannelStyle, present, type Site, type Where } from "./site.ts";

/** A rule with its articles: what becomes one feed. */
export type Channel = ChannelStyle & {
  /** The feed's folder: "all", "section/world", "all/ru". */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Absent where its articles have several languages. */
  readonly language?: string;
  /** All of its articles, newest first. */
  readonly members: readonly CatalogEntry[];
  /** The feeds of this channel in one language each. */
  readonly alternates: readonly { readonly language: string; readonly path: string }[];
};

/** The site's rules and the catalog -> channels, in the order of site.yaml, and the slugs that are promised from now on. */
export function channelsOf(
  site: Site,
  entries: readonly CatalogEntry[],
  values: Ledger["values"],
): { readonly channels: readonly Channel[]; readonly values: Ledger["values"] } {
  const promised: Record<string, Readonly<Record<string, string>>> = { ...values };
  const channels = site.channels.flatMap((rule) => {
    const members = entries.filter((entry) => matches(entry, rule.where));
    if (rule.kind === "named") return split(rule, { path: rule.name, title: rule.title ?? titleOf(site, rule.name), members }, site);
    const groups = groupsOf(rule.by, members, promised[rule.by] ?? {});
    promised[rule.by] = groups.slugs;
    return groups.list.flatMap((group) => {
      const title = (rule.title ?? `${site.title}: {value}`).replaceAll("{value}", () => group.title);
      return split(rule, { path: `${rule.by}/${group.slug}`, title, members: group.members }, site);
    });
  });
  return { channels, values: promised };
}

function titleOf(site: Site, name: string): string {
  return name === "all" ? site.title : `${site.title}: ${name}`;
}

/** The channel whole and, where the site wants it, once more for each of its languages. */
function split(rule: ChannelRule, made: Pick<Channel, "path" | "title" | "members">, site: Site): readonly Channel[] {
  const { limit, bytes, content, formats, archive, image } = rule;
  const style = { limit, bytes, content, formats, archive, split: rule.split, ...present({ image }) };
  const languages = [...new Set(made.members.map((entry) => entry.meta.language))].sort();
  const alternates = rule.split === "language" ? languages.map((language) => ({ language, path: `${made.path}/${language}` })) : [];
  const whole = languages.length > 1 ? undefined : (languages[0] ?? site.language);
  const description = (title: string) => rule.description ?? (title === site.title ? site.description : title);
  const parts = alternates.map(({ language, path }): Channel => {
    const title = `${made.title} (${language})`;
    return {
      ...style,
      path,
      title,
      description: description(title),
      language,
      members: made.members.filter((entry) => entry.meta.language === language),
      alternates,
    };
  });
  return [{ ...style, ...made, description: description(made.title), alternates, ...present({ language: whole }) }, ...parts];
}

/** What an article says of itself under a rule's word. */
function valuesOf(entry: CatalogEntry, by: "section" | "tag" | "author" | "language"): readonly string[] {
  const { section, tags, authors, language } = entry.meta;
  switch (by) {
    case "section":
      return section === undefined ? [] : [section];
    case "tag":
      return tags;
    case "author":
      return authors.map((author) => author.name);
    case "language":
      return [language];
  }
}

function matches(entry: CatalogEntry, where: Where): boolean {
  const named = (["section", "tag", "author"] as const).every((field) => {
    const wanted = where[field]?.map(folded);
    return wanted === undefined || valuesOf(entry, field).some((value) => wanted.includes(folded(value)));
  });
  const spoken = where.language === undefined || where.language.some((range) => inRange(entry.meta.language, range));
  return named && spoken && (where.path === undefined || picomatch([...where.path])(entry.meta.key));
}

/** RFC 4647, 3.3.1 (basic filtering): "zh" takes "zh-Hans", "zh-Hans" does not take "zh". */
function inRange(tag: string, range: string): boolean {
  const [name, wanted] = [tag.toLowerCase(), range.toLowerCase()];
  return name === wanted || name.startsWith(`${wanted}-`);
}

/** Two spellings of one value are equal in NFC, trimmed, without case. */
function folded(value: string): string {
  return value.normalize("NFC").trim().toLowerCase();
}

type Group = { readonly title: string; readonly slug: string; readonly members: readonly CatalogEntry[] };

/** One group a value, titled by its oldest spelling; a slug, once promised, stays, and slugs that meet get "-2" in order of first publication. */
function groupsOf(
  by: "section" | "tag" | "author" | "language",
  members: readonly CatalogEntry[],
  promised: Readonly<Record<string, string>>,
) {
  const groups = new Map<string, { title: string; members: CatalogEntry[] }>();
  for (const entry of members.toReversed()) {
    for (const value of new Map(valuesOf(entry, by).map((spelling) => [folded(spelling), spelling.trim()]))) {
      const [fold, title] = value;
      const group = groups.get(fold) ?? { title, members: [] };
      group.members.push(entry);
      groups.set(fold, group);
    }
  }
  const slugs: Record<string, string> = { ...promised };
  const used = new Set(Object.values(slugs));
  for (const [fold, group] of groups) {
    if (Object.hasOwn(slugs, fold)) continue;
    const slug = freeSlug(by === "language" ? group.title : slugify(group.title) || "other", used);
    slugs[fold] = slug;
    used.add(slug);
  }
  const list = [...groups].map(
    ([fold, group]): Group => ({ title: group.title, slug: slugs[fold] ?? fold, members: group.members.toReversed() }),
  );
  return { list: list.sort((a, b) => (a.slug < b.slug ? -1 : 1)), slugs };
}

function freeSlug(wanted: string, used: ReadonlySet<string>): string {
  for (let turn = 1; ; turn++) {
    const slug = turn === 1 ? wanted : `${wanted}-${turn}`;
    if (!used.has(slug)) return slug;
  }
}
