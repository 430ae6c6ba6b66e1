import { hash } from "node:crypto";
import type { Instant } from "../../articles/model/article.ts";
import { isSame, omitUndefined } from "../../articles/model/json-value.ts";
import { isUnsafeId, uriOf } from "../../articles/title/identity.ts";
import { due, later, latest, publishedOf, updatedOf, writtenUpdate } from "./ledger/dating.ts";
import type { Absence, LedgerEntry } from "./ledger/ledger.ts";
import type { Metadata } from "./ledger/record.ts";

/**
 * The state of one article in this run. "shown" as "canceled": readers get a notice in its place. "gone": it left without a
 * reason in its file; the guard counts it, and feeds announce its end while `meta` exists.
 */
export type Outcome =
  | {
      readonly kind: "shown";
      readonly state: "live" | "kept" | "missing" | "canceled";
      readonly entry: LedgerEntry;
      readonly meta: Metadata;
    }
  | { readonly kind: "absent"; readonly reason: Absence; readonly entry?: LedgerEntry }
  | { readonly kind: "gone"; readonly entry: LedgerEntry; readonly meta?: Metadata };

/**
 * The clock of the run; it collects the moments at which something changes although no file does, and knows the periods
 * (milliseconds).
 */
export type Clock = {
  readonly now: Instant;
  readonly note: (moment: Instant) => void;
  /** How long an article stays after its file disappears; how long feeds announce a withdrawal or correction. */
  readonly grace: number;
  readonly retain: number;
};

type Known = {
  readonly id: string;
  readonly meta: Metadata;
  readonly source: string;
  readonly oldest: Instant | undefined;
  readonly entry: LedgerEntry | undefined;
};

/** The outcome of an article whose file can be read. An entry of the ledger that would say the same stays the same object. */
export function ofArticle(known: Known, clock: Clock): Outcome {
  const outcome = outcomeOf(known, clock);
  const { entry } = known;
  if (outcome.entry === entry) return outcome;
  return entry !== undefined && outcome.entry !== undefined && isSame(entry, outcome.entry) ? { ...outcome, entry } : outcome;
}

function outcomeOf(known: Known, clock: Clock): Outcome {
  const { meta, entry } = known;
  const reason = reasonToWait(meta, entry, clock);
  // An article that was never published is not remembered: its dates may still change.
  if (reason !== undefined && entry === undefined) return { kind: "absent", reason };
  const remembered = remember(known, clock);
  if (reason === undefined) {
    // A reader who was told of the withdrawal accepts only a newer date (RFC 6721, 3).
    const updated = entry?.canceled === undefined ? remembered.updated : clock.now;
    return { kind: "shown", state: "live", meta, entry: updated === remembered.updated ? remembered : { ...remembered, updated } };
  }
  if (reason !== "canceled") return { kind: "absent", reason, entry: { ...remembered, absent: reason } };
  const canceled = entry?.canceled ?? clock.now;
  return withdrawn({ ...remembered, absent: reason, canceled, updated: latest(remembered.updated, canceled) }, meta, clock);
}

function reasonToWait(meta: Metadata, entry: LedgerEntry | undefined, { now, note }: Clock): Absence | undefined {
  if (meta.canceled !== undefined) return "canceled";
  const embargo = meta.embargo === undefined ? undefined : due(meta.embargo);
  const start = meta.published === undefined ? undefined : due(meta.published);
  const end = meta.expires === undefined ? undefined : due(meta.expires);
  for (const moment of [embargo, start, end]) if (moment !== undefined) note(moment);
  if (embargo !== undefined && embargo > now) return "embargoed";
  // A published article stays, whatever date an author writes into it later.
  if (entry === undefined && start !== undefined && start > now) return "scheduled";
  return end !== undefined && end <= now ? "expired" : undefined;
}

function remember({ id, meta, source, oldest, entry }: Known, { now, note }: Clock): LedgerEntry {
  const firstSeen = entry?.firstSeen ?? (meta.published === undefined ? oldest : undefined) ?? now;
  const published = entry?.published ?? publishedOf(meta.published, firstSeen);
  const { updated, changed } = updatedOf(meta, entry, published, now, source);
  const announced = writtenUpdate(meta, changed);
  if (announced !== undefined) note(announced);
  if (entry !== undefined && entry.updated === updated && entry.changed === changed && isAsRemembered(entry, { id, meta, source }))
    return entry;
  const more = { corrected: correctedOf(meta.correction, entry, published, now), withdrawn: entry?.withdrawn, partners: entry?.partners };
  const plain: LedgerEntry = {
    id,
    // Never changes, unless no reader can accept it: an older program wrote such a URI, and the gate let it into no feed.
    uri: entry === undefined || isUnsafeId(entry.uri) ? uriOf(id) : entry.uri,
    given: meta.id === id,
    keys: entry?.keys.at(-1) === meta.key ? entry.keys : [...(entry?.keys ?? []).filter((key) => key !== meta.key), meta.key],
    content: meta.content,
    digest: meta.digest,
    source,
    firstSeen,
    published,
    updated,
    changed,
    slug: entry?.slug ?? meta.slug,
  };
  const isPlain = more.corrected === undefined && more.withdrawn === undefined && more.partners === undefined;
  return isPlain ? plain : { ...plain, ...omitUndefined(more) };
}

/** Whether an entry says of a live article what a run would note of it, besides its dates. Nearly every article of a run is so. */
function isAsRemembered(entry: LedgerEntry, { id, meta, source }: Pick<Known, "id" | "meta" | "source">): boolean {
  return (
    entry.source === source &&
    entry.digest === meta.digest &&
    entry.content === meta.content &&
    entry.keys.at(-1) === meta.key &&
    entry.given === (meta.id === id) &&
    (entry.missing ?? entry.absent ?? entry.canceled ?? entry.corrected ?? meta.correction) === undefined &&
    !isUnsafeId(entry.uri)
  );
}

/** A new note gets the date of the run that first saw it; the note of a new article gets the date of its publication. */
function correctedOf(correction: string | undefined, entry: LedgerEntry | undefined, published: Instant, now: Instant) {
  if (correction === undefined) return undefined;
  const note = noteOf(correction);
  return entry?.corrected?.note === note ? entry.corrected : { note, at: entry === undefined ? published : now };
}

/** A hash of a note of correction. */
export function noteOf(correction: string): string {
  return hash("sha256", correction).slice(0, 16);
}

/** The outcome of a published article whose file is now a draft. */
export function ofDraft(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  if (entry.withdrawn !== undefined) return withdrawn(found(entry), meta, clock);
  return { kind: "absent", reason: "draft", entry: { ...found(entry), absent: "draft" } };
}

/** The outcome of a published article whose file is broken: as it was, even if it was out. */
export function ofBroken(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  return asItWas("kept", found(entry), meta, clock);
}

/**
 * The outcome of a published article whose file is missing from a complete listing: it stays for the grace, then counts as
 * canceled from the end of the grace.
 */
export function ofMissing(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  const missing = entry.missing ?? clock.now;
  if (entry.canceled !== undefined) return withdrawn({ ...entry, missing }, meta, clock);
  const end = later(missing, clock.grace);
  clock.note(end);
  if (end > clock.now) return asItWas("missing", { ...entry, missing }, meta, clock);
  return withdrawn({ ...entry, missing, canceled: end }, meta, clock);
}

/** The outcome of an article whose file now names another id: readers take it for another article, so this one ends at once. */
export function ofRenamed(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  const { now } = clock;
  return withdrawn({ ...entry, missing: entry.missing ?? now, canceled: entry.canceled ?? now }, meta, clock);
}

function asItWas(state: "kept" | "missing", entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  if (entry.canceled !== undefined) return withdrawn(entry, meta, clock);
  if (entry.absent !== undefined) return { kind: "absent", reason: entry.absent, entry };
  if (meta === undefined) return { kind: "gone", entry };
  const end = meta.expires === undefined ? undefined : due(meta.expires);
  if (end !== undefined) clock.note(end);
  return end !== undefined && end <= clock.now ? { kind: "absent", reason: "expired", entry } : { kind: "shown", state, meta, entry };
}

/**
 * An article that its file withdraws is a notice for as long as feeds announce it, and then gone. An article withdrawn otherwise
 * is gone at once.
 */
function withdrawn(entry: LedgerEntry, meta: Metadata | undefined, { now, note, retain }: Clock): Outcome {
  const end = later(entry.canceled ?? now, retain);
  note(end);
  const told = end > now ? meta : undefined;
  if (entry.absent === "canceled")
    return told === undefined ? { kind: "absent", reason: "canceled", entry } : { kind: "shown", state: "canceled", entry, meta: told };
  if (entry.absent !== undefined || told === undefined) return { kind: "gone", entry };
  return { kind: "gone", entry, meta: told };
}

/** Its file exists again. */
function found(entry: LedgerEntry): LedgerEntry {
  const { missing: _, ...rest } = entry;
  return rest;
}
