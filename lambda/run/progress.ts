import type { Packed } from "../articles/packed.ts";
import type { Measured } from "../channels/media/media.ts";
import type { Desired } from "../channels/select/select.ts";
import { recordsShown, showingOf } from "../channels/select/shown.ts";
import type { CatalogCache } from "../state/catalog-cache.ts";
import { commitProgress, type State } from "../state/state.ts";
import type { Store } from "../stores/store.ts";
import { keepArticles } from "./apply.ts";
import type { Parsers } from "./process/program.ts";
import type { TimeLeft } from "./process/time-left.ts";
import type { Intake } from "./read/intake.ts";
import type { Learned } from "./read/learn.ts";

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
