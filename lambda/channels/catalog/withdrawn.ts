import type { Instant } from "../../articles/model/article.ts";
import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import { nearest } from "../../articles/model/nearest.ts";
import type { Ledger, LedgerEntry } from "./ledger/ledger.ts";
import type { Metadata } from "./ledger/record.ts";

/** The article after a withdrawal from outside its file: what the file says no longer counts. */
export function asWithdrawn(meta: Metadata, entry: LedgerEntry | undefined): Metadata {
  return entry?.withdrawn === undefined || meta.canceled !== undefined ? meta : { ...meta, canceled: entry.withdrawn };
}

/**
 * The ledger with an article withdrawn whatever its file says, even if the file is broken, a draft or gone. A repeated command
 * counts as new only with another reason: readers are not told twice because a command was interrupted.
 */
export function withdrawnIn(ledger: Ledger, id: string, reason: string | undefined, now: Instant): Ledger {
  const entry = ledger.entries.get(id);
  if (entry === undefined) return ledger;
  const before = entry.withdrawn?.reason;
  const known = entry.absent === "canceled" && (reason === undefined || reason === before);
  const withdrawn: LedgerEntry = {
    ...entry,
    absent: "canceled",
    canceled: entry.canceled ?? now,
    updated: known || entry.updated > now ? entry.updated : now,
    withdrawn: omitUndefined({ reason: reason ?? before }),
  };
  return { ...ledger, entries: new Map([...ledger.entries, [id, withdrawn]]) };
}

/**
 * The name that takes back a withdrawal recorded only in the ledger: `ID@HASH`, as for all holds. Undefined if there is nothing
 * to take back.
 */
export function withdrawalRelease({ id, canceled, withdrawn }: LedgerEntry): string | undefined {
  if (withdrawn === undefined) return undefined;
  return `${id}@${hashOfValue([id, "withdrawn", canceled, withdrawn.reason], 8)}`;
}

/** The ledger without the released withdrawals: the files decide again. */
export function withoutReleased(ledger: Ledger, allow: readonly string[]): Ledger {
  const released = allow.flatMap((name) => {
    const entry = ledger.entries.get(name.slice(0, name.lastIndexOf("@")));
    return entry !== undefined && withdrawalRelease(entry) === name ? [entry] : [];
  });
  if (released.length === 0) return ledger;
  const entries = released.map(({ withdrawn: _, ...entry }) => [entry.id, entry] as const);
  return { ...ledger, entries: new Map([...ledger.entries, ...entries]) };
}

/** Finds an article by its id, as written in the article or in Atom and JSON Feed, or by the path of its file. */
export function findEntry({ entries }: Ledger, written: string): LedgerEntry | undefined {
  const own = entries.get(written);
  if (own !== undefined) return own;
  const named = [...entries.values()].filter(({ uri, keys }) => uri === written || keys.at(-1) === written);
  // If one article left a place and another has it now, the place belongs to the other.
  return named.find(({ missing }) => missing === undefined) ?? named[0];
}

/** Names of articles similar to the input: a near one, and those that contain it. At most five. */
export function entriesLike({ entries }: Ledger, written: string): readonly string[] {
  const all = [...entries.values()];
  const near = nearest(written, [...all.map(({ id }) => id), ...all.map(({ keys }) => keys.at(-1) ?? "")]);
  const part = written.toLowerCase();
  const within = all.filter(({ id, keys }) => [id, keys.at(-1) ?? ""].some((name) => name.toLowerCase().includes(part)));
  return [...new Set([...(near === undefined ? [] : [near]), ...within.map(({ id }) => id).sort()])].slice(0, 5);
}
