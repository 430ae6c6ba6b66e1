import type { Finding, Instant, WrittenDate } from "../../lambda/articles/model/article.ts";
import { type Catalog, catalogue, newestFirst } from "../../lambda/channels/catalog/catalog.ts";
import type { CatalogEntry } from "../../lambda/channels/catalog/catalog-entry.ts";
import { emptyLedger, type Ledger, type LedgerEntry } from "../../lambda/channels/catalog/ledger/ledger.ts";
import type { Metadata, SourceRecord } from "../../lambda/channels/catalog/ledger/record.ts";
import type { Channel } from "../../lambda/channels/select/channel.ts";
import type { Site } from "../../lambda/channels/site/site.ts";
import { aSite } from "./a-site.ts";

export const at = (instant: Instant): WrittenDate => ({ kind: "instant", at: new Date(instant).toISOString() });
export const onDay = (day: string, zone = "UTC"): WrittenDate => ({ kind: "day", day, zone });

/** An article without its body. `content` stands for its title and text; the digest follows from everything. */
export function aMeta(says: Partial<Metadata> = {}): Metadata {
  const meta = {
    key: "story.md",
    title: "A story",
    summary: "Something happened.",
    published: at("2026-11-20T06:00:00Z"),
    language: "en",
    authors: [],
    tags: [],
    slug: "story",
    attachments: [],
    media: [],
    mentioned: [],
    size: 500,
    content: "text of the story",
    ...says,
  };
  return { ...meta, digest: says.digest ?? JSON.stringify(meta) };
}

/** An article without a date of its own. */
export function anUndatedMeta(says: Partial<Metadata> = {}): Metadata {
  const { published: _, ...rest } = aMeta(says);
  return rest;
}

export type ArticleRecord = Extract<SourceRecord, { kind: "article" }>;

/** A source that is an article; its key is the article's. */
export function aRecord(says: Partial<Metadata> = {}): ArticleRecord {
  const meta = aMeta(says);
  return recordOfMeta(meta);
}

/** A source whose article has no date. */
export const anUndatedRecord = (says: Partial<Metadata> = {}): ArticleRecord => recordOfMeta(anUndatedMeta(says));

export const recordOfMeta = (meta: Metadata): ArticleRecord => ({
  kind: "article",
  key: meta.key,
  version: "v1",
  findings: [],
  meta,
  source: `file of ${meta.digest}`,
});

export const aDraft = (key: string): SourceRecord => ({ kind: "withheld", reason: "draft", key, version: "v1", findings: [] });

export function aBrokenRecord(key: string): SourceRecord {
  const problem: Finding = { kind: "problem", code: "date-invalid", key, line: 3, message: '"date" is not a date: got "tomorrow".' };
  return { kind: "quarantined", key, version: "v1", findings: [problem] };
}

export const anIndexPage = (key: string): SourceRecord => ({
  kind: "passed-over",
  reason: "It is an index page.",
  key,
  version: "v1",
  findings: [],
});

export const aLedgerEntry = (says: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id: "tag:wire.example,2026-01-01:story",
  uri: says.id ?? "tag:wire.example,2026-01-01:story",
  given: false,
  keys: ["story.md"],
  content: "text of the story",
  digest: "d1",
  source: "file of d1",
  firstSeen: "2026-11-20T06:30:00.000Z",
  published: "2026-11-20T06:00:00.000Z",
  updated: "2026-11-20T06:00:00.000Z",
  changed: "2026-11-20T06:30:00.000Z",
  slug: "story",
  ...says,
});

export const aLedger = (...entries: readonly LedgerEntry[]): Ledger => ({
  ...emptyLedger,
  entries: new Map(entries.map((entry) => [entry.id, entry])),
});

/** A ledger as text, in which every order counts, and read back from it. */
export const ledgerText = (ledger: Ledger): string => JSON.stringify({ ...ledger, entries: [...ledger.entries] });

export function ledgerFromText(text: string): Ledger {
  const ledger = JSON.parse(text) as Omit<Ledger, "entries"> & { readonly entries: readonly (readonly [string, LedgerEntry])[] };
  return { ...ledger, entries: new Map(ledger.entries) };
}

/** An article in the catalog, named by its number. Each number is a minute newer than the one before. */
export function anEntryOf(number: number, says: Partial<Metadata> = {}, of: Partial<CatalogEntry> = {}): CatalogEntry {
  const id = `tag:wire.example,2026-01-01:n${String(number).padStart(5, "0")}`;
  const published = new Date(Date.UTC(2026, 9, 1) + number * 60_000).toISOString();
  const meta = aMeta({ key: `n${number}.md`, slug: `n${number}`, title: `Number ${number}`, content: `text ${number}`, ...says });
  return { state: "live", id, uri: id, since: published, published, updated: published, meta, ...of };
}

export const inOrder = (entries: readonly CatalogEntry[]): readonly CatalogEntry[] => [...entries].sort(newestFirst);

/** A channel that takes everything, with its articles in order. */
export const aChannel = (members: readonly CatalogEntry[], says: Partial<Channel> = {}): Channel => ({
  path: "all",
  title: "The Wire",
  description: "The Wire",
  limit: 50,
  bytes: 1_000_000,
  content: "full",
  formats: ["rss", "atom", "json"],
  archive: "none",
  split: "none",
  members: inOrder(members),
  dropped: [],
  alternates: [],
  ...says,
});

export const aCatalog = (says: Partial<Catalog> = {}): Catalog => ({
  entries: [],
  dropped: [],
  absent: new Map(),
  withheldCount: 0,
  withheld: [],
  findings: [],
  ledger: emptyLedger,
  ...says,
});

/** The catalog of some sources; `known` is taken from what an earlier catalog showed. */
export function catalogOf(
  records: readonly SourceRecord[],
  now: Instant,
  before: { readonly catalog?: Catalog; readonly ledger?: Ledger; readonly site?: Site; readonly seen?: readonly SourceRecord[] } = {},
): Catalog {
  const { catalog, ledger = catalog?.ledger ?? emptyLedger, site = aSite() } = before;
  const known = new Map([...(catalog?.entries ?? []), ...(catalog?.dropped ?? [])].map((entry) => [entry.id, entry.meta]));
  const seen = new Set(before.seen?.map(({ key }) => key));
  return catalogue({ site, now: new Date(now).toISOString(), ledger, records, known, seen });
}

/** The shown entries: the id without the prefix of all ids of The Wire. */
export const shownIds = (catalog: Catalog): Readonly<Record<string, string>> =>
  Object.fromEntries(catalog.entries.map(({ id, meta }) => [meta.key, id.replace("tag:wire.example,2026-01-01:", "")]));
