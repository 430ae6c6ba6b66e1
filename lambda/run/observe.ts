import type { Instant } from "../articles/model/article.ts";
import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { withoutReleased } from "../channels/catalog/withdrawn.ts";
import type { Site } from "../channels/site/site.ts";
import { withoutUnfinished } from "../plan/corrections/earlier.ts";
import { listKeptArticles, loadState, type State } from "../state/state.ts";
import { guardOwner, momentOf } from "../state/state-owner.ts";
import type { Listed } from "../stores/store.ts";
import type { Ports } from "./ports.ts";

/** State and both listings, before anything is read. `ledger`: checked to belong to this site. `now`: never before the last run's. */
export type Observed = {
  readonly before: State;
  readonly now: Instant;
  readonly sources: readonly Listed[];
  readonly files: readonly Listed[];
  readonly ledger: Ledger;
  /** The digests of all kept articles: listed once per run, when a stage first asks. */
  readonly kept: () => Promise<ReadonlySet<string>>;
};

/** @throws Fault if the state belongs to another site, or its last run is in the future. */
export async function observe(ports: Ports, site: Site, allow: readonly string[]): Promise<Observed> {
  const { content, target, state, places } = ports;
  const [before, sources, files] = await Promise.all([loadState(state), content.list(), target.list()]);
  const now = momentOf(before.ledger.value, ports.now, ports.elapsed());
  const promised = withoutReleased(withoutUnfinished(before.ledger.value, before.manifest.value), allow);
  const ledger = guardOwner(promised, { url: site.url, feedUrl: site.feedUrl, ...places }, allow);
  let kept: ReturnType<typeof listKeptArticles> | undefined;
  const listedOnce = () => {
    kept ??= listKeptArticles(state);
    return kept;
  };
  return { before, now, sources, files, ledger, kept: listedOnce };
}
