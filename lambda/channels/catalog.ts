import type { Finding, Instant } from "../articles/article.ts";
import type { Key } from "../stores/store.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { due, later } from "./dating.ts";
import { identify } from "./identify.ts";
import { type Absence, type Ledger, type LedgerEntry, withoutTwins } from "./ledger.ts";
import { type Clock, type Outcome, ofArticle, ofBroken, ofDraft, ofMissing, ofRenamed } from "./outcome.ts";
import { permalinkOf } from "./permalink.ts";
import type { Metadata, SourceRecord } from "./record.ts";
import { present, type Site } from "./site.ts";
import { withTranslations } from "./translations.ts";
import { type Waiting, waitingOf } from "./waiting.ts";
import { asWithdrawn } from "./withdrawn.ts";

export type Catalog = {
  /** Newest first, then by id. */
  readonly entries: readonly CatalogEntry[];
  /** What has left every feed without a notice, as long as that is to be told; in no order. */
  readonly dropped: readonly CatalogEntry[];
  /** By id, of articles that were published once and now are out for a reason that can be named: by their file, or by the gate. */
  readonly absent: ReadonlyMap<string, Absence | "refused">;
  /** How many sources wait for their time or their author. */
  readonly withheld: number;
  /** Each of them, ordered by key. */
  readonly waiting: readonly Waiting[];
  readonly findings: readonly Finding[];
  readonly ledger: Ledger;
  /** The next moment at which time alone changes something. */
  readonly next?: Instant;
};

type Input = {
  readonly site: Site;
  readonly now: Instant;
  readonly ledger: Ledger;
  /** One for each source that looks like an article, in any order; the listing they come from is complete. */
  readonly records: readonly SourceRecord[];
  /** Articles as last published, by id, for those whose file no longer says. */
  readonly known: ReadonlyMap<string, Metadata>;
  /** What is to be told beside what the catalog finds itself. */
  readonly further?: readonly Finding[];
  /** Keys of the files that the last run knew; default: none. */
  readonly seen?: ReadonlySet<Key>;
};

/** Parsed sources and what the ledger remembers -> what may be shown now. Reads no body. */
export function catalogue(input: Input): Catalog {
  const { site, now } = input;
  const records = [...input.records].sort(byKey);
  const ledger = withoutTwins(input.ledger);
  const remembered = new Map(Object.entries(ledger.entries));
  const known = new Map([...input.known].map(([id, meta]) => [id, asWithdrawn(meta, remembered.get(id))]));
  const { ids, conflicts, notices } = identify(records, ledger, site, waitingSince(records, { ...input, ledger }));
  const refused = new Set(conflicts.map((finding) => finding.key));
  const findings: Finding[] = [...conflicts, ...notices, ...(input.further ?? [])];
  const moments: Instant[] = [];
  const { grace } = site.guard;
  const clock: Clock = { now, note: (moment) => void moments.push(moment), grace, retain: site.retain };
  const outcomes = new Map<string, Outcome>();
  const waiting: Waiting[] = [];

  for (const record of records) {
    if (!refused.has(record.key)) findings.push(...record.findings);
    const id = ids.get(record.key);
    const entry = id === undefined ? undefined : remembered.get(id);
    const outcome = outcomeOf(record, id, entry);
    waiting.push(...waitingOf(record, outcome));
    if (id === undefined || outcome === undefined) continue;
    outcomes.set(id, outcome);
    if (outcome.kind === "shown" && outcome.state === "kept") findings.push(keptAsOf(record.key, outcome.entry));
  }

  function outcomeOf(record: SourceRecord, id: string | undefined, entry: LedgerEntry | undefined): Outcome | undefined {
    if (record.kind === "article" && id !== undefined && !refused.has(record.key)) {
      return ofArticle(
        { id, meta: asWithdrawn(record.meta, entry), source: record.source, ...present({ oldest: record.oldest, entry }) },
        clock,
      );
    }
    if (entry === undefined) return undefined;
    return record.kind === "withheld" ? ofDraft(entry, known.get(entry.id), clock) : ofBroken(entry, known.get(entry.id), clock);
  }

  const renamed = renamedKeys(records, refused);
  for (const entry of remembered.values()) {
    if (outcomes.has(entry.id)) continue;
    const another = renamed.has(entry.keys.at(-1) ?? "");
    const outcome = another ? ofRenamed(entry, known.get(entry.id), clock) : ofMissing(entry, known.get(entry.id), clock);
    outcomes.set(entry.id, outcome);
    const remark = remarkOnMissing(entry, outcome);
    if (remark !== undefined) findings.push(remark);
  }

  const all = [...outcomes];
  const shown = all.flatMap(([, outcome]) => (outcome.kind === "shown" ? [entryOf(outcome, clock, site)] : [])).sort(newestFirst);
  const dropped = all.flatMap(([, outcome]) => (outcome.kind === "gone" ? droppedOf(outcome, clock, site) : []));
  const next = moments.filter((moment) => moment > now).sort()[0];
  const tied = withTranslations(shown, { records, ids, languages: site.languages });
  return {
    entries: tied.entries,
    dropped,
    absent: new Map(
      all.flatMap(([id, outcome]) => (outcome.kind === "absent" && outcome.entry !== undefined ? [[id, outcome.reason] as const] : [])),
    ),
    withheld: waiting.length,
    waiting,
    findings: [...findings, ...tied.findings].sort(byKeyAndLine),
    ledger: { ...ledger, entries: ledgerEntries(remembered, outcomes) },
    ...present({ next }),
  };
}

/**
 * Files that were there before and that nobody was to see then, or is to see now: no article has just moved there. Where an article was
 * published another one may take its place.
 */
function waitingSince(records: readonly SourceRecord[], { seen, now, ledger }: Input): ReadonlySet<Key> {
  const isToCome = (date: Metadata["embargo"]) => date !== undefined && due(date) > (ledger.now ?? now);
  const isOut = ({ canceled, published, embargo, expires }: Metadata) =>
    canceled !== undefined || isToCome(published) || isToCome(embargo) || (expires !== undefined && due(expires) <= now);
  const homes = new Set(Object.values(ledger.entries).flatMap(({ keys, missing }) => (missing === undefined ? keys.slice(-1) : [])));
  const isBefore = (key: Key) => seen?.has(key) === true && !homes.has(key);
  const out = records.filter((record) => record.kind === "article" && isBefore(record.key) && isOut(record.meta));
  return new Set(out.map(({ key }) => key));
}

/** Keys of files that name an id: an entry that had such a file and is not found under that id has been given up. */
function renamedKeys(records: readonly SourceRecord[], refused: ReadonlySet<Key>): ReadonlySet<Key> {
  const named = records.filter((record) => record.kind === "article" && record.meta.id !== undefined && !refused.has(record.key));
  return new Set(named.map((record) => record.key));
}

type Seen = Pick<CatalogEntry, "state" | "meta"> & { readonly entry: LedgerEntry };

function entryOf({ entry, meta, state }: Seen, { now, note, retain }: Clock, site: Site): CatalogEntry {
  const { id, uri, firstSeen: since, published, updated, slug, canceled, corrected } = entry;
  const url = meta.url ?? permalinkOf(site, { meta, slug, published });
  const at = canceled ?? corrected?.at;
  const end = at === undefined ? undefined : later(at, retain);
  if (end !== undefined) note(end);
  return { state, id, uri, since, published, updated, meta, ...present({ url, amended: end !== undefined && end > now ? at : undefined }) };
}

function droppedOf({ entry, meta }: Extract<Outcome, { kind: "gone" }>, clock: Clock, site: Site): readonly CatalogEntry[] {
  return meta === undefined || entry.canceled === undefined ? [] : [entryOf({ entry, meta, state: "dropped" }, clock, site)];
}

/** Entries keep their place in the ledger, so that an unchanged ledger is equal text. */
function ledgerEntries(before: ReadonlyMap<string, LedgerEntry>, outcomes: ReadonlyMap<string, Outcome>): Ledger["entries"] {
  const entries = new Map(before);
  for (const [id, { entry }] of outcomes) if (entry !== undefined) entries.set(id, entry);
  return Object.fromEntries(entries);
}

function keptAsOf(key: Key, entry: LedgerEntry): Finding {
  const message = `The published article is kept as of ${entry.updated}, until its file is mended.`;
  return { kind: "notice", code: "kept", key, message };
}

/** A file that is gone is told on every run of its grace, and once more when the article leaves. */
function remarkOnMissing(before: LedgerEntry, outcome: Outcome): Finding | undefined {
  const key = before.keys.at(-1) ?? before.id;
  if (outcome.kind === "shown" && outcome.state === "missing") {
    const message = "The file is gone. The published article stays for the grace (guard.grace), then leaves every feed.";
    return { kind: "notice", code: "missing", key, message, hint: "Put the file back, or withdraw the article with status: canceled." };
  }
  if (outcome.kind !== "gone" || before.canceled !== undefined) return undefined;
  return {
    kind: "notice",
    code: "dropped",
    key,
    message: `The file is gone for longer than the grace: the article "${before.id}" has left every feed.`,
  };
}

/** The order of every feed: newest first, then by id; both by code unit. */
export function newestFirst(a: CatalogEntry, b: CatalogEntry): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function byKey(a: SourceRecord, b: SourceRecord): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function byKeyAndLine(a: Finding, b: Finding): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}
