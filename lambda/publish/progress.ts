import type { Packed } from "../articles/packed.ts";
import type { TimeLeft } from "../channels/time-left.ts";
import type { Store } from "../stores/store.ts";
import { keepArticles, replace } from "./apply.ts";
import { type Lease, takeLease, underLease } from "./lease.ts";
import { type CatalogCache, type State, seal } from "./state.ts";
import { stateKeys } from "./state-keys.ts";

type Run = Lease & { readonly state: Store; readonly now: string; readonly left?: TimeLeft };

/** Of the time that is kept for ending well, how much may be taken for keeping articles, milliseconds. */
const grace = 10_000;

/**
 * Keeps what a run has read that has no time to go on: the next one does from there. A catalog that lacks sources is a
 * catalog all the same, since each record stands for itself. Where another run is writing it is left alone.
 */
export async function keepProgress(
  { state, now, left, holder, until }: Run,
  before: State,
  catalog: CatalogCache,
  articles: ReadonlyMap<string, Packed> = new Map(),
): Promise<void> {
  const taken = await takeLease(state, { holder, until }, now);
  if (taken.kind === "busy") return;
  await underLease(state, taken.version, async () => {
    await replace(state, stateKeys.catalog, seal("catalog", catalog), before.catalog);
    await keepArticles(state, articles, left === undefined ? undefined : () => left() + grace);
  });
}
