import type { Finding, Newsroom } from "../articles/article.ts";
import type { Packed } from "../articles/packed.ts";
import { chooseSources, type PassedOver, tooLarge } from "../articles/source.ts";
import { Fault } from "../fault.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Listed, Store, Version } from "../stores/store.ts";
import type { Ledger } from "./ledger.ts";
import { type Parser, parseHere } from "./reading.ts";
import type { SourceRecord } from "./record.ts";
import { isOver, type TimeLeft } from "./time-left.ts";

export type Intake = {
  /** One a source, ordered by key. */
  readonly records: readonly SourceRecord[];
  /** By digest: every article that was parsed in this run, with its body. */
  readonly articles: ReadonlyMap<string, Packed>;
  /** How many sources were read. */
  readonly read: number;
  /** What looks like an article and was not taken, by ending or reason. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** The same, each by its name and with the reason; ordered by key. */
  readonly notTaken: readonly PassedOver[];
};

type Input = {
  readonly content: Store;
  readonly listing: readonly Listed[];
  readonly newsroom: Newsroom;
  /** What earlier runs made of the sources, as long as program and settings are the same. */
  readonly cached: readonly SourceRecord[];
  readonly ledger: Ledger;
  readonly tell: (read: number, of: number) => void;
  /** Default: this thread. */
  readonly parser?: Parser;
  readonly left?: TimeLeft;
  /** Keeps what was read, and what earlier runs made of the rest, where there is no time to go on. */
  readonly keepRead: (records: readonly SourceRecord[]) => Promise<void>;
};

/**
 * A complete listing -> what is known of each source. Reads only sources whose version is not the one in the cache.
 * @throws Fault where the time is over before all is read; what was read is kept.
 */
export async function intake(input: Input): Promise<Intake> {
  const { listing, newsroom } = input;
  const { articles: chosen, passedOver, notTaken, soleInFolder } = chooseSources(listing, newsroom);
  const tooBig = chosen.map((listed) => tooLarge(listed, newsroom)).filter((problem) => problem !== undefined);
  const refused = new Set(tooBig.map((problem) => problem.key));
  const cached = new Map(input.cached.map((record) => [record.key, record]));
  const articles = new Map<string, Packed>();
  const known = new Set(Object.values(input.ledger.entries).flatMap(({ keys }) => keys));
  const changed = chosen.filter(({ key, version }) => !refused.has(key) && !stillHolds(cached.get(key), version, soleInFolder.has(key)));
  let read = 0;
  const fresh = await inParallel(changed, async (listed) => {
    if (isOver(input.left)) return undefined;
    const { article, record } = await readSource(listed, { sole: soleInFolder.has(listed.key), published: known.has(listed.key) }, input);
    if (article !== undefined && record.kind === "article") articles.set(record.meta.digest, article);
    read += 1;
    input.tell(read, changed.length);
    return record;
  }).finally(() => input.parser?.rest());
  const byKey = new Map(
    [...fresh.filter((record) => record !== undefined), ...tooBig.map(quarantined)].map((record) => [record.key, record]),
  );
  const records = chosen.map(({ key }) => byKey.get(key) ?? cached.get(key)).filter((record) => record !== undefined);
  if (read < changed.length) {
    await input.keepRead(records);
    throw new Fault(
      `The time was over when ${read} of ${changed.length} articles had been read. Nothing was published; what was read is kept, and the next run goes on from there.`,
    );
  }
  const indexes = records.filter((record) => record.kind === "passed-over");
  return {
    records: records.sort(byCodeUnit),
    articles,
    read,
    passedOver: indexes.length === 0 ? passedOver : { ...passedOver, "index page": indexes.length },
    notTaken: [...notTaken, ...indexes.map(({ key, reason }) => ({ key, reason }))].sort(byCodeUnit),
  };
}

/** Whether a record of an earlier run tells what a source is now. */
function stillHolds(record: SourceRecord | undefined, version: Version, sole: boolean): boolean {
  return record !== undefined && record.version === version && (record.sole ?? false) === sole;
}

/** `sole`: its folder has no other article; `published`: the ledger knows its key. */
type Standing = { readonly sole: boolean; readonly published: boolean };

async function readSource(listed: Listed, { sole, published }: Standing, { content, newsroom, parser = parseHere }: Input) {
  const { key } = listed;
  const found = await readable(key, content);
  if (found === "unreadable") return { article: undefined, record: quarantined(unreadable(key)) };
  if (found === undefined && key.includes("\ufffd")) return { article: undefined, record: quarantined(namedWrongly(key)) };
  if (found === undefined) {
    throw new Fault(`${content.address}/${key} was listed and is not there: somebody is writing.`, { kind: "overtaken" });
  }
  const { record, article } = await parser.read({ key, bytes: found.bytes }, newsroom, { soleInFolder: sole });
  // The version is the one that was read, and only where the listing showed the same: else the source is read again next time.
  const version = listed.settled && found.version === listed.version ? listed.version : "";
  const known = published ? { ...record, version } : await dated({ ...record, version }, content);
  return { article, record: sole ? { ...known, sole: true as const } : known };
}

/** One file that nobody may read stops no other; a folder or a bucket that nobody may read stops the run. */
async function readable(key: Key, content: Store) {
  try {
    return await content.read(key);
  } catch (error) {
    if (error instanceof Fault && error.kind === "unreadable") return "unreadable";
    throw error;
  }
}

function unreadable(key: Key): Finding {
  const message = "The file cannot be read: this program may not, or the disk does not give it.";
  return { kind: "problem", code: "file-unreadable", key, message, hint: "Give whoever publishes the right to read it." };
}

function namedWrongly(key: Key): Finding {
  const message = "The name of the file is not UTF-8 (\ufffd stands for what cannot be read of it), so no feed could name it.";
  return { kind: "problem", code: "name-not-utf8", key, message, hint: "Rename the file." };
}

/** An undated article that the ledger does not know may be older than this run: a versioned bucket knows its first version. */
async function dated(record: SourceRecord, content: Store): Promise<SourceRecord> {
  if (record.kind !== "article" || record.meta.published !== undefined) return record;
  const oldest = (await content.history(record.key)).at(-1);
  return oldest?.versioned === true ? { ...record, oldest: oldest.modified } : record;
}

/**
 * The sources as the last run knew them, and as they are now only under `keys`: for a run that is to publish one change and nothing else.
 * Where nothing is known of them (another program or other settings read them last), they are taken as they are.
 */
export function asLastRead(listing: readonly Listed[], cached: readonly SourceRecord[], keys: readonly Key[]): readonly Listed[] {
  if (cached.length === 0) return listing;
  const anew = new Set(keys);
  // Their sizes have been judged when they were read.
  const before = cached.filter(({ key }) => !anew.has(key)).map(({ key, version }) => ({ key, version, size: 0, settled: true }));
  return [...before, ...listing.filter(({ key }) => anew.has(key))].sort(byCodeUnit);
}

function quarantined(problem: Finding): SourceRecord {
  return { kind: "quarantined", key: problem.key, version: "", findings: [problem] };
}

function byCodeUnit(a: Pick<SourceRecord, "key">, b: Pick<SourceRecord, "key">): number {
  return a.key < b.key ? -1 : 1;
}
