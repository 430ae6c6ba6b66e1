import type { Finding, Newsroom } from "../../articles/model/article.ts";
import { chooseSources, type PassedOver, tooLarge } from "../../articles/source.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import { recordsByKey, type SourceRecord } from "../../channels/catalog/ledger/record.ts";
import { Fault } from "../../fault.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Key, Listed, Store, Version } from "../../stores/store.ts";
import { isOver, type TimeLeft } from "../process/time-left.ts";
import { keptOnTheWay, type ReadProgress } from "./read-progress.ts";
import { type Parser, parseHere } from "./reading.ts";

export type Intake = {
  /** One per source, ordered by key. */
  readonly records: readonly SourceRecord[];
  /** By key: sources that this run has read, as many as memory allows, so that a body needs no second read. */
  readonly sources: ReadonlyMap<Key, Uint8Array>;
  /** The number of sources read. */
  readonly read: number;
  /** Files that look like an article but were not taken, counted by extension or reason. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** The same files, each with its name and the reason; ordered by key. */
  readonly notTaken: readonly PassedOver[];
};

type Input = {
  readonly content: Store;
  readonly listing: readonly Listed[];
  readonly newsroom: Newsroom;
  /** The fingerprint of all that decides how bodies are made. */
  readonly bodies: string;
  /** The records of earlier runs, valid while program and settings are the same. */
  readonly cached: readonly SourceRecord[];
  readonly ledger: Ledger;
  readonly tell: (read: number, of: number) => void;
  /** Default: this thread. */
  readonly parser?: Parser;
  readonly left?: TimeLeft;
  /** Keeps what was read, and the earlier records of the rest, if there is no time to go on. */
  readonly keepRead: (records: readonly SourceRecord[]) => Promise<void>;
  /** Keeps it on the way, too. Absent: only then. */
  readonly progress?: ReadProgress;
};

/**
 * Reads a complete listing into one record per source; skips sources whose version is in the cache.
 * @throws Fault if the time is over before everything is read; what was read is kept.
 */
export async function intake(input: Input): Promise<Intake> {
  const { listing, newsroom } = input;
  const { articles: chosen, passedOver, notTaken, soleInFolder } = chooseSources(listing, newsroom);
  const tooBig = chosen.map((listed) => tooLarge(listed, newsroom)).filter((problem) => problem !== undefined);
  const refused = new Set(tooBig.map((problem) => problem.key));
  const cached = recordsByKey(input.cached);
  const sources = new Map<Key, Uint8Array>();
  let held = 0;
  const hold = (key: Key, bytes: Uint8Array): void => {
    held += bytes.length;
    if (held <= mostHeld) sources.set(key, bytes);
  };
  const before = chosen.map(({ key }) => cached.get(key));
  const changed = chosen.filter(({ key, version }, at) => !refused.has(key) && !stillHolds(before[at], version, soleInFolder.has(key)));
  let known: ReadonlySet<Key> | undefined;
  const isKnown = (key: Key): boolean => {
    known ??= knownAmong(new Set(changed.map((one) => one.key)), input.ledger);
    return known.has(key);
  };
  let read = 0;
  const byKey = new Map(tooBig.map((problem) => [problem.key, quarantined(problem)]));
  const knownRecords = () => chosen.map(({ key }, at) => byKey.get(key) ?? before[at]).filter((record) => record !== undefined);
  const { inOrder, step, settled } = keptOnTheWay(changed, chosen.length, knownRecords, input.progress);
  await inParallel(inOrder, async (listed) => {
    if (isOver(input.left)) return;
    const record = await readSource(listed, soleInFolder.has(listed.key), { ...input, hold, isKnown });
    byKey.set(listed.key, asShownBefore(record, cached.get(listed.key)));
    read += 1;
    input.tell(read, changed.length);
    await step();
  }).finally(settled);
  const records = knownRecords();
  if (read < changed.length) {
    await input.keepRead(records);
    throw new Fault(
      `Time ran out after ${read} of ${changed.length} articles. Nothing was published. The articles that were read are kept, and the next run continues from there.`,
    );
  }
  const indexes = records.filter((record) => record.kind === "passed-over");
  return {
    records: records.sort(byCodeUnit),
    sources,
    read,
    passedOver: indexes.length === 0 ? passedOver : { ...passedOver, "index page": indexes.length },
    notTaken: [...notTaken, ...indexes.map(({ key, reason }) => ({ key, reason }))].sort(byCodeUnit),
  };
}

/** Those of the keys that the ledger knows. */
function knownAmong(keys: ReadonlySet<Key>, ledger: Ledger): ReadonlySet<Key> {
  const known = new Set<Key>();
  for (const entry of ledger.entries.values()) for (const key of entry.keys) if (keys.has(key)) known.add(key);
  return known;
}

/** The record, with what is known of the article since a document showed it, if the same body would be made. */
function asShownBefore(record: SourceRecord, before: SourceRecord | undefined): SourceRecord {
  if (record.kind !== "article" || before?.kind !== "article" || before.meta.digest !== record.meta.digest) return record;
  const { media, shown } = before.meta;
  return shown === undefined ? record : { ...record, meta: { ...record.meta, media, shown } };
}

/** How many bytes of sources are held in memory. */
const mostHeld = 8_000_000;

/** Whether the record of an earlier run is still true of a source. */
function stillHolds(record: SourceRecord | undefined, version: Version, sole: boolean): boolean {
  return record !== undefined && record.version === version && (record.sole ?? false) === sole;
}

type Reader = Input & { readonly hold: (key: Key, bytes: Uint8Array) => void; readonly isKnown: (key: Key) => boolean };

/** `sole`: its folder has no other article; `isKnown`: whether the ledger knows a key. */
async function readSource(
  listed: Listed,
  sole: boolean,
  { content, newsroom, bodies, hold, isKnown, parser = parseHere }: Reader,
): Promise<SourceRecord> {
  const { key } = listed;
  const found = await readable(key, content);
  if (found === "unreadable") return quarantined(unreadable(key));
  if (found === undefined && key.includes("\ufffd")) return quarantined(namedWrongly(key));
  if (found === undefined) {
    throw new Fault(
      `${content.address}/${key} was listed but does not exist: another program is changing the content. Nothing was published.`,
      { kind: "overtaken" },
    );
  }
  const reading = await parser.read({ key, bytes: found.bytes }, newsroom, { what: "head", hints: { soleInFolder: sole }, bodies });
  if (reading?.what !== "head") throw new Error("a head was asked for");
  const { record } = reading;
  if (record.kind === "article") hold(key, found.bytes);
  // Keeps the version that was read, if the listing showed the same; otherwise the source is read again next time.
  const version = listed.settled && found.version === listed.version ? listed.version : "";
  const isUndated = record.kind === "article" && record.meta.published === undefined;
  const known = isUndated && !isKnown(key) ? await dated({ ...record, version }, content) : { ...record, version };
  return sole ? { ...known, sole: true as const } : known;
}

/** An unreadable file does not stop the others; an unreadable folder or bucket stops the run. */
async function readable(key: Key, content: Store) {
  try {
    return await content.read(key);
  } catch (error) {
    if (error instanceof Fault && error.kind === "unreadable") return "unreadable";
    throw error;
  }
}

function unreadable(key: Key): Finding {
  const message = "The file cannot be read: this program has no permission, or the disk fails.";
  return { kind: "problem", code: "file-unreadable", key, message, hint: "Give the account that publishes permission to read it." };
}

function namedWrongly(key: Key): Finding {
  const message = "The name of the file is not UTF-8 (\ufffd marks each unreadable part), so no feed could name it.";
  return { kind: "problem", code: "name-not-utf8", key, message, hint: "Rename the file." };
}

/** An undated article that the ledger does not know may be older than this run: a versioned bucket knows its first version. */
async function dated(record: SourceRecord, content: Store): Promise<SourceRecord> {
  const oldest = (await content.history(record.key)).at(-1);
  return oldest?.versioned === true ? { ...record, oldest: oldest.modified } : record;
}

/**
 * The sources as the last run knew them, with only `keys` as they are now, for a run that publishes one change and nothing else.
 * If nothing is known about them (another program or other settings read them last), all are taken as they are now.
 */
export function asLastRead(listing: readonly Listed[], cached: readonly SourceRecord[], keys: readonly Key[]): readonly Listed[] {
  if (cached.length === 0) return listing;
  const anew = new Set(keys);
  // Their sizes were checked when they were read.
  const before = cached.filter(({ key }) => !anew.has(key)).map(({ key, version }) => ({ key, version, size: 0, settled: true }));
  return [...before, ...listing.filter(({ key }) => anew.has(key))].sort(byCodeUnit);
}

function quarantined(problem: Finding): SourceRecord {
  return { kind: "quarantined", key: problem.key, version: "", findings: [problem] };
}

export function byCodeUnit(a: Pick<SourceRecord, "key">, b: Pick<SourceRecord, "key">): number {
  return a.key < b.key ? -1 : 1;
}
