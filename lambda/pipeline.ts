import { createHash } from "node:crypto";
import type { Finding, Instant } from "./articles/article.ts";
import { beforeOf } from "./channels/before.ts";
import { type Catalog, type CatalogEntry, catalogue } from "./channels/catalog.ts";
import { channelsOf } from "./channels/channel.ts";
import { asLastRead, type Intake, intake } from "./channels/intake.ts";
import { lastKnown } from "./channels/known.ts";
import { measureMedia, missingMedia, referencesIn } from "./channels/media.ts";
import type { Parser } from "./channels/reading.ts";
import { metadataOf, type SourceRecord } from "./channels/record.ts";
import { type Selection, select } from "./channels/select.ts";
import { present, type Site } from "./channels/site.ts";
import { siteReferences } from "./channels/site-images.ts";
import { standingRules } from "./channels/standing.ts";
import type { TimeLeft } from "./channels/time-left.ts";
import { withdrawnIn } from "./channels/withdrawn.ts";
import { Fault } from "./fault.ts";
import { placesOf } from "./feeds/document.ts";
import { stillMade } from "./feeds/still-made.ts";
import type { Announced, Announcer } from "./publish/announce.ts";
import { apply, type Changes, changesAnything } from "./publish/apply.ts";
import { bodiesIn, keeping, loadArticles, readKept } from "./publish/bodies.ts";
import { copiesOf } from "./publish/copies.ts";
import { edgeFile, withEdgeTable } from "./publish/edge-plan.ts";
import { editionOf, neededBodies, renderStale } from "./publish/files.ts";
import { takeLease, underLease } from "./publish/lease.ts";
import { ledgerFor, untold } from "./publish/lost-ledger.ts";
import { makePlan } from "./publish/plan.ts";
import { keepProgress } from "./publish/progress.ts";
import { guardPromises } from "./publish/promises.ts";
import { keptKey, loadState, type State, unchangedState } from "./publish/state.ts";
import { stateKeys } from "./publish/state-keys.ts";
import { statusFile, withStatus } from "./publish/status.ts";
import { baselineOf, staleKeys, survey } from "./publish/survey.ts";
import { tellTheWorld } from "./publish/tell-world.ts";
import type { RunEvent } from "./report.ts";
import type { Key, Store, Table } from "./stores/store.ts";

/** Everything outside: stores, the clock (read once), what the program is, who runs it, whom to tell. */
export type Ports = {
  readonly content: Store;
  readonly target: Store;
  readonly state: Store;
  /** What the edge function reads; absent where it reads edge.json alone. */
  readonly edge?: Table;
  /** How the ledger names content and target. */
  readonly places: { readonly content: string; readonly target: string };
  readonly now: Instant;
  /** Fingerprint of the program's own code: another program parses and renders anew. */
  readonly program: string;
  /** Names this run in the lease, and when that runs out. */
  readonly holder: string;
  readonly until: Instant;
  readonly tell: (event: RunEvent) => void;
  /** Who parses; default: this thread. */
  readonly parser?: Parser;
  readonly announcer: Announcer;
  /** How long the run has taken so far, milliseconds; and how much time it still has (absent: nobody stops it). */
  readonly elapsed: () => number;
  readonly left?: TimeLeft;
  /** The CloudFront distribution before the target. */
  readonly distribution?: string;
};

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
  readonly changes: Changes;
};

/** An article to be withdrawn and nothing else to be published; `inLedger`: its file does not say so. */
export type Withdrawal = { readonly id: string; readonly keys: readonly Key[]; readonly inLedger: boolean; readonly reason?: string };

/** read -> parse -> catalog -> select -> render -> plan. Touches nothing. */
export async function prepare(ports: Ports, site: Site, allow: readonly string[], withdrawal?: Withdrawal): Promise<Prepared> {
  const { content, target, state, now, program } = ports;
  const tell = (stage: "read" | "render") => (done: number, of: number) => ports.tell({ kind: "stage", stage, done, of });
  const [before, sources, files] = await Promise.all([loadState(state), content.list(), target.list()]);
  const promised = guardPromises(before.ledger.value, { url: site.url, feedUrl: site.feedUrl, ...ports.places }, now);
  const [manifest, cache] = [before.manifest.value, before.catalog.value];

  const fingerprint = parsedBy(site, program);
  const cached = cache.fingerprint === fingerprint ? cache.records : [];
  const listing = withdrawal === undefined ? sources : asLastRead(sources, cached, withdrawal.keys);
  const keepRead = (parsed: readonly SourceRecord[]) => keepProgress(ports, before, fingerprint, parsed);
  const taken = await intake({
    content,
    listing,
    newsroom: site,
    cached,
    ledger: promised,
    tell: tell("read"),
    ...present({ parser: ports.parser, left: ports.left }),
    keepRead,
  });
  const recall = async (digest: string) => {
    const article = await readKept(state, digest);
    return article === undefined ? undefined : metadataOf(article);
  };
  const { records } = taken;
  const found = before.ledger.value.site !== undefined;
  const { ledger: whole, losses } = await ledgerFor(promised, found, { target, listing: files, records }, site, now);
  const ledger = withdrawal?.inLedger === true ? withdrawnIn(whole, withdrawal.id, withdrawal.reason, now) : whole;
  const known = await lastKnown({ ledger, now, retain: site.retain, records, before: cache.records, known: cache.known, load: recall });
  const catalog = catalogue({ site, now, ledger, records, known });

  const { entries, dropped } = await withBodies(catalog, state);
  const { rules, remembered: remembersRules } = standingRules(site.channels, ledger, now);
  const { channels, values } = channelsOf(site, rules, [...entries, ...dropped], catalog.ledger);
  const selections = stillMade(channels, site.moves).map((channel) =>
    select(channel, beforeOf(channel, ledger.feeds, manifest.members[channel.path], now)),
  );
  const ofSite = siteReferences(site, channels);
  const references = [...referencesIn(entries), ...ofSite];
  const measured = await measureMedia({ content, listing: sources, references, cached: cache.media, limit: site.mediaLimit });
  const { media, unfit } = measured;
  const edition = editionOf({ selections, entries }, site, placesOf(media, site), program);

  const live = await survey(target, files, [...edition.wanted, statusFile, edgeFile], manifest, site.encodings);
  const stale = staleKeys(edition.wanted, manifest, live);
  const articles = await loadArticles(neededBodies(edition, stale), taken.articles, {
    content,
    state,
    records: taken.records,
    newsroom: site,
  });
  const rendered = renderStale(edition, stale, bodiesIn(articles), tell("render"));

  const shows = { selections, paged: edition.paged };
  const { keep, forget, kept } = await keeping(shows, manifest.kept, new Map([...taken.articles, ...articles]), state);
  const decided = makePlan({
    now,
    guard: site.guard,
    catalog,
    ledgerBefore: ledger,
    candidates: edition.candidates,
    siteFiles: edition.wanted.filter((file) => file.channel === ""),
    rendered,
    manifest,
    target: live,
    baseline: baselineOf(edition.candidates, live, ledger),
    ledger: { ...catalog.ledger, values, rules: remembersRules },
    kept,
    forgotten: forget,
    copying: copiesOf(shows, ofSite, media, manifest, live),
    encodings: site.encodings,
    allow,
    feedUrl: site.feedUrl,
    ...present({ hub: site.hub, distribution: ports.distribution, losses: losses ?? (found ? undefined : untold(edition, live)) }),
  });
  const told = withStatus(decided, selections, { manifest, target: live });
  const { plan, remarks } = withEdgeTable(told, { site, selections, manifest, target: live, ...present({ table: ports.edge?.address }) });
  const silent = [...entries.filter((entry) => entry.state !== "live"), ...dropped];
  const remembered = Object.fromEntries(silent.map((entry) => [entry.id, entry.meta]));
  const next = catalog.next === undefined ? {} : { next: catalog.next };
  const changes = {
    plan,
    catalog: { fingerprint, records: taken.records, known: remembered, media: [...media.values(), ...unfit.values()], ...next },
    keep,
    forget: plan.holds.length > 0 ? [] : forget,
  };
  const notices = [...missingMedia(entries, measured), ...edition.notices];
  return { before, intake: taken, catalog, notices, remarks, selections, changes };
}

/** "busy": another run holds the lease, and this one has done nothing. */
export type Published = { readonly kind: "done" | "busy"; readonly prepared: Prepared; readonly announced: readonly Announced[] };

/** The whole road. */
export function publish(ports: Ports, site: Site, allow: readonly string[]): Promise<Published> {
  return carryOut(ports, () => prepare(ports, site, allow));
}

/** Carries out what is planned: takes the lease only to write, and has it planned again where somebody wrote in between. */
export async function carryOut(ports: Ports, planned: () => Promise<Prepared>): Promise<Published> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const prepared = await planned();
    const announced = prepared.before.manifest.value.outbox.map((announcement) => ({ kind: "waiting" as const, announcement }));
    if (!changesAnything(prepared.changes, prepared.before)) return { kind: "done", prepared, announced };
    const lease = await takeLease(ports.state, { holder: ports.holder, until: ports.until }, ports.now);
    if (lease.kind === "busy") return { kind: "busy", prepared, announced };
    const told = await underLease(ports.state, lease.version, async () => {
      if (!(await unchangedState(ports.state, prepared.before))) return undefined;
      return tellTheWorld(ports, await apply(prepared.changes, prepared.before, ports));
    });
    if (told !== undefined) return { kind: "done", prepared, announced: told };
    ports.tell({ kind: "waiting", reason: "state changed since the plan was made: planning again" });
  }
  throw new Fault("State changed three times while this run was planning. Nothing was changed; run again.");
}

/**
 * An article whose file no longer says keeps its body only if it was kept; where it was not (no document showed it), its summary
 * serves, and nobody has to be told of its end.
 */
async function withBodies({ entries, dropped }: Catalog, state: Store): Promise<Pick<Catalog, "entries" | "dropped">> {
  const silent = (entry: CatalogEntry) => entry.state === "kept" || entry.state === "missing";
  if (dropped.length === 0 && !entries.some(silent)) return { entries, dropped };
  const kept = new Set((await state.list(stateKeys.kept)).map(({ key }) => key));
  const isKept = (entry: CatalogEntry) => kept.has(keptKey(entry.meta.digest));
  return {
    entries: entries.map((entry) => (silent(entry) && !isKept(entry) ? { ...entry, bodiless: true } : entry)),
    dropped: dropped.filter(isKept),
  };
}

/** What decides how a source is parsed: another fingerprint, and every source is read again. */
function parsedBy(site: Site, program: string): string {
  const { url, language, languages, timezone, articles, ignore, limits } = site;
  return createHash("sha256")
    .update(JSON.stringify([program, url, language, languages, timezone, articles, ignore, limits]))
    .digest("hex");
}
