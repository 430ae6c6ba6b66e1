import type { Instant } from "../articles/article.ts";
import { uriOf } from "../articles/identity.ts";
import { due, publishedOf, updatedOf, writtenUpdate } from "./dating.ts";
import type { Absence, LedgerEntry } from "./ledger.ts";
import type { Metadata } from "./record.ts";

/** What becomes of one article in this run. "gone": no reason that its file names; the guard counts it. */
export type Outcome =
  | { readonly kind: "shown"; readonly state: "live" | "kept" | "missing"; readonly entry: LedgerEntry; readonly meta: Metadata }
  | { readonly kind: "absent"; readonly reason: Absence; readonly entry?: LedgerEntry }
  | { readonly kind: "gone"; readonly entry: LedgerEntry };

/** The clock of the run, and where moments are noted at which time alone changes something. */
export type Clock = { readonly now: Instant; readonly note: (moment: Instant) => void };

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
  if (reason === undefined) return { kind: "shown", state: "live", meta, entry: remember(known, clock) };
  // What was never published is not remembered: its dates are still its own.
  if (entry === undefined) return { kind: "absent", reason };
  const remembered = { ...remember(known, clock), absent: reason };
  return { kind: "absent", reason, entry: reason === "canceled" ? { ...remembered, canceled: entry.canceled ?? clock.now } : remembered };
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
    uri: entry?.uri ?? uriOf(id),
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
}

/** Of a published article whose file is a draft now. */
export function ofDraft(entry: LedgerEntry): Outcome {
  return { kind: "absent", reason: "draft", entry: { ...present(entry), absent: "draft" } };
}

/** Of a published article whose file is broken: as it was, also where that is out. */
export function ofBroken(entry: LedgerEntry, meta: Metadata | undefined, clock: Clock): Outcome {
  return asItWas("kept", present(entry), meta, clock);
}

/**
 * Of a published article that a complete listing has no file of: it stays for the grace (milliseconds), then counts as canceled
 * since the end of the grace.
 */
export function ofMissing(entry: LedgerEntry, meta: Metadata | undefined, grace: number, clock: Clock): Outcome {
  const missing = entry.missing ?? clock.now;
  const end = new Date(Date.parse(missing) + grace).toISOString();
  clock.note(end);
  if (end > clock.now) return asItWas("missing", { ...entry, missing }, meta, clock);
  return { kind: "gone", entry: { ...entry, missing, canceled: entry.canceled ?? end } };
}

/** Of an article whose file names another id now: readers take it for another article, so this one is over at once. */
export function ofRenamed(entry: LedgerEntry, now: Instant): Outcome {
  return { kind: "gone", entry: { ...entry, missing: entry.missing ?? now, canceled: entry.canceled ?? now } };
}

function asItWas(state: "kept" | "missing", entry: LedgerEntry, meta: Metadata | undefined, { now, note }: Clock): Outcome {
  if (entry.absent !== undefined) return { kind: "absent", reason: entry.absent, entry };
  if (meta === undefined || entry.canceled !== undefined) return { kind: "gone", entry };
  const end = meta.expires === undefined ? undefined : due(meta.expires);
  if (end !== undefined) note(end);
  return end !== undefined && end <= now ? { kind: "absent", reason: "expired", entry } : { kind: "shown", state, meta, entry };
}

/** Its file is there again. */
function present(entry: LedgerEntry): LedgerEntry {
  const { missing: _, ...rest } = entry;
  return rest;
}
