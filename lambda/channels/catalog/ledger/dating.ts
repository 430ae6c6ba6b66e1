import { dayOf, instantOfDay } from "../../../articles/dates/zone.ts";
import type { Instant, WrittenDate } from "../../../articles/model/article.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { Metadata } from "./record.ts";

/** Two changes within this time (milliseconds) count as one: a typing error corrected at once is not news. */
const oneChange = 60_000;

/** When a written date takes effect: a day begins at midnight in its zone. */
export function due(date: WrittenDate): Instant {
  return date.kind === "instant" ? date.at : instantOfDay(date.day, date.zone, "start");
}

/**
 * The publication date of an article that is due: as written; for a bare day, the first sight if it falls on that day, otherwise
 * noon; without any date, the first sight.
 */
export function publishedOf(written: WrittenDate | undefined, firstSeen: Instant): Instant {
  if (written === undefined) return firstSeen;
  if (written.kind === "instant") return written.at;
  return dayOf(firstSeen, written.zone) === written.day ? firstSeen : instantOfDay(written.day, written.zone, "noon");
}

/** `updated` and `changed` of an article as it is now. `updated` never goes back and is never before `published`. `source`: hash of its bytes. */
export function updatedOf(
  meta: Metadata,
  entry: LedgerEntry | undefined,
  published: Instant,
  now: Instant,
  source?: string,
): Pick<LedgerEntry, "updated" | "changed"> {
  // The same bytes under another hash are no edit: another program hashes otherwise, and its way is adopted.
  const edited = entry !== undefined && entry.content !== meta.content && entry.source !== source;
  const anew = edited && Date.parse(now) - Date.parse(entry.changed) >= oneChange;
  const changed = edited ? (anew ? now : entry.changed) : (entry?.changed ?? now);
  const written = writtenUpdate(meta, changed);
  // A date in the future does not count yet; until then, the change itself gives the date.
  const stated = written !== undefined && written <= now ? written : undefined;
  const seen = anew ? now : undefined;
  return { changed, updated: latest(published, entry?.updated, stated ?? seen) };
}

/**
 * The instant of `updated` as written. A bare day follows the same rule as for publication, with the first sight of the present
 * content.
 */
export function writtenUpdate(meta: Pick<Metadata, "updated">, changed: Instant): Instant | undefined {
  return meta.updated === undefined ? undefined : publishedOf(meta.updated, changed);
}

/** The instant this many milliseconds later. */
export function later(from: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(from) + milliseconds).toISOString();
}

/** The latest of the defined instants. */
export function latest(first: Instant, ...more: readonly (Instant | undefined)[]): Instant {
  return more.reduce<Instant>((best, next) => (next !== undefined && next > best ? next : best), first);
}
