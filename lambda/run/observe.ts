import type { Instant } from "../articles/model/article.ts";
import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { withoutReleased } from "../channels/catalog/withdrawn.ts";
import type { Site } from "../channels/site/site.ts";
import { withoutUnfinished } from "../plan/corrections/earlier.ts";
import { listKeptArticles, loadState, type State } from "../state/state.ts";
import { guardOwner, momentOf } from "../state/state-owner.ts";
import type { Listed } from "../stores/store.ts";
import type { Ports } from "./ports.ts";
import { parsedBy, parsersOf } from "./process/program.ts";
import type { Look } from "./unchanged.ts";

/** State and both listings, before anything is read. `ledger`: checked to belong to this site. `now`: never before the last run's. */
export type Observed = {
  readonly before: State;
  readonly now: Instant;
  readonly sources: readonly Listed[];
  /** `sources` is no listing but what the last run knew, with the keys that notices name as they are now. */
  readonly fromNamed: boolean;
  readonly files: readonly Listed[];
  readonly ledger: Ledger;
  /** The digests of all kept articles: listed once per run, when a stage first asks. */
  readonly kept: () => Promise<ReadonlySet<string>>;
};

/** @throws Fault if the state belongs to another site, or its last run is in the future. */
export async function observe(ports: Ports, site: Site, allow: readonly string[], seen?: Look): Promise<Observed> {
  const { target, state, places } = ports;
  const loading = loadState(state, seen?.head);
  const [before, { sources, fromNamed }, files] = await Promise.all([
    loading,
    seen === undefined ? sourcesOf(ports, loading, site) : seen.sources.listing().then((sources) => ({ sources, fromNamed: false })),
    seen?.files.listing() ?? target.list(),
  ]);
  const now = momentOf(before.ledger.value, ports.now, ports.elapsed());
  const promised = withoutReleased(withoutUnfinished(before.ledger.value, before.manifest.value), allow);
  const ledger = guardOwner(promised, { url: site.url, feedUrl: site.feedUrl, ...places }, allow);
  let kept: ReturnType<typeof listKeptArticles> | undefined;
  const listedOnce = () => {
    kept ??= listKeptArticles(state);
    return kept;
  };
  return { before, now, sources, fromNamed, files, ledger, kept: listedOnce };
}

async function sourcesOf(ports: Ports, loading: Promise<State>, site: Site): Promise<Pick<Observed, "sources" | "fromNamed">> {
  const { content, named } = ports;
  const { catalog, ledger } = named === undefined ? {} : await loading;
  const found =
    named === undefined || catalog === undefined || ledger?.value.site === undefined
      ? undefined
      : await (await import("./read/named.ts")).listingFromNamed(
          named,
          content,
          catalog.value,
          parsedBy(site, parsersOf(ports)).heads,
          site,
        );
  return found === undefined ? { sources: await content.list(), fromNamed: false } : { sources: found, fromNamed: true };
}
