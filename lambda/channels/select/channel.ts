import picomatch from "picomatch";
import { isUnknown } from "../../articles/language/language.ts";
import type { Finding } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import type { Ledger, LedgerValue, RetainedRule } from "../catalog/ledger/ledger.ts";
import { isReleased, type Moves } from "../site/moves.ts";
import { type ChannelStyle, feedFiles, type Site, type Where } from "../site/site.ts";
import { retainedStyle } from "./retained-rules.ts";
import { folded, groupsOf, isDropped, valuesOf } from "./values.ts";

/** A rule with its articles, which becomes one feed. */
export type Channel = ChannelStyle & {
  /** The feed's folder: "all", "section/world", "all/ru". */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Absent if its articles have several languages. */
  readonly language?: string;
  /** All of its articles, newest first. */
  readonly members: readonly CatalogEntry[];
  /** Articles that it lost without a notice, for as long as feeds announce it. */
  readonly dropped: readonly CatalogEntry[];
  /** site.yaml no longer has its rule: the feed stays published, but no page lists it. */
  readonly ended?: true;
  /** The feeds of this channel in single languages. */
  readonly alternates: readonly { readonly language: string; readonly path: string }[];
};

/** Promises of earlier runs: an existing feed stays published, even without articles. */
type Promises = Pick<Ledger, "entries" | "values" | "feeds">;

/**
 * The channels in the order of their rules, and the promises for `by` channels from now on. `entries` are ordered; dropped ones
 * come last.
 */
export function channelsOf(
  site: Site,
  rules: readonly RetainedRule[],
  entries: readonly CatalogEntry[],
  ledger: Promises,
): { readonly channels: readonly Channel[]; readonly values: Ledger["values"]; readonly notices: readonly Finding[] } {
  const notices: Finding[] = [];
  const promised: Record<string, Readonly<Record<string, LedgerValue>>> = { ...ledger.values };
  const channels = rules.flatMap((rule) => {
    const split = (made: Made) => splitByLanguage(rule, made, site, ledger.feeds);
    const members = membersOf(rule, entries, ledger);
    if (rule.kind === "named") {
      const { name, title = titleOf(site, rule.name), description } = rule;
      return split({ path: name, title, members, ...omitUndefined({ description }) });
    }
    const groups = groupsOf(rule, members, promised[rule.by] ?? {});
    promised[rule.by] = groups.promised;
    notices.push(...groups.notices);
    return groups.list.flatMap((group) => {
      const filled = (template: string) => template.replaceAll("{value}", () => group.title);
      const title = filled(rule.title ?? `${site.title}: {value}`);
      const description = rule.description === undefined ? undefined : filled(rule.description);
      return split({ path: `${rule.by}/${group.slug}`, title, members: group.members, ...omitUndefined({ description }) });
    });
  });
  return { channels, values: promised, notices };
}

/** The entries that a rule picks; for a rule that has ended, those from its time. */
function membersOf({ where, until }: RetainedRule, entries: readonly CatalogEntry[], ledger: Promises): readonly CatalogEntry[] {
  const picks = matcherOf(where);
  return entries.filter((entry) => picks(entry) && (until === undefined || (ledger.entries.get(entry.id)?.firstSeen ?? "") <= until));
}

function titleOf(site: Site, name: string): string {
  return name === "all" ? site.title : `${site.title}: ${name}`;
}

/** A channel before its languages are known; `members` includes dropped entries. */
type Made = Pick<Channel, "path" | "title" | "members"> & { readonly description?: string };

/** The whole channel and, if the site asks for it, one more for each of its languages. */
function splitByLanguage(rule: RetainedRule, made: Made, site: Site, feeds: Ledger["feeds"]): readonly Channel[] {
  const { limit, bytes, content, split, image, until } = rule;
  const styleAt = (path: string) => ({ limit, bytes, content, split, ...retainedStyle(rule, path, feeds), ...omitUndefined({ image }) });
  const ended = until === undefined ? {} : { ended: true as const };
  const members = made.members.filter((entry) => !isDropped(entry));
  const dropped = made.members.filter(isDropped);
  const languages = [...new Set(members.map((entry) => entry.meta.language))].sort();
  const known = languages.filter((language) => !isUnknown(language));
  const tags = [...new Set([...(split === "language" ? known : []), ...languagesPromised(made.path, feeds)])].sort();
  const byLanguage = tags.map((language) => ({ language, path: `${made.path}/${language}` }));
  const alternates = split === "language" ? byLanguage : [];
  const whole = languages.length === 0 ? site.language : languages.length === 1 ? known[0] : undefined;
  const description = (title: string) => made.description ?? (title === site.title ? site.description : title);
  const parts = byLanguage.map(({ language, path }): Channel => {
    const title = `${made.title} (${language})`;
    const spoken = (entry: CatalogEntry) => entry.meta.language === language;
    return {
      ...styleAt(path),
      ...(split === "language" ? ended : { ended: true }),
      path,
      title,
      description: description(title),
      language,
      members: members.filter(spoken),
      dropped: dropped.filter(spoken),
      alternates,
    };
  });
  const named = { description: description(made.title), ...omitUndefined({ language: whole }) };
  return [{ ...styleAt(made.path), ...ended, ...made, ...named, members, dropped, alternates }, ...parts];
}

/** Whether a rule picks an entry. Built once per rule, because folding and globs cost more than the comparison. */
export function matcherOf(where: Where): (entry: CatalogEntry) => boolean {
  const fields = (["section", "tag", "author"] as const).flatMap((field) => {
    const wanted = where[field];
    return wanted === undefined ? [] : [{ field, wanted: new Set(wanted.map(folded)) }];
  });
  const inPath = where.path === undefined ? undefined : picomatch([...where.path]);
  return (entry) =>
    fields.every(({ field, wanted }) => valuesOf(entry, field).some((value) => wanted.has(folded(value)))) &&
    (where.language === undefined || where.language.some((range) => inRange(entry.meta.language, range))) &&
    (inPath === undefined || inPath(entry.meta.key));
}

/** RFC 4647, 3.3.1 (basic filtering): "zh" matches "zh-Hans", but "zh-Hans" does not match "zh". */
function inRange(tag: string, range: string): boolean {
  const [name, wanted] = [tag.toLowerCase(), range.toLowerCase()];
  return name === wanted || name.startsWith(`${wanted}-`);
}

/** Languages for which the channel already has a feed. */
function languagesPromised(path: string, feeds: Ledger["feeds"]): readonly string[] {
  const parts = Object.keys(feeds).filter((feed) => feed.startsWith(`${path}/`));
  return parts.map((feed) => feed.slice(path.length + 1)).filter((rest) => !rest.includes("/"));
}

/** The channels without those listed as moved or retired: a whole feed's folder, or some of its formats. */
export function stillMade(channels: readonly Channel[], moves: Moves): readonly Channel[] {
  return channels.flatMap((channel) => {
    const formats = channel.formats.filter((format) => !isReleased(moves, `${channel.path}/${feedFiles[format]}`));
    const alternates = channel.alternates.filter(({ path }) => !isReleased(moves, path));
    return formats.length === 0 ? [] : [{ ...channel, formats, alternates }];
  });
}
