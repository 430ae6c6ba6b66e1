import type { Finding, Instant } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import { type Catalog, catalogue } from "../channels/catalog/catalog.ts";
import type { CatalogEntry } from "../channels/catalog/catalog-entry.ts";
import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { metadataOf } from "../channels/catalog/ledger/record.ts";
import { type Refused, refusals, soundly } from "../channels/catalog/refused.ts";
import { withdrawnIn, withoutReleased } from "../channels/catalog/withdrawn.ts";
import { type Measured, measureMedia, missingMedia, referencesIn } from "../channels/media/media.ts";
import { channelsOf } from "../channels/select/channel.ts";
import { beforeOf } from "../channels/select/previous-feed.ts";
import { standingRules } from "../channels/select/retained-rules.ts";
import { type Selection, select } from "../channels/select/select.ts";
import { siteReferences } from "../channels/select/site-images.ts";
import type { Site } from "../channels/site/site.ts";
import { placesOf } from "../feeds/documents/document.ts";
import { stillMade } from "../feeds/documents/still-made.ts";
import { copiesOf } from "../plan/copies.ts";
import { withoutUnfinished } from "../plan/corrections/earlier.ts";
import { type Edition, editionOf } from "../plan/desired/desired-state.ts";
import { groundOf } from "../plan/desired/placing.ts";
import { statusFile, withStatus } from "../plan/desired/status-file.ts";
import { asStillShown } from "../plan/desired/still-shown.ts";
import { edgeFile, withEdgeTable } from "../plan/edge/edge-plan.ts";
import { baselineOf, staleKeys, type Target } from "../plan/manifest/target.ts";
import { audienceOf, withOutbox } from "../plan/outbox.ts";
import { makePlan } from "../plan/plan.ts";
import { loadState, type State } from "../state/state.ts";
import { guardPromises, momentOf } from "../state/state-owner.ts";
import type { Key, Listed } from "../stores/store.ts";
import type { Changes } from "./apply.ts";
import { ledgerFor, untold } from "./lost-ledger.ts";
import { type Made as MadeFiles, renderInTime } from "./make.ts";
import type { Ports } from "./ports.ts";
import { cacheOf, keepProgress } from "./progress.ts";
import { keeping, type Loaded, readKept, withBodies } from "./read/bodies.ts";
import { asLastRead, type Intake, intake } from "./read/intake.ts";
import { parsedBy } from "./read/reading.ts";
import { survey } from "./refresh.ts";

/** An article to be withdrawn and nothing else to be published; `inLedger`: its file does not say so. */
export type Withdrawal = { readonly id: string; readonly keys: readonly Key[]; readonly inLedger: boolean; readonly reason?: string };

/** What a run would do, and all that it was worked out from. */
export type Prepared = {
  readonly before: State;
  readonly intake: Intake;
  readonly catalog: Catalog;
  /** Of files that articles show and that are nowhere. */
  readonly notices: readonly Finding[];
  /** What site.yaml asks of the edge and cannot be yet. */
  readonly remarks: readonly string[];
  readonly selections: readonly Selection[];
  /** The target as it was listed, and looked at. */
  readonly live: Target;
  readonly changes: Changes;
};

/** State and both listings, before anything is read. `ledger`: held against whose it is; `now`: never before the last run's. */
type Start = {
  readonly before: State;
  readonly now: Instant;
  readonly sources: readonly Listed[];
  readonly files: readonly Listed[];
  readonly ledger: Ledger;
};

export async function lookAround(ports: Ports, site: Site, allow: readonly string[]): Promise<Start> {
  const { content, target, state, places } = ports;
  const [before, sources, files] = await Promise.all([loadState(state), content.list(), target.list()]);
  const now = momentOf(before.ledger.value, ports.now, ports.elapsed());
  const promised = withoutReleased(withoutUnfinished(before.ledger.value, before.manifest.value), allow);
  const ledger = guardPromises(promised, { url: site.url, feedUrl: site.feedUrl, ...places }, allow);
  return { before, now, sources, files, ledger };
}

/** `fingerprint`: how they were parsed. `found`: there was a ledger; `losses`: there was none, and the live feeds could not tell this. */
type Taken = Start & {
  readonly intake: Intake;
  readonly fingerprint: string;
  readonly found: boolean;
  readonly losses?: readonly string[];
};

export async function readAndParse(start: Start, ports: Ports, site: Site, withdrawal: Withdrawal | undefined): Promise<Taken> {
  const { before, sources } = start;
  const fingerprint = parsedBy(site, ports.program);
  const cached = before.catalog.value.fingerprint === fingerprint ? before.catalog.value.records : [];
  const taken = await intake({
    content: ports.content,
    listing: withdrawal === undefined ? sources : asLastRead(sources, cached, withdrawal.keys),
    newsroom: site,
    cached,
    ledger: start.ledger,
    tell: (done, of) => ports.tell({ kind: "stage", stage: "read", done, of }),
    ...omitUndefined({ parser: ports.parser, left: ports.left }),
    keepRead: (records) => keepProgress(ports, before, { ...before.catalog.value, fingerprint, records }),
  });
  const found = before.ledger.value.site !== undefined;
  const around = { target: ports.target, listing: start.files, records: taken.records };
  const { ledger, losses } = await ledgerFor(start.ledger, found, around, site, ports.now);
  const told = withdrawal?.inLedger === true ? withdrawnIn(ledger, withdrawal.id, withdrawal.reason, ports.now) : ledger;
  return { ...start, ledger: told, intake: taken, fingerprint, found, ...omitUndefined({ losses }) };
}

/** `refused`: what the gate would not let into any feed. */
export async function catalogued({ before, ledger, intake }: Taken, { state, now }: Ports, site: Site, refused: Refused): Promise<Catalog> {
  const { records } = intake;
  const cache = before.catalog.value;
  const recall = async (digest: string) => {
    const article = await readKept(state, digest);
    return article === undefined ? undefined : metadataOf(article);
  };
  const last = { ledger, now, retain: site.retain, records, before: cache.records, known: cache.known, load: recall };
  const seen = new Set(cache.records.map(({ key }) => key));
  const catalog = catalogue({ site, now, ledger, ...(await soundly(refused, last)), further: refusals(refused), seen });
  const out = [...refused].flatMap(([id, refusal]) => (refusal.out ? [[id, "refused"] as const] : []));
  return { ...catalog, absent: new Map([...catalog.absent, ...out]) };
}

/** Channels with their entries, and the media that these show. `values`, `rules`: what the ledger is to remember of the channels. */
type Selected = {
  readonly entries: readonly CatalogEntry[];
  readonly dropped: Catalog["dropped"];
  readonly selections: readonly Selection[];
  readonly values: Ledger["values"];
  readonly notices: readonly Finding[];
  readonly rules: Ledger["rules"];
  readonly ofSite: ReturnType<typeof siteReferences>;
  readonly measured: Measured;
};

export async function selectedFrom(catalog: Catalog, { before, ledger, sources }: Taken, ports: Ports, site: Site): Promise<Selected> {
  const { content, state, now } = ports;
  const { entries, dropped } = await withBodies(catalog, state);
  const standing = standingRules(site.channels, ledger, now);
  const { channels, values, notices } = channelsOf(site, standing.rules, [...entries, ...dropped], catalog.ledger);
  const { members, status = {} } = before.manifest.value;
  const selections = stillMade(channels, site.moves).map((channel) =>
    select(channel, beforeOf(channel, ledger, { members: members[channel.path], updated: status[channel.path]?.updated }, now)),
  );
  const ofSite = siteReferences(site, channels);
  const references = [...referencesIn(entries), ...ofSite];
  const cached = before.catalog.value.media;
  const measured = await measureMedia({ content, listing: sources, references, cached, limit: site.mediaLimit });
  return { entries, dropped, selections, values, notices, rules: standing.remembered, ofSite, measured };
}

/** `live`: the target, as far as this run has to do with it. `rendered`: what had to be, from `loaded`. */
type Made = MadeFiles & {
  readonly edition: Edition;
  readonly live: Target;
  readonly loaded: Loaded;
};

export async function renderedFrom(selected: Selected, taken: Taken, ports: Ports, site: Site): Promise<Made> {
  const { before, files, intake } = taken;
  const { content, target, state, program } = ports;
  const manifest = before.manifest.value;
  const ground = groundOf(manifest, files, target.tree === true);
  const edition = editionOf({ ...selected, ground }, site, placesOf(selected.measured.media, site), program);
  const live = await survey(target, files, [...edition.wanted, statusFile, edgeFile], manifest, site);
  const stale = staleKeys(edition.wanted, manifest, live);
  const made = await renderInTime(edition, stale, intake.articles, {
    content,
    state,
    records: intake.records,
    newsroom: site,
    tell: (done, of) => ports.tell({ kind: "stage", stage: "render", done, of }),
    keepRead: (articles) => keepProgress(ports, before, cacheOf({ ...taken, ...selected }), articles),
    ...omitUndefined({ left: ports.left }),
  });
  return { edition, live, ...made };
}

export async function planned(
  all: Taken & Selected & Made & { readonly catalog: Catalog },
  ports: Ports,
  site: Site,
  allow: readonly string[],
): Promise<Prepared> {
  const { before, catalog, entries, selections, measured, edition, live, ledger, loaded } = all;
  const { state, now, edge } = ports;
  const manifest = before.manifest.value;
  const shows = { selections, paged: edition.paged };
  const named = [...new Set([...manifest.kept, ...loaded.stored])];
  const { keep, forget, kept } = await keeping(shows, named, new Map([...all.intake.articles, ...loaded.articles]), state);
  const decided = makePlan({
    now,
    guard: site.guard,
    catalog,
    ledgerBefore: ledger,
    candidates: edition.candidates,
    siteFiles: edition.wanted.filter((file) => file.channel === ""),
    rendered: all.rendered,
    manifest,
    target: live,
    baseline: baselineOf(edition.candidates, live, ledger),
    ledger: { ...catalog.ledger, values: all.values, rules: all.rules },
    kept,
    forgotten: forget,
    copying: copiesOf(shows, all.ofSite, measured.media, manifest, live),
    allow,
    ...omitUndefined({ losses: all.losses ?? (all.found ? undefined : untold(edition, live)) }),
  });
  const withIt = withStatus(decided, selections, { manifest, target: live });
  const { plan: finished, remarks } = withEdgeTable(withIt, {
    site,
    selections,
    manifest,
    target: live,
    ...omitUndefined({ table: edge?.address }),
  });
  const plan = withOutbox(finished, manifest, audienceOf(catalog, site, ports.distribution));
  const remembered = { ...cacheOf(all), ...omitUndefined({ next: catalog.next }) };
  const changes = { plan, catalog: remembered, keep };
  const notices = [...all.notices, ...missingMedia(entries, measured), ...edition.notices];
  const told = { ...catalog, findings: asStillShown(catalog.findings, ledger, plan) };
  return { before, intake: all.intake, catalog: told, notices, remarks, selections, live, changes };
}
