import type { MediaReference } from "../../articles/links/media-mark.ts";
import type { Finding, Instant } from "../../articles/model/article.ts";
import type { Key, Listed } from "../../stores/store.ts";
import { type Catalog, catalogue } from "../catalog/catalog.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import type { Ledger } from "../catalog/ledger/ledger.ts";
import type { Metadata, SourceRecord } from "../catalog/ledger/record.ts";
import { type Refused, refusals } from "../catalog/refused.ts";
import type { Site } from "../site/site.ts";
import { channelsOf, stillMade } from "./channel.ts";
import { type Selection, selectionOf } from "./documents.ts";
import { pagePlacementOf, withoutDeadLinks } from "./page-placement.ts";
import type { OccupiedKeys, PlacedPage } from "./pages.ts";
import { previousFeedOf } from "./previous-feed.ts";
import { retainedRules } from "./retained-rules.ts";
import { siteReferences } from "./site-images.ts";
import type { ShownEntry } from "./window.ts";

/** All that select is decided from. */
export type Heads = {
  readonly now: Instant;
  readonly ledger: Ledger;
  /** One a source, without what is refused. */
  readonly records: readonly SourceRecord[];
  /** What the gate would not let into any feed. */
  readonly refused: Refused;
  /** Articles as last published, by id, of those whose file no longer says. */
  readonly known: ReadonlyMap<string, Metadata>;
  /** Digests of the articles that are kept whole; empty where nothing hangs on it. */
  readonly keptDigests: ReadonlySet<string>;
  /** The files of the content. */
  readonly listing: readonly Listed[];
  /** Keys of the sources that the last run knew. */
  readonly seen: Pick<ReadonlySet<Key>, "has">;
  /** By a channel's path: ids of its articles as last published, and when it was last updated. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly updated: Readonly<Record<string, Instant>>;
  /** What stands in the target where pages may go. */
  readonly occupied: OccupiedKeys;
};

/** What should be live: channels with their documents, articles' pages, and the files that these show. */
export type Desired = {
  readonly catalog: Catalog;
  /** The catalog's entries; those of which no body can be shown say so. */
  readonly entries: readonly CatalogEntry[];
  /** What has left every feed, as far as readers can have seen it. */
  readonly dropped: readonly CatalogEntry[];
  readonly selections: readonly Selection[];
  /** The same as published: an entry without a page leads nowhere. */
  readonly published: readonly Selection[];
  readonly pages: readonly PlacedPage[];
  /** What files of partners show, an article each. */
  readonly shared: readonly ShownEntry[];
  /** Ids of articles whose address is taken by something else. */
  readonly homeless: ReadonlySet<string>;
  /** What there is to say of channels, and of pages. */
  readonly notices: { readonly channels: readonly Finding[]; readonly pages: readonly Finding[] };
  /** The pictures of the site itself. */
  readonly ofSite: readonly MediaReference[];
  /** What the ledger is to remember of the channels. */
  readonly values: Ledger["values"];
  readonly rules: Ledger["rules"];
};

/** What was read, and what is remembered -> what should be live. Knows no format, and reads no body. */
export function select(heads: Heads, site: Site): Desired {
  const { now, ledger, members, updated } = heads;
  const catalog = catalogOf(heads, site);
  const { entries, dropped } = withBodies(catalog, heads.keptDigests);
  const retained = retainedRules(site.channels, ledger, now);
  const { channels, values, notices } = channelsOf(site, retained.rules, [...entries, ...dropped], catalog.ledger);
  const selections = stillMade(channels, site.moves).map((channel) =>
    selectionOf(channel, previousFeedOf(channel, ledger, { members: members[channel.path], updated: updated[channel.path] }, now)),
  );
  const placing = pagePlacementOf(selections, entries, site, heads.occupied);
  const { selections: published, pages } = withoutDeadLinks(placing, selections, entries);
  const ofSite = siteReferences(site, channels);
  return {
    catalog,
    entries,
    dropped,
    selections,
    published,
    pages,
    shared: [],
    homeless: placing.homeless,
    notices: { channels: notices, pages: placing.notices },
    ofSite,
    values,
    rules: retained.remembered,
  };
}

function catalogOf({ now, ledger, records, known, refused, seen }: Heads, site: Site): Catalog {
  const catalog = catalogue({ site, now, ledger, records, known, further: refusals(refused), seen });
  const out = [...refused].flatMap(([id, refusal]) => (refusal.out ? [[id, "refused"] as const] : []));
  return { ...catalog, absent: new Map([...catalog.absent, ...out]) };
}

/**
 * An article whose file no longer says keeps its body only if it was kept; where it was not (no document showed it), its summary
 * serves, and nobody has to be told of its end.
 */
function withBodies({ entries, dropped }: Catalog, kept: ReadonlySet<string>): Pick<Desired, "entries" | "dropped"> {
  const silent = (entry: CatalogEntry) => entry.state === "kept" || entry.state === "missing";
  const isKept = (entry: CatalogEntry) => kept.has(entry.meta.digest);
  return {
    entries: entries.map((entry) => (silent(entry) && !isKept(entry) ? { ...entry, bodiless: true } : entry)),
    dropped: dropped.filter(isKept),
  };
}
