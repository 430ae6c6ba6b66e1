import type { Packed } from "../articles/packed.ts";
import type { SourceRecord } from "../channels/catalog/ledger/record.ts";
import type { Measured } from "../channels/media/media.ts";
import type { Desired } from "../channels/select/select.ts";
import { recordsShown, showingOf } from "../channels/select/shown.ts";
import type { CatalogCache } from "../state/catalog-cache.ts";
import { shardCount, shardOf } from "../state/shards.ts";
import { commitProgress, type State } from "../state/state.ts";
import type { Store } from "../stores/store.ts";
import { keepArticles } from "./apply.ts";
import type { Ports } from "./ports.ts";
import type { Parsers } from "./process/program.ts";
import type { TimeLeft } from "./process/time-left.ts";
import type { Intake } from "./read/intake.ts";
import type { Learned } from "./read/learn.ts";
import type { ReadProgress } from "./read/read-progress.ts";

/** How a run keeps what it has read while it goes on; undefined if it keeps it only when its time is over. */
export function progressOf(
  { state, progressAfter }: Pick<Ports, "state" | "progressAfter">,
  before: State,
  soFar: (records: readonly SourceRecord[]) => CatalogCache,
): ReadProgress | undefined {
  if (progressAfter === undefined) return undefined;
  const shards = before.catalog.root["facts"]?.length ?? 0;
  let last = before;
  return {
    after: progressAfter,
    shardOf: (key, expected) => shardOf(key, shardCount(expected, shards)),
    keep: async (records, expected) => {
      last = await commitProgress(state, last, soFar(records), expected);
    },
  };
}

type Run = { readonly state: Store; readonly left?: TimeLeft };

/** How much of the time reserved for an orderly end may go into keeping articles, in milliseconds. */
const grace = 10_000;

/**
 * Saves what a run has read before its time ran out; the next run continues from there. An incomplete catalog is still valid, since each
 * record is independent. It needs no lease: nobody can see it. If another run has written, its catalog stays.
 */
export async function keepProgress(
  { state, left }: Run,
  { before, kept }: { readonly before: State; readonly kept: () => Promise<ReadonlySet<string>> },
  catalog: CatalogCache,
  articles: ReadonlyMap<string, Packed> = new Map(),
): Promise<void> {
  await commitProgress(state, before, catalog);
  await keepArticles(state, kept, articles, left === undefined ? undefined : () => left() + grace);
}

/** What a run has read, in the form in which the next run loads it. */
export function cacheOf(
  { parsedBy, intake }: { readonly parsedBy: Parsers; readonly intake: Intake },
  desired: Desired,
  { measured, learned }: { readonly measured: Measured; readonly learned: Pick<Learned, "known"> },
): CatalogCache {
  const { entries, dropped } = desired;
  const silent = [...entries.filter((entry) => entry.state !== "live"), ...dropped];
  return {
    fingerprint: parsedBy.heads,
    bodies: parsedBy.bodies,
    records: recordsShown(intake.records, showingOf(desired), learned.known),
    known: Object.fromEntries(silent.map((entry) => [entry.id, entry.meta])),
    media: [...measured.media.values(), ...measured.unfit.values()],
    passedOver: notTaken(intake.passedOver),
  };
}

/** Without the index pages, which have records. */
function notTaken(passedOver: Intake["passedOver"]): Intake["passedOver"] {
  return Object.fromEntries(Object.entries(passedOver).filter(([ending]) => ending.startsWith(".")));
}
