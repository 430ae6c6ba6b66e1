import type { Finding, Instant } from "../articles/article.ts";
import { uriOf } from "../articles/identity.ts";
import type { Key } from "../stores/store.ts";
import { due, publishedOf, updatedOf } from "./dating.ts";
import { identify } from "./identify.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import { permalinkOf } from "./permalink.ts";
import type { Metadata, SourceRecord } from "./record.ts";
import { present, type Site } from "./site.ts";

/** An article that readers may see now. "kept": its file is broken, and it stays as it was; "missing": its file is gone, within the grace. */
export type CatalogEntry = {
  readonly state: "live" | "kept" | "missing";
  readonly id: string;
  readonly uri: string;
  readonly url?: string;
  readonly published: Instant;
  readonly updated: Instant;
  readonly meta: Metadata;
};

/** Why an article that exists is in no feed. */
export type Absence = "draft" | "scheduled" | "embargoed" | "expired" | "canceled";

export type Catalog = {
  /** Newest first, then by id. */
  readonly entries: readonly CatalogEntry[];
  /** By id, of articles that were published once and now are out for a reason that their file names. */
  readonly absent: ReadonlyMap<string, Absence>;
  /** How many sources wait for their time or their author. */
  readonly withheld: number;
  readonly findings: readonly Finding[];
  readonly ledger: Ledger;
  /** The next moment at which time alone changes something. */
  readonly next?: Instant;
};

type Input = {
  readonly site: Site;
  readonly now: Instant;
  readonly ledger: Ledger;
  /** One for each source that looks like an article, ordered by key; the listing they come from is complete. */
  readonly records: readonly SourceRecord[];
  /** Articles as last published, by id, for those whose file no longer says. */
  readonly known: ReadonlyMap<string, Metadata>;
};

type Outcome =
  | { readonly kind: "shown"; readonly state: CatalogEntry["state"]; readonly entry: LedgerEntry; readonly meta: Metadata }
  | { readonly kind: "absent"; readonly reason: Absence; readonly entry?: LedgerEntry }
  | { readonly kind: "gone"; readonly entry: LedgerEntry }
  | { readonly kind: "nothing" };

/** Parsed sources and what the ledger remembers -> what may be shown now. Reads no body. */
export function catalogue(input: Input): Catalog {
  const { site, now, ledger, records } = input;
  const { ids, conflicts } = identify(records, ledger, site);
  const refused = new Set(conflicts.map((finding) => finding.key));
  const findings: Finding[] = [];
  const moments: Instant[] = [];
  const outcomes: { readonly id: string; readonly outcome: Outcome }[] = [];

  for (const record of records) {
    if (!refused.has(record.key)) findings.push(...record.findings);
    const id = ids.get(record.key);
    if (id === undefined) {
      if (record.kind === "withheld") outcomes.push({ id: record.key, outcome: { kind: "absent", reason: "draft" } });
      continue;
    }
    const entry = ledger.entries[id];
    if (record.kind === "article") outcomes.push({ id, outcome: ofArticle(id, record.meta, record.oldest, entry, now, moments) });
    else if (entry === undefined) continue;
    else if (record.kind === "withheld") outcomes.push({ id, outcome: { kind: "absent", reason: "draft", entry } });
    else {
      outcomes.push({ id, outcome: asItWas("kept", entry, input.known.get(id), now, moments) });
      findings.push(keptAsOf(record.key, entry));
    }
  }
  const found = new Set(ids.values());
  for (const entry of Object.values(ledger.entries)) {
    if (!found.has(entry.id)) outcomes.push({ id: entry.id, outcome: ofMissing(entry, input, moments) });
  }

  const next = moments.filter((moment) => moment > now).sort()[0];
  return {
    entries: outcomes.flatMap(({ outcome }) => (outcome.kind === "shown" ? [entryOf(outcome, site)] : [])).sort(newestFirst),
    absent: new Map(
      outcomes.flatMap(({ id, outcome }) =>
        outcome.kind === "absent" && outcome.entry !== undefined ? [[id, outcome.reason] as const] : [],
      ),
    ),
    withheld: outcomes.filter(({ outcome }) => outcome.kind === "absent").length,
    findings: [...findings, ...conflicts].sort(byKeyAndLine),
    ledger: { ...ledger, entries: ledgerEntries(ledger, outcomes) },
    ...present({ next }),
  };
}

function ofArticle(
  id: string,
  meta: Metadata,
  oldest: Instant | undefined,
  entry: LedgerEntry | undefined,
  now: Instant,
  moments: Instant[],
): Outcome {
  const out = (reason: Absence): Outcome => ({ kind: "absent", reason, ...present({ entry }) });
  if (meta.canceled !== undefined)
    return { kind: "absent", reason: "canceled", ...present({ entry: entry && { canceled: now, ...revived(entry) } }) };
  const starts = [meta.embargo, meta.published].map((date) => (date === undefined ? undefined : due(date)));
  moments.push(...starts.filter((moment) => moment !== undefined));
  if (starts[0] !== undefined && starts[0] > now) return out("embargoed");
  if (entry === undefined && starts[1] !== undefined && starts[1] > now) return out("scheduled");
  if (meta.expires !== undefined) {
    const ends = due(meta.expires);
    moments.push(ends);
    if (ends <= now) return out("expired");
  }
  return { kind: "shown", state: "live", meta, entry: remember(id, meta, oldest, entry, now) };
}

function remember(id: string, meta: Metadata, oldest: Instant | undefined, entry: LedgerEntry | undefined, now: Instant): LedgerEntry {
  const firstSeen = entry?.firstSeen ?? (meta.published === undefined ? oldest : undefined) ?? now;
  const published = entry?.published ?? publishedOf(meta.published, firstSeen);
  const keys =
    entry === undefined
      ? [meta.key]
      : entry.keys.at(-1) === meta.key
        ? entry.keys
        : [...entry.keys.filter((key) => key !== meta.key), meta.key];
  const { updated, changed } = updatedOf(meta, entry, published, now);
  return {
    id,
    uri: entry?.uri ?? uriOf(id),
    given: meta.id === id,
    keys,
    content: meta.content,
    digest: meta.digest,
    firstSeen,
    published,
    updated,
    changed,
    slug: entry?.slug ?? meta.slug,
  };
}

function asItWas(state: "kept" | "missing", entry: LedgerEntry, meta: Metadata | undefined, now: Instant, moments: Instant[]): Outcome {
  if (meta === undefined || entry.canceled !== undefined) return { kind: "gone", entry };
  const ends = meta.expires === undefined ? undefined : due(meta.expires);
  if (ends !== undefined) moments.push(ends);
  return ends !== undefined && ends <= now ? { kind: "absent", reason: "expired", entry } : { kind: "shown", state, meta, entry };
}

/** A complete listing has no file of it: it stays for the grace, then is dropped. */
function ofMissing(entry: LedgerEntry, input: Input, moments: Instant[]): Outcome {
  const missing = entry.missing ?? input.now;
  const ends = new Date(Date.parse(missing) + input.site.guard.grace).toISOString();
  moments.push(ends);
  const remembered = { ...entry, missing };
  return ends <= input.now
    ? { kind: "gone", entry: remembered }
    : asItWas("missing", remembered, input.known.get(entry.id), input.now, moments);
}

function entryOf(shown: Extract<Outcome, { kind: "shown" }>, site: Site): CatalogEntry {
  const { entry, meta, state } = shown;
  const url = meta.url ?? permalinkOf(site, { meta, slug: entry.slug, published: entry.published });
  return { state, id: entry.id, uri: entry.uri, published: entry.published, updated: entry.updated, meta, ...present({ url }) };
}

/** Entries keep their place in the ledger, so that an unchanged ledger is equal text. */
function ledgerEntries(ledger: Ledger, outcomes: readonly { readonly id: string; readonly outcome: Outcome }[]): Ledger["entries"] {
  const entries: Record<string, LedgerEntry> = { ...ledger.entries };
  for (const { id, outcome } of outcomes) if (outcome.kind !== "nothing" && outcome.entry !== undefined) entries[id] = outcome.entry;
  return entries;
}

function revived(entry: LedgerEntry): LedgerEntry {
  const { missing: _, ...rest } = entry;
  return rest;
}

function keptAsOf(key: Key, entry: LedgerEntry): Finding {
  const message = `The published article is kept as of ${entry.updated}, until its file is mended.`;
  return { kind: "notice", code: "kept", key, message };
}

/** The order of every feed: newest first, then by id; both by code unit. */
export function newestFirst(a: CatalogEntry, b: CatalogEntry): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function byKeyAndLine(a: Finding, b: Finding): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}
