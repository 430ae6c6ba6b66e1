import type { Instant } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import {
  type ChangePart,
  emptyLedger,
  type Ledger,
  type LedgerEntry,
  type LedgerFeed,
  type LedgerValue,
} from "../channels/catalog/ledger/ledger.ts";
import { emptyManifest, type Manifest, type ManifestFile } from "../plan/manifest/manifest.ts";
import type { Version } from "../stores/store.ts";
import type { PartName, StateHead } from "./head.ts";
import { pathsByArticle } from "./member-rows.ts";
import type { RowsOf, ShardRows, TableName } from "./shards.ts";
import { stateKeys } from "./state-keys.ts";

/** The tables of each part of state. */
export const tablesOf = {
  ledger: [of("ledger", "entries"), of("ledger", "feeds"), of("ledger", "values"), of("ledger", "changes"), of("ledger", "rest")],
  catalog: [of("catalog", "facts"), of("details", "details"), of("catalog", "known"), of("catalog", "media"), of("catalog", "rest")],
  manifest: [
    of("manifest", "files"),
    of("manifest", "members"),
    of("manifest", "channels"),
    of("manifest", "kept"),
    of("manifest", "strangers"),
    of("manifest", "rest"),
  ],
} as const satisfies Record<PartName, readonly TableName[]>;

type Prefix = "ledger" | "catalog" | "details" | "manifest";

function of(prefix: Prefix, name: string): TableName {
  return { prefix: stateKeys[prefix], name };
}

export type PartRows = Readonly<Record<string, RowsOf>>;
/** The objects of each table, as they were read. */
export type TableRows = Readonly<Record<string, readonly ShardRows[]>>;

/** Without its moment and its site, which are in the head. */
export function rowsOfLedger({ entries, feeds, values, changes = {}, now: _, site: _site, ...rest }: Ledger): PartRows {
  const flat = Object.entries(values).flatMap(([rule, named]) =>
    Object.entries(named).map(([value, promised]) => [JSON.stringify([rule, value]), promised] as const),
  );
  return {
    entries: { rows: entries, encode: entryRowOf },
    feeds: rows(feeds),
    values: { rows: new Map(flat) },
    changes: rows(changes),
    rest: rows(omitUndefined(rest)),
  };
}

/** Without what most entries have twice. */
type EntryRow = Omit<LedgerEntry, "id" | Doubled> & Partial<Pick<LedgerEntry, Doubled>>;
type Doubled = "uri" | "updated" | "changed";

function entryRowOf({ id, uri, updated, changed, ...entry }: LedgerEntry): EntryRow {
  return {
    ...entry,
    ...(uri === id ? {} : { uri }),
    ...(updated === entry.published ? {} : { updated }),
    ...(changed === entry.firstSeen ? {} : { changed }),
  };
}

/** An entry has its properties in the order of a new one, so that both have the same text; those that only some have come last. */
function entryOf(id: string, row: EntryRow): LedgerEntry {
  const { uri = id, given, keys, content, digest, source, firstSeen, published, slug } = row;
  const { updated = published, changed = firstSeen } = row;
  const entry: LedgerEntry = { id, uri, given, keys, content, digest, source, firstSeen, published, updated, changed, slug };
  const isPlain = Object.keys(row).every((name) => name in entry);
  return isPlain ? entry : { ...entry, ...row };
}

export function ledgerFrom(read: TableRows, { site, now }: StateHead): Ledger {
  const values: Record<string, Record<string, LedgerValue>> = {};
  for (const [key, promised] of rowsAs<LedgerValue>(read, "values")) {
    const [rule, value] = JSON.parse(key) as [string, string];
    values[rule] = { ...values[rule], [value]: promised };
  }
  const changes = recordFrom<ChangePart>(read, "changes");
  return {
    ...emptyLedger,
    ...(recordFrom(read, "rest") as Partial<Ledger>),
    entries: ordered(read, "entries", entryOf),
    feeds: recordFrom<LedgerFeed>(read, "feeds"),
    values,
    ...(Object.keys(changes).length === 0 ? {} : { changes }),
    ...omitUndefined({ site, now }),
  };
}

type Channel = Pick<Manifest["status"] & object, string> | object;
type ChannelRow = { readonly listed?: true; readonly shown?: Readonly<Record<string, string>>; readonly status?: Channel };

type Before = Parameters<typeof pathsByArticle>[1];

/** Members by article, so that a new one writes one row, and not the list of each of its channels. */
export function rowsOfManifest({ files, members, shown, status = {}, kept, strangers, outbox, edge }: Manifest, before?: Before): PartRows {
  const channels = new Map<string, ChannelRow>();
  for (const path of new Set([...Object.keys(members), ...Object.keys(shown), ...Object.keys(status)]))
    channels.set(path, {
      ...(Object.hasOwn(members, path) ? { listed: true as const } : {}),
      ...omitUndefined({ shown: shown[path], status: status[path] }),
    });
  return {
    files: rows(files),
    members: { rows: pathsByArticle(members, before) },
    channels: { rows: channels },
    kept: { rows: new Map(kept.map((digest) => [digest, 1])) },
    strangers: rows(strangers),
    rest: rows(omitUndefined({ edge, ...(outbox.length === 0 ? {} : { outbox }) })),
  };
}

/** Members come back in the order of their feed: by the ledger's dates, newest first, then by id. */
export function manifestFrom(read: TableRows, { entries }: Pick<Ledger, "entries">): Manifest {
  const channels = rowsAs<ChannelRow>(read, "channels");
  const members = new Map([...channels].flatMap(([path, { listed }]) => (listed === true ? [[path, [] as string[]] as const] : [])));
  const dated: { readonly id: string; readonly paths: readonly string[]; readonly published: Instant }[] = [];
  forEachRow(read, "members", (id, paths: readonly string[]) => {
    const entry = entries.get(id);
    // The ledger's own string, as in the catalog.
    dated.push({ id: entry?.id ?? id, paths, published: entry?.published ?? "" });
  });
  dated.sort((a, b) => (a.published === b.published ? (a.id < b.id ? -1 : 1) : a.published > b.published ? -1 : 1));
  for (const { id, paths } of dated) for (const path of paths) members.get(path)?.push(id);
  const statuses = [...channels].flatMap(([path, { status }]) => (status === undefined ? [] : [[path, status] as const]));
  return {
    ...emptyManifest,
    ...(recordFrom(read, "rest") as Partial<Manifest>),
    files: recordFrom<ManifestFile>(read, "files"),
    members: Object.fromEntries(members),
    shown: Object.fromEntries([...channels].flatMap(([path, { shown }]) => (shown === undefined ? [] : [[path, shown]]))),
    ...(statuses.length === 0 ? {} : { status: Object.fromEntries(statuses) as Exclude<Manifest["status"], undefined> }),
    kept: [...rowsAs(read, "kept").keys()],
    strangers: recordFrom<Version>(read, "strangers"),
  };
}

export function rows<T>(record: Readonly<Record<string, T>>, encode?: (row: T) => unknown): RowsOf {
  const all = { rows: new Map(Object.entries(record)) };
  return encode === undefined ? all : { ...all, encode: encode as (row: never) => unknown };
}

/** The rows of a table, ordered by key. */
export function rowsAs<T>(read: TableRows, name: string): ReadonlyMap<string, T> {
  return ordered(read, name, (_, row: T) => row);
}

function ordered<Row, T>(read: TableRows, name: string, of: (key: string, row: Row) => T): ReadonlyMap<string, T> {
  const all: (readonly [string, T])[] = [];
  forEachRow(read, name, (key, row: Row) => void all.push([key, of(key, row)]));
  return new Map(all.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

/** In no order. */
export function forEachRow<T>(read: TableRows, name: string, take: (key: string, row: T) => void): void {
  for (const { keys, rows } of read[name] ?? []) keys.forEach((key, at) => void take(key, rows[at] as T));
}

/** The rows of a table, to look them up. */
export function rowsByKey<T>(read: TableRows, name: string): ReadonlyMap<string, T> {
  const all = new Map<string, T>();
  forEachRow(read, name, (key, row: T) => void all.set(key, row));
  return all;
}

export function recordFrom<T>(read: TableRows, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(rowsAs<T>(read, name));
}
