import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { madeId } from "../../articles/title/identity.ts";
import type { Site } from "../site/site.ts";
import { emptyLedger, type Ledger, type LedgerEntry } from "./ledger/ledger.ts";
import type { SourceRecord } from "./ledger/record.ts";
import type { LiveFeed, LiveItem } from "./live-feed.ts";
import { noteOf } from "./outcome.ts";
import { permalinkOf } from "./permalink.ts";

/** Published feeds, and the sources that there are now. */
export type LiveState = {
  readonly feeds: readonly LiveFeed[];
  readonly records: readonly SourceRecord[];
  readonly site: Site;
  readonly now: Instant;
};
type Source = Extract<SourceRecord, { kind: "article" }>;

/**
 * Rebuilds a ledger from published feeds: ids, dates and slugs of every entry in a live feed or archive, each joined to its
 * source file. `losses` names what cannot be recovered.
 */
export function rebuildLedger(input: LiveState): { readonly ledger: Ledger; readonly losses: readonly string[] } {
  const { feeds, records, site, now } = input;
  const items = itemsOf(feeds);
  const sources = joined(items, records, site);
  const broken = new Map(
    records.flatMap((record) => (record.kind === "quarantined" ? [[madeId(record.key, site.ids ?? site), record.key]] : [])),
  );
  const entries = items.map((item) => {
    const source = sources.get(item.id);
    return source === undefined ? orphanOf(item, broken.get(item.id), now) : ledgerEntryOf(item, source, site);
  });
  const found = new Set([...sources.values()].map(({ key }) => key));
  const dateless = records.filter(
    (record) => record.kind === "article" && !found.has(record.key) && record.meta.published === undefined && record.oldest === undefined,
  );
  const asked = new Set(site.channels.map((rule) => (rule.kind === "named" ? rule.name : rule.by)));
  const ended = feeds.filter(({ path, archive }) => !archive && !asked.has(path.split("/")[0] ?? ""));
  return {
    ledger: { ...emptyLedger, entries: new Map(entries.map((entry) => [entry.id, entry])), feeds: promisesOf(feeds) },
    losses: [
      ...items.filter(({ id }) => !sources.has(id)).map(({ id, title }) => withoutFile(id, title, broken.get(id))),
      ...dateless.map(({ key }) => `${key} has no date and is in no live feed: its first publication date is lost.`),
      ...ended.map(
        ({ path }) => `${path} is live but not in site.yaml: it stays published as it is, and its entries can no longer be removed.`,
      ),
    ].sort(),
  };
}

/** Each entry once, in its latest version. */
function itemsOf(feeds: readonly LiveFeed[]): readonly LiveItem[] {
  const items = new Map<string, LiveItem>();
  for (const item of feeds.flatMap((feed) => feed.items)) {
    const known = items.get(item.id);
    if (known === undefined || known.updated < item.updated) items.set(item.id, item);
  }
  return [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The file of each entry, by the entry's id: the most reliable signs first, and each file and entry only once. */
function joined(items: readonly LiveItem[], records: readonly SourceRecord[], site: Site): ReadonlyMap<string, Source> {
  const sources = records.filter((record) => record.kind === "article");
  const idOf = ({ key, meta }: Source) => meta.id ?? madeId(key, site.ids ?? site);
  const pageOf = ({ meta }: Source, published: Instant) => meta.url ?? permalinkOf(site, { meta, slug: meta.slug, published });
  const dated = ({ meta }: Source) => (meta.published?.kind === "instant" ? meta.published.at : undefined);
  const byId = Map.groupBy(sources, idOf);
  const byTitle = Map.groupBy(sources, ({ meta }) => meta.title);
  const byPage = Map.groupBy(sources, (source) => pageOf(source, dated(source) ?? firstInstant));
  const ofTitle = ({ title }: LiveItem) => byTitle.get(title) ?? [];
  const signs: readonly ((item: LiveItem) => readonly Source[])[] = [
    (item) => (byId.get(item.id) ?? []).filter(({ meta }) => meta.title === item.title),
    (item) => ofTitle(item).filter((source) => item.url !== undefined && pageOf(source, item.published) === item.url),
    (item) => ofTitle(item).filter((source) => dated(source) === item.published),
    (item) => byId.get(item.id) ?? [],
    (item) => (item.url === undefined ? [] : (byPage.get(item.url) ?? [])),
    ofTitle,
  ];
  const found = new Map<string, Source>();
  const taken = new Set<string>();
  for (const sign of signs) {
    for (const item of items.filter(({ id }) => !found.has(id))) {
      // A file that names another id is another article, and a sign that fits two files proves nothing.
      const [source, another] = sign(item).filter(({ key, meta }) => !taken.has(key) && (meta.id ?? item.id) === item.id);
      if (source === undefined || another !== undefined) continue;
      found.set(item.id, source);
      taken.add(source.key);
    }
  }
  return found;
}

/** Stands for an unknown date, so that an address with a date in it matches nothing. */
const firstInstant: Instant = "1970-01-01T00:00:00.000Z";

function ledgerEntryOf(item: LiveItem, { key, meta, source }: Source, site: Site): LedgerEntry {
  const { id, uri, published, updated } = item;
  const last = decoded(item.url?.replace(/\/$/, "").split("/").at(-1) ?? "");
  const slug = [meta.slug, last].find((word) => permalinkOf(site, { meta, slug: word, published }) === item.url) ?? meta.slug;
  const absent = meta.canceled === undefined ? {} : { absent: "canceled" as const, canceled: updated };
  return {
    ...{ id, uri, published, updated, slug, given: meta.id === id, keys: [key] },
    ...{ content: meta.content, digest: meta.digest, source, firstSeen: published, changed: updated },
    ...absent,
    ...omitUndefined({ corrected: meta.correction === undefined ? undefined : { note: noteOf(meta.correction), at: updated } }),
  };
}

/** The ledger entry of an article without a readable file: its id stays used for ever. */
function orphanOf({ id, uri, published, updated }: LiveItem, key: string | undefined, now: Instant): LedgerEntry {
  return {
    ...{ id, uri, published, updated, slug: "", given: false, keys: key === undefined ? [] : [key] },
    ...{ content: "", digest: "", source: "", firstSeen: published, changed: updated },
    ...(key === undefined ? { missing: now, canceled: now } : {}),
  };
}

function promisesOf(feeds: readonly LiveFeed[]): Ledger["feeds"] {
  const promised = feeds.flatMap(({ path, archive, updated, formats }) => {
    if (updated === undefined) return [];
    return [[path, archive ? { updated } : { updated, formats }] as const];
  });
  return Object.fromEntries(promised);
}

function withoutFile(id: string, title: string, key: string | undefined): string {
  if (key !== undefined) return `"${title}" (${id}) leaves the feeds until you correct its file: ${key} cannot be read.`;
  return `"${title}" (${id}) is live, but no file matches it: it leaves the feeds.`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
