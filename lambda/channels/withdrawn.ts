import { createHash } from "node:crypto";
import type { Instant } from "../articles/article.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import { nearest } from "./nearest.ts";
import type { Metadata } from "./record.ts";
import { present } from "./site.ts";

/** The article as somebody has withdrawn it from outside its file: what the file says of itself no longer counts. */
export function asWithdrawn(meta: Metadata, entry: LedgerEntry | undefined): Metadata {
  return entry?.withdrawn === undefined || meta.canceled !== undefined ? meta : { ...meta, canceled: entry.withdrawn };
}

/**
 * The ledger in which an article is withdrawn whatever its file says, also where the file is broken, a draft or gone. Asked for again,
 * it is told anew only with another reason: nobody is told twice because a command was cut.
 */
export function withdrawnIn(ledger: Ledger, id: string, reason: string | undefined, now: Instant): Ledger {
  const entry = Object.hasOwn(ledger.entries, id) ? ledger.entries[id] : undefined;
  if (entry === undefined) return ledger;
  const before = entry.withdrawn?.reason;
  const known = entry.absent === "canceled" && (reason === undefined || reason === before);
  const withdrawn: LedgerEntry = {
    ...entry,
    absent: "canceled",
    canceled: entry.canceled ?? now,
    updated: known || entry.updated > now ? entry.updated : now,
    withdrawn: present({ reason: reason ?? before }),
  };
  return { ...ledger, entries: { ...ledger.entries, [id]: withdrawn } };
}

/** What takes back a withdrawal that stands in the ledger alone: `ID@HASH`, as with all that is held. Undefined where nothing is to be taken back. */
export function releaseOf({ id, canceled, withdrawn }: LedgerEntry): string | undefined {
  if (withdrawn === undefined) return undefined;
  const hash = createHash("sha256").update(JSON.stringify([id, "withdrawn", canceled, withdrawn.reason]));
  return `${id}@${hash.digest("hex").slice(0, 8)}`;
}

/** The ledger without the withdrawals that somebody takes back: what the files say counts again. */
export function withoutReleased(ledger: Ledger, allow: readonly string[]): Ledger {
  const released = allow.flatMap((name) => {
    const entry = ledger.entries[name.slice(0, name.lastIndexOf("@"))];
    return entry !== undefined && releaseOf(entry) === name ? [entry] : [];
  });
  if (released.length === 0) return ledger;
  const entries = released.map(({ withdrawn: _, ...entry }) => [entry.id, entry] as const);
  return { ...ledger, entries: { ...ledger.entries, ...Object.fromEntries(entries) } };
}

/** What somebody may write for an article: its id, as the article or as Atom and JSON Feed have it, or the path of its file. */
export function findEntry({ entries }: Ledger, written: string): LedgerEntry | undefined {
  if (Object.hasOwn(entries, written)) return entries[written];
  const named = Object.values(entries).filter(({ uri, keys }) => uri === written || keys.at(-1) === written);
  // Where one has left a place and another has it now, the place is that one's.
  return named.find(({ missing }) => missing === undefined) ?? named[0];
}

/** Names of articles that are like what was written: one that is near, else those that have it within them. At most five. */
export function entriesLike({ entries }: Ledger, written: string): readonly string[] {
  const all = Object.values(entries);
  const near = nearest(written, [...all.map(({ id }) => id), ...all.map(({ keys }) => keys.at(-1) ?? "")]);
  const part = written.toLowerCase();
  const within = all.filter(({ id, keys }) => [id, keys.at(-1) ?? ""].some((name) => name.toLowerCase().includes(part)));
  return [...new Set([...(near === undefined ? [] : [near]), ...within.map(({ id }) => id).sort()])].slice(0, 5);
}
