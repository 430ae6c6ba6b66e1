import type { Instant } from "../articles/model/article.ts";
import type { SiteName } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";
import type { Key } from "../stores/store.ts";
import type { Shards } from "./shards.ts";

/** The format of the head and of every object that it names. */
export const format = 1;

/** The objects of one part of state: by table, the hash of each shard. */
export type Root = Readonly<Record<string, Shards>>;

export type PartName = "ledger" | "catalog" | "manifest";

/**
 * What a run found that had nothing to do: a run that finds the same ends at once, with this report. It is absent while a run is at work,
 * and after a run that was cut.
 */
export type Rest = {
  /** A digest of the listing of each store. */
  readonly content: string;
  readonly target: string;
  /** Where the next listing of each may be divided, if it is large. */
  readonly points?: { readonly content: readonly Key[]; readonly target: readonly Key[] };
  /** What is known of the ranges between the points (lambda/run/glance/ranges.ts), if the store lists in pages. */
  readonly ranges?: { readonly content: readonly string[]; readonly target: readonly string[] };
  /** Fingerprints of the settings and of the program. */
  readonly settings: string;
  readonly program: string;
  /** The next moment at which something changes although no file does, and the first at which an announcement is due. */
  readonly next?: Instant;
  readonly due?: Instant;
  /** The report of a run that finds nothing to do. */
  readonly report: unknown;
};

/** The one mutable value of state. It is written with a condition on the version that was read. */
export type StateHead = {
  readonly format: number;
  /** The site for which the ledger made promises. */
  readonly site?: SiteName;
  /** The start of the last run that changed the ledger. */
  readonly now?: Instant;
  readonly roots: Readonly<Partial<Record<PartName, Root>>>;
  /** The last sweep of objects that no head names. */
  readonly swept?: Instant;
  readonly rest?: Rest;
  /** Kept for a program that writes a change log: the number of its last change. */
  readonly change?: number;
};

export const emptyHead: StateHead = { format, roots: {} };

export function encodedHead(head: StateHead): Uint8Array {
  return Buffer.from(`${JSON.stringify({ ...head, format }, undefined, 1)}\n`);
}

/**
 * The head; undefined if the bytes are damaged.
 * @throws Fault if a newer program wrote it.
 */
export function headIn(bytes: Uint8Array, where: string): StateHead | undefined {
  const found = parsed(bytes);
  if (typeof found?.format !== "number" || typeof found.roots !== "object" || found.roots === null) return undefined;
  if (found.format <= format) return found as StateHead;
  throw new Fault(
    `${where} was written by a newer program (format ${found.format}; this one reads up to ${format}). Use the newer program, or put back ` +
      `a version of ${where} from before the update. Nothing was changed.`,
  );
}

function parsed(bytes: Uint8Array): Partial<StateHead> | undefined {
  try {
    return (JSON.parse(Buffer.from(bytes).toString("utf8")) as Partial<StateHead> | null) ?? undefined;
  } catch {
    return undefined;
  }
}
