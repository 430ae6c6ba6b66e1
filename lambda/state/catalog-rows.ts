import { omitUndefined } from "../articles/model/json-value.ts";
import type { Ledger, LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { type Metadata, recordsByKey, type SourceRecord } from "../channels/catalog/ledger/record.ts";
import type { Medium } from "../channels/media/media.ts";
import type { Key } from "../stores/store.ts";
import { type CatalogCache, emptyCatalog } from "./catalog-cache.ts";
import { forEachRow, type PartRows, recordFrom, rows, rowsAs, rowsByKey, type TableRows } from "./tables.ts";

/** What only a document or a report shows of an article. */
type Details = Pick<SourceRecord, "findings"> & Partial<Pick<Metadata, ShownOnly>>;

type ShownOnly = "title" | "summary" | "image" | "attachments";

/** What the ledger has of an article, too. */
type Hashes = Pick<LedgerEntry, "content" | "digest" | "source" | "keys">;

/** So many digits of the digest stand for all hashes of an article where the ledger has the same; they show whether it still has. */
const digits = 6;

export function rowsOfCatalog({ records, known, media, ...rest }: CatalogCache): PartRows {
  const byKey = recordsByKey(records);
  return {
    facts: { rows: byKey },
    details: { rows: byKey, encode: detailsOf },
    known: rows(known),
    media: { rows: new Map(media.map((medium) => [medium.key, medium])) },
    rest: rows(omitUndefined(rest)),
  };
}

/** The rows as they are written beside this ledger: without the hashes that it has. */
export function besideLedger(catalog: PartRows, ledger: Ledger): PartRows {
  let promised: ReadonlyMap<Key, Hashes> | undefined;
  const encode = (record: SourceRecord): unknown => {
    promised ??= byPresentKey(ledger);
    return factsOf(record, promised.get(record.key));
  };
  return { ...catalog, facts: { rows: catalog["facts"]?.rows ?? new Map(), encode } };
}

/** Of two articles whose files had one key after another, the same one whatever the order of the entries. */
function byPresentKey(ledger: Pick<Ledger, "entries">): ReadonlyMap<Key, Hashes> {
  const entries = new Map<Key, LedgerEntry>();
  let last = "";
  for (const entry of ledger.entries.values()) {
    const key = entry.keys.at(-1) ?? "";
    // Nearly all come in the order of their ids, which needs no look-up.
    if (entry.id >= last || (entries.get(key)?.id ?? "") <= entry.id) entries.set(key, entry);
    if (entry.id > last) last = entry.id;
  }
  return entries;
}

function factsOf({ key: _, findings: _findings, ...record }: SourceRecord, promised: Hashes | undefined): unknown {
  if (record.kind !== "article") return record;
  const { source, meta, ...rest } = record as Extract<SourceRecord, { kind: "article" }>;
  const { key: _key, title: _title, summary: _summary, image: _image, attachments: _attachments, content, digest, ...facts } = meta;
  return promised?.content === content && promised.digest === digest && promised.source === source
    ? { ...rest, meta: { ...facts, digest: digest.slice(0, digits) } }
    : { ...rest, meta: { ...facts, digest, content }, source };
}

function detailsOf(record: SourceRecord): Details | undefined {
  const findings = record.findings.length === 0 ? {} : { findings: record.findings };
  if (record.kind !== "article") return record.findings.length === 0 ? undefined : { findings: record.findings };
  const { title, summary, image, attachments } = record.meta;
  return { ...findings, ...omitUndefined({ title, summary, image }), ...(attachments.length === 0 ? {} : { attachments }) } as Details;
}

type Unfinished<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * The catalog that was written beside a ledger. A record whose hashes the ledger no longer has is left out, and its source read again. The rows
 * of facts become its records.
 */
export function catalogFrom(read: TableRows, ledger: Pick<Ledger, "entries">): CatalogCache {
  const details = rowsByKey<Details>(read, "details");
  const promised = byPresentKey(ledger);
  const records: SourceRecord[] = [];
  forEachRow(read, "facts", (own, fact: SourceRecord) => {
    const hashes = promised.get(own);
    // The ledger's own string: equal strings that are one are equal at a glance, and a run looks up each key several times.
    const key = hashes?.keys.at(-1) ?? own;
    // Nobody else has these objects yet, and a copy of each takes longer than all the rest.
    const record: Unfinished<SourceRecord> = fact;
    const { findings = none, title = "", summary, image, attachments = none } = details.get(own) ?? noDetails;
    record.key = key;
    record.findings = findings;
    if (record.kind === "article") {
      const meta: Unfinished<Metadata> = record.meta;
      meta.title = title;
      if (summary !== undefined) meta.summary = summary;
      if (image !== undefined) meta.image = image;
      meta.key = key;
      meta.attachments = attachments;
      if (meta.digest.length === digits) {
        if (hashes?.digest.startsWith(meta.digest) !== true) return;
        meta.digest = hashes.digest;
        meta.content = hashes.content;
        record.source = hashes.source;
      }
    }
    records.push(record);
  });
  return {
    ...emptyCatalog,
    ...(recordFrom(read, "rest") as Partial<CatalogCache>),
    records: records.sort((a, b) => (a.key < b.key ? -1 : 1)),
    known: recordFrom<Metadata>(read, "known"),
    media: [...rowsAs<Medium>(read, "media").values()],
  };
}

const none: readonly never[] = [];
const noDetails: Partial<Details> = {};
