import { createHash } from "node:crypto";
import type { Instant } from "../articles/article.ts";
import { isUnsafeId, uriOf } from "../articles/identity.ts";
import { due, later, latest, publishedOf, updatedOf, writtenUpdate } from "./dating.ts";
import type { Absence, LedgerEntry } from "./ledger.ts";
import type { Metadata } from "./record.ts";
import { present } from "./site.ts";

/**
 * What becomes of one article in this run. "shown" as "canceled": readers get a notice in its place. "gone": no reason that its file
 * names; the guard counts it, and as long as `meta` is there, its end is to be told.
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

/** The clock of the run, where moments are noted at which time alone changes something, and how long things last (milliseconds). */
export type Clock = {
  readonly now: Instant;
  readonly note: (moment: Instant) => void;
  /** An article whose file is missing stays so long; what was withdrawn or corrected is told so long. */
  readonly grace: number;
  readonly retain: number;
};

type Known = {
  readonly id: string;
  readonly meta: Metadata;
  readonly source: string;
  readonly oldest?: Instant;
  readonly entry?: LedgerEntry;
};

/** Of an article whose file can be read. */
export function ofArticle(known: Known, clock: Clock): Outcome {
  const { meta, entry } = known;
  const reason = reasonToWait(meta, entry, clock);
  // What was never published is not remembered: its dates are still its own.
  if (reason !== undefined && entry === undefined) return { kind: "absent", reason };
  const remembered = remember(known, clock);
  if (reason === undefined) {
    // Whoever was told that it is withdrawn believes only what is newer (RFC 6721, 3).
    const updated = entry?.canceled === undefined ? remembered.updated : clock.now;
    return { kind: "shown", state: "live", meta, entry: { ...remembered, updated } };
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
  // What was published once stays, whatever date somebody writes into it later.
  if (entry === undefined && start !== undefined && start > now) return "scheduled";
  return end !== undefined && end <= now ? "expired" : undefined;
}

function remember({ id, meta, source, oldest, entry }: Known, { now, note }: Clock): LedgerEntry {
  const firstSeen = entry?.firstSeen ?? (meta.published === undefined ? oldest : undefined) ?? now;
  const published = entry?.published ?? publishedOf(meta.published, firstSeen);
  const { updated, changed } = updatedOf(meta, entry, published, now);
  const announced = writtenUpdate(meta, changed);
  if (announced !== undefined) note(announced);
  return {
    id,
    // Frozen, but for one that no reader can be given: an older program wrote that, and the gate let it into no feed.
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
    ...present({ corrected: correctedOf(meta.correction, entry, published, now), withdrawn: entry?.withdrawn }),
  };
}

/** A note that is new is dated by the run that saw it; a new article has had its note all along. */
function correctedOf(correction: string | undefined, entry: LedgerEntry | undefined, published: Instant, now: Instant) {
  if (correction === undefined) return undefined;
  const note = noteOf(correction);
  return entry?.corrected?.note === note ? entry.corrected : { note, at: entry === undefined ? published : now };
}

/** Tells one note of correction from another. */
export function noteOf(correction: string): string {
  return createHash("sha256").update(correction).digest("hex").slice(0, 16);
}

/** Of a published article whose file is a draft now. */
export function ofDraft(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  if (entry.withdrawn !== undefined) return withdrawn(found(entry), meta, clock);
  return { kind: "absent", reason: "draft", entry: { ...found(entry), absent: "draft" } };
}

/** Of a published article whose file is broken: as it was, also where that is out. */
export function ofBroken(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  return asItWas("kept", found(entry), meta, clock);
}

/**
 * Of a published article that a complete listing has no file of: it stays for the grace, then counts as canceled since the end of
 * the grace.
 */
export function ofMissing(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  const missing = entry.missing ?? clock.now;
  if (entry.canceled !== undefined) return withdrawn({ ...entry, missing }, meta, clock);
  const end = later(missing, clock.grace);
  clock.note(end);
  if (end > clock.now) return asItWas("missing", { ...entry, missing }, meta, clock);
  return withdrawn({ ...entry, missing, canceled: end }, meta, clock);
}

/** Of an article whose file names another id now: readers take it for another article, so this one is over at once. */
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

/** Withdrawn by its file, it is a notice for as long as that is told, then nothing; without such a word it is gone at once. */
function withdrawn(entry: LedgerEntry, meta: Metadata | undefined, { now, note, retain }: Clock): Outcome {
  const end = later(entry.canceled ?? now, retain);
  note(end);
  const told = end > now ? meta : undefined;
  if (entry.absent === "canceled")
    return told === undefined ? { kind: "absent", reason: "canceled", entry } : { kind: "shown", state: "canceled", entry, meta: told };
  if (entry.absent !== undefined || told === undefined) return { kind: "gone", entry };
  return { kind: "gone", entry, meta: told };
}

/** Its file is there again. */
function found(entry: LedgerEntry): LedgerEntry {
  const { missing: _, ...rest } = entry;
  return rest;
}
