import type { Packed } from "../articles/packed.ts";
import type { Catalog } from "../channels/catalog/catalog.ts";
import type { Measured } from "../channels/media/media.ts";
import { type CatalogCache, type State, saveCatalog } from "../state/state.ts";
import { keepArticles } from "./apply.ts";
import { underLease, type Writer } from "./process/lease.ts";
import type { TimeLeft } from "./process/time-left.ts";
import type { Intake } from "./read/intake.ts";

type Run = Writer & { readonly left?: TimeLeft };

/** Of the time that is kept for ending well, how much may be taken for keeping articles, milliseconds. */
const grace = 10_000;

/**
 * Keeps what a run has read that has no time to go on: the next one does from there. A catalog that lacks sources is a
 * catalog all the same, since each record stands for itself. Where another run is writing, or has written, its own is left alone.
 */
export async function keepProgress(
  run: Run,
  { before, kept }: { readonly before: State; readonly kept: () => Promise<ReadonlySet<string>> },
  catalog: CatalogCache,
  articles: ReadonlyMap<string, Packed> = new Map(),
): Promise<void> {
  const { left } = run;
  await underLease(run, async (guarded) => {
    const state = guarded(run.state);
    await saveCatalog(state, catalog, before.catalog);
    await keepArticles(state, kept, articles, left === undefined ? undefined : () => left() + grace);
  });
}

/** What a run has read, as the next one is to find it. */
export function cacheOf(
  { fingerprint, intake }: { readonly fingerprint: string; readonly intake: Intake },
  { entries, dropped }: Pick<Catalog, "entries" | "dropped">,
  measured: Measured,
): CatalogCache {
  const silent = [...entries.filter((entry) => entry.state !== "live"), ...dropped];
  return {
    fingerprint,
    records: intake.records,
    known: Object.fromEntries(silent.map((entry) => [entry.id, entry.meta])),
    media: [...measured.media.values(), ...measured.unfit.values()],
  };
}
