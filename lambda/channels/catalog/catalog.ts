import type { Finding, Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { Key } from "../../stores/store.ts";
import type { Site } from "../site/site.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { asHashedBefore } from "./identity/as-hashed-before.ts";
import { identify } from "./identity/identify.ts";
import { due, later } from "./ledger/dating.ts";
import { type Absence, type Ledger, type LedgerEntry, withoutTwins } from "./ledger/ledger.ts";
import type { Metadata, SourceRecord } from "./ledger/record.ts";
import { type Clock, type Outcome, ofArticle, ofBroken, ofDraft, ofMissing, ofRenamed } from "./outcome.ts";
import { permalinkOf } from "./permalink.ts";
import { withTranslations } from "./translations.ts";
import { asWithdrawn } from "./withdrawn.ts";
import { type Withheld, withheldOf } from "./withheld.ts";

export type Catalog = {
  /** Newest first, then by id. */
  readonly entries: readonly CatalogEntry[];
  /** Articles that left every feed without a notice, for as long as feeds announce it; in no order. */
  readonly dropped: readonly CatalogEntry[];
  /** By id: articles that were published once and now are out for a known reason, in their file or from the gate. */
  readonly absent: ReadonlyMap<string, Absence | "refused">;
  /** The number of withheld sources. */
  readonly withheldCount: number;
  /** All withheld sources, ordered by key. */
  readonly withheld: readonly Withheld[];
  readonly findings: readonly Finding[];
  readonly ledger: Ledger;
  /** The next moment at which something changes although no file does. */
  readonly next?: Instant;
};

type Input = {
  readonly site: Site;
  readonly now: Instant;
  readonly ledger: Ledger;
  /** One for each source that looks like an article, in any order; they come from a complete listing. */
  readonly records: readonly SourceRecord[];
  /** Articles as last published, by id, for entries whose file can no longer be read as an article. */
  readonly known: ReadonlyMap<string, Metadata>;
  /** Findings to report in addition to those of the catalog. */
  readonly further?: readonly Finding[];
  /** Keys of the files that the last run knew; default: none. */
  readonly seen?: Pick<ReadonlySet<Key>, "has">;
};

/** Decides what readers may see now, from parsed sources and the ledger. Reads no body. */
export function catalogue(input: Input): Catalog {
  const { site, now } = input;
  const records = isInOrder(input.records) ? input.records : [...input.records].sort(byKey);
  const ledger = withoutTwins(input.ledger);
  const remembered = ledger.entries;
  const known = new Map([...input.known].map(([id, meta]) => [id, asWithdrawn(meta, remembered.get(id))]));
  const { ids, conflicts, notices } = identify(
    asHashedBefore(records, remembered),
    ledger,
    site,
    waitingSince(records, { ...input, ledger }),
  );
  const refused = new Set(conflicts.map((finding) => finding.key));
  const findings: Finding[] = [...conflicts, ...notices, ...(input.further ?? [])];
  const moments: Instant[] = [];
  const { grace } = site.guard;
  const clock: Clock = { now, note: (moment) => void (moment > now && moments.push(moment)), grace, retain: site.retain };
  const outcomes: (readonly [id: string, outcome: Outcome])[] = [];
  const waiting: Withheld[] = [];
  // How many entries of the ledger have an outcome, and the outcomes that change the ledger.
  let met = 0;
  const noted: (readonly [string, Outcome])[] = [];

  for (const record of records) {
    if (record.findings.length > 0 && !refused.has(record.key)) findings.push(...record.findings);
    const id = ids.get(record.key);
    const entry = id === undefined ? undefined : remembered.get(id);
    const outcome = outcomeOf(record, id, entry);
    const withheld = withheldOf(record, outcome);
    if (withheld !== undefined) waiting.push(withheld);
    if (id === undefined || outcome === undefined) continue;
    outcomes.push([id, outcome]);
    if (entry !== undefined) met += 1;
    if (outcome.entry !== entry) noted.push([id, outcome]);
    if (outcome.kind === "shown" && outcome.state === "kept") findings.push(keptAsOf(record.key, outcome.entry));
  }

  function outcomeOf(record: SourceRecord, id: string | undefined, entry: LedgerEntry | undefined): Outcome | undefined {
    if (record.kind === "article" && id !== undefined && !refused.has(record.key)) {
      return ofArticle({ id, meta: asWithdrawn(record.meta, entry), source: record.source, oldest: record.oldest, entry }, clock);
    }
    if (entry === undefined) return undefined;
    return record.kind === "withheld" ? ofDraft(entry, known.get(entry.id), clock) : ofBroken(entry, known.get(entry.id), clock);
  }

  const renamed = renamedKeys(records, refused);
  // Mostly, all have one.
  const decided = new Set(met === remembered.size ? [] : outcomes.map(([id]) => id));
  for (const entry of met === remembered.size ? [] : remembered.values()) {
    if (decided.has(entry.id)) continue;
    const another = renamed.has(entry.keys.at(-1) ?? "");
    const outcome = another ? ofRenamed(entry, known.get(entry.id), clock) : ofMissing(entry, known.get(entry.id), clock);
    outcomes.push([entry.id, outcome]);
    if (outcome.entry !== entry) noted.push([entry.id, outcome]);
    const remark = remarkOnMissing(entry, outcome);
    if (remark !== undefined) findings.push(remark);
  }

  const shown: CatalogEntry[] = [];
  const dropped: CatalogEntry[] = [];
  const absent = new Map<string, Absence>();
  for (const [id, outcome] of outcomes) {
    if (outcome.kind === "shown") shown.push(catalogEntryOf(outcome, clock, site));
    else if (outcome.kind === "gone") dropped.push(...droppedOf(outcome, clock, site));
    else if (outcome.entry !== undefined) absent.set(id, outcome.reason);
  }
  shown.sort(newestFirst);
  const next = moments.sort()[0];
  const tied = withTranslations(shown, { records, ids, languages: site.languages });
  return {
    entries: tied.entries,
    dropped,
    absent,
    withheldCount: waiting.length,
    withheld: waiting,
    findings: [...findings, ...tied.findings].sort(byKeyAndLine),
    ledger: { ...ledger, entries: ledgerEntries(remembered, noted) },
    ...omitUndefined({ next }),
  };
}

/**
 * Files that existed before and were withheld then or are withheld now, so no article has just moved there. Another article may
 * move to a place where an article was published.
 */
function waitingSince(records: readonly SourceRecord[], { seen, now, ledger }: Input): ReadonlySet<Key> {
  const isToCome = (date: Metadata["embargo"]) => date !== undefined && due(date) > (ledger.now ?? now);
  const isOut = ({ canceled, published, embargo, expires }: Metadata) =>
    canceled !== undefined || isToCome(published) || isToCome(embargo) || (expires !== undefined && due(expires) <= now);
  const out = records.filter((record) => record.kind === "article" && isOut(record.meta) && seen?.has(record.key) === true);
  if (out.length === 0) return new Set();
  const homes = new Set([...ledger.entries.values()].flatMap(({ keys, missing }) => (missing === undefined ? keys.slice(-1) : [])));
  return new Set(out.flatMap(({ key }) => (homes.has(key) ? [] : [key])));
}

/** Keys of files that name an id: an entry that had such a file and is not found under that id no longer exists. */
function renamedKeys(records: readonly SourceRecord[], refused: ReadonlySet<Key>): ReadonlySet<Key> {
  const named = records.filter((record) => record.kind === "article" && record.meta.id !== undefined && !refused.has(record.key));
  return new Set(named.map((record) => record.key));
}

type Seen = Pick<CatalogEntry, "state" | "meta"> & { readonly entry: LedgerEntry };

function catalogEntryOf({ entry, meta, state }: Seen, { now, note, retain }: Clock, site: Site): CatalogEntry {
  const { id, uri, firstSeen: since, published, updated, slug, canceled, corrected } = entry;
  const url = meta.url ?? permalinkOf(site, { meta, slug, published });
  const at = canceled ?? corrected?.at;
  const end = at === undefined ? undefined : later(at, retain);
  if (end !== undefined) note(end);
  const plain: CatalogEntry = { state, id, uri, since, published, updated, meta, ...(url === undefined ? {} : { url }) };
  return at !== undefined && end !== undefined && end > now ? { ...plain, amended: at } : plain;
}

function droppedOf({ entry, meta }: Extract<Outcome, { kind: "gone" }>, clock: Clock, site: Site): readonly CatalogEntry[] {
  return meta === undefined || entry.canceled === undefined ? [] : [catalogEntryOf({ entry, meta, state: "dropped" }, clock, site)];
}

/** Entries keep their order in the ledger, so that an unchanged ledger has the same text; it stays the same object, too. */
function ledgerEntries(before: Ledger["entries"], noted: readonly (readonly [string, Outcome])[]): Ledger["entries"] {
  const changed = noted.flatMap(([id, { entry }]) => (entry === undefined ? [] : [[id, entry] as const]));
  if (changed.length === 0) return before;
  const entries = new Map(before);
  for (const [id, entry] of changed) entries.set(id, entry);
  return entries;
}

function keptAsOf(key: Key, entry: LedgerEntry): Finding {
  const message = `The published article stays as of ${entry.updated} until you correct its file.`;
  return { kind: "notice", code: "kept", key, message };
}

/** Reports a missing file on every run within its grace, and once more when the article leaves. */
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
    message: `The file has been gone for longer than the grace: the article "${before.id}" has left every feed.`,
  };
}

/** The order of every feed: newest first, then by id; both by code unit. */
export function newestFirst(a: CatalogEntry, b: CatalogEntry): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function isInOrder(records: readonly SourceRecord[]): boolean {
  return records.every(({ key }, at) => at === 0 || (records[at - 1]?.key ?? "") < key);
}

function byKey(a: SourceRecord, b: SourceRecord): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

export function byKeyAndLine(a: Finding, b: Finding): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}
