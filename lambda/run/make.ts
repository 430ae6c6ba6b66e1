import { omitUndefined } from "../articles/model/json-value.ts";
import type { CatalogEntry } from "../channels/catalog/catalog-entry.ts";
import type { Defects } from "../channels/catalog/refused.ts";
import { picturesOf, referencesIn } from "../channels/media/media.ts";
import { articleAddresses, deadLinks } from "../channels/select/article-addresses.ts";
import type { Desired } from "../channels/select/select.ts";
import { type Showing, showingOf, withKnown } from "../channels/select/shown.ts";
import type { Site } from "../channels/site/site.ts";
import { Fault } from "../fault.ts";
import { mediaLookup } from "../feeds/documents/document.ts";
import type { Partnered } from "../partners/select/partnered.ts";
import { openMedia } from "../plan/changes/copies.ts";
import { desiredStateOf } from "../plan/desired/desired-state.ts";
import { reportFile } from "../plan/desired/partner-report.ts";
import { statusFile } from "../plan/desired/status-file.ts";
import { edgeFile } from "../plan/edge/edge-plan.ts";
import { showsOf, unnamedBodies } from "../plan/kept-bodies.ts";
import { staleKeys } from "../plan/manifest/target.ts";
import type { Made } from "../plan/plan.ts";
import type { Observed } from "./observe.ts";
import type { Ports } from "./ports.ts";
import { cacheOf, keepProgress } from "./progress.ts";
import { type Learned, learnShown } from "./read/learn.ts";
import { liveCopies } from "./read/live-copies.ts";
import { measureMedia } from "./read/measure.ts";
import { findPictures } from "./read/named.ts";
import type { Sources } from "./read.ts";
import { refresh } from "./refresh.ts";
import { type MakeAgain, renderFiles } from "./render-files.ts";

/** What make adds: the desired state with what became known of the articles that it shows, and the faulty entries of refused documents. */
export type Making = { readonly desired: Partnered; readonly learned: Learned; readonly defects: Defects; readonly makeAgain: MakeAgain };

/**
 * Learns what the shown articles need of their text, measures the media that documents show, refreshes what is known of the target, and renders what differs.
 * @throws Fault if time runs out before everything is rendered; what was read is kept.
 */
export async function make(selected: Partnered, sources: Sources, observed: Observed, ports: Ports, site: Site): Promise<Made & Making> {
  const { before, files } = observed;
  const { records, sources: held } = sources.intake;
  const { content, target, state, program } = ports;
  const manifest = before.manifest.value;
  const cached = before.catalog.value.media;
  const places = { content, state, records, newsroom: site, sources: held, ...omitUndefined({ left: ports.left, parser: ports.workers }) };
  const showing = ports.everyBody === true ? everythingShown(selected) : showingOf(selected);
  const learned = await learnShown(showing, new Set(manifest.kept), places, (done, of) =>
    ports.tell({ kind: "stage", stage: "read", done, of }),
  );
  const desired = withKnown(selected, learned.known);
  const { articles } = learned;
  if (!learned.isAll) {
    const unmeasured = { measured: { media: new Map(), unfit: new Map() }, learned };
    await keepProgress(ports, observed, { ...cacheOf(sources, desired, unmeasured), media: cached }, articles);
    throw outOfTime(learned.known.size, showing.size);
  }
  const looked = ports.everyBody === true ? desired.entries : shownEntries(desired);
  const references = [...referencesIn(looked), ...desired.ofSite];
  const listed = picturesOf(references, sources.listing, site.staticFolders);
  const pictures = observed.fromNamed
    ? picturesOf(references, [...sources.listing, ...(await findPictures(content, listed, cached))], site.staticFolders)
    : listed;
  const { copies, isLive, same } = liveCopies(target, files, manifest);
  const measured = await measureMedia({ content, pictures, cached, limit: site.mediaLimit, isLive });
  const find = articleAddresses(desired.entries, desired.homeless, site, records);
  const shows = showsOf(desired);
  const open = new Set([
    ...openMedia(shows, desired.ofSite, measured.media).keys(),
    ...Object.keys(manifest.files).filter((key) => key.startsWith("media/") && copies.get(key) === key),
  ]);
  const desiredState = desiredStateOf(desired, site, { file: mediaLookup(measured.media, site), article: find }, program, open);
  const fromPlan = [statusFile, edgeFile, ...site.partners.map(({ name }) => reportFile(name))];
  const live = { ...(await refresh(target, files, [...desiredState.files, ...fromPlan], manifest, site)), same };
  const { loaded, ...made } = await renderFiles(desiredState, staleKeys(desiredState.files, manifest, live), articles, {
    ...places,
    tell: (done, of) => ports.tell({ kind: "stage", stage: "render", done, of }),
    keepRead: (bodies) => keepProgress(ports, observed, cacheOf(sources, desired, { measured, learned }), bodies),
    ...omitUndefined({ workers: ports.workers, room: ports.room }),
  });
  const bodies = new Map([...articles, ...loaded.articles]);
  const named = [...new Set([...manifest.kept, ...loaded.stored])];
  const unnamed = unnamedBodies(shows, named, bodies);
  const stored = unnamed.length === 0 ? new Set() : await observed.kept();
  return {
    desired,
    learned,
    desiredState,
    measured,
    looked,
    deadLinks: deadLinks(looked, find),
    live,
    bodies,
    keptBodies: [...named, ...unnamed.filter((digest) => stored.has(digest))],
    ...made,
  };
}

function outOfTime(done: number, of: number): Fault {
  return new Fault(
    `Time ran out after ${done} of ${of} articles were made ready to be shown. Nothing was published. What was read is kept, and the next run continues from there.`,
  );
}

/** Every article whose file says what it is. */
function everythingShown({ entries }: Desired): Showing {
  return new Map(entries.flatMap(({ meta, state }) => (state === "live" ? [[meta.digest, { meta, whole: true }] as const] : [])));
}

function shownEntries({ selections, pages, shared }: Desired): readonly CatalogEntry[] {
  const documents = selections.flatMap((selection) => selection.documents);
  const all = [...documents.flatMap(({ shown }) => shown), ...pages, ...shared].map(({ entry }) => entry);
  return [...new Map(all.map((entry) => [entry.id, entry])).values()];
}
