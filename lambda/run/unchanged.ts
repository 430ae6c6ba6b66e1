import type { Instant } from "../articles/model/article.ts";
import { hashOfValue, omitUndefined } from "../articles/model/json-value.ts";
import { chooseSources, isDotted } from "../articles/source.ts";
import type { SourceRecord } from "../channels/catalog/ledger/record.ts";
import type { Site } from "../channels/site/site.ts";
import type { Rest } from "../state/head.ts";
import { loadHead, type VersionedHead } from "../state/state.ts";
import { momentOf } from "../state/state-owner.ts";
import { pointsIn } from "../stores/scan.ts";
import type { Listed } from "../stores/store.ts";
import { type Glance, glance } from "./glance/glance.ts";
import { type KnownRanges, rangesWithout } from "./glance/ranges.ts";
import { sumOf } from "./glance/sum.ts";
import type { Ports } from "./ports.ts";
import type { Published } from "./prepared.ts";

/** The head of state and both listings: all that an unchanged run looks at. */
export type Look = { readonly head: VersionedHead; readonly sources: Glance; readonly files: Glance };

/** `program`: of the run. Without it, whoever looks is no run, and all pages are read. */
export async function look({
  state,
  content,
  target,
  program,
}: Pick<Ports, "state" | "content" | "target"> & Partial<Pick<Ports, "program">>): Promise<Look> {
  const head = await loadHead(state);
  const { rest } = head.head;
  const [sources, files] = await Promise.all([
    remembered(glance(content, rangesBefore(rest, "content", program), isDotted)),
    remembered(glance(target, rangesBefore(rest, "target", program))),
  ]);
  return { head, sources, files };
}

/** What the last run kept of a listing. Another program may count other items. */
function rangesBefore(rest: Rest | undefined, which: "content" | "target", program: string | undefined): KnownRanges {
  return { points: rest?.points?.[which] ?? [], ranges: (rest?.program === program ? rest?.ranges?.[which] : undefined) ?? [] };
}

/** Of listings: the same run asks before it reads, and at its end. */
const glances = new WeakMap<readonly Listed[], Partial<Pick<Glance, "digest" | "known">>>();

async function remembered(glancing: Promise<Glance>): Promise<Glance> {
  const seen = await glancing;
  const { listing: _, ...kept } = seen;
  const listing = async () => {
    const all = await seen.listing();
    glances.set(all, kept);
    return all;
  };
  return { ...seen, listing };
}

/** What the last run found, and the moment of this one, if nothing differs and nothing is due. */
export function unchangedSince(
  { head, sources, files }: Look,
  ports: Ports,
  site: Site,
): { readonly rest: Rest; readonly now: Instant } | undefined {
  const { rest, now: last } = head.head;
  // A head that was lost is put back by a whole run.
  if (head.past === true || rest === undefined || rest.program !== ports.program || rest.settings !== settingsOf(ports, site))
    return undefined;
  const now = momentOf(omitUndefined({ now: last }), ports.now, ports.elapsed());
  if ([rest.next, rest.due].some((moment) => moment !== undefined && moment <= now)) return undefined;
  return rest.content === sources.digest && rest.target === files.digest ? { rest, now } : undefined;
}

/**
 * What the next run may rely on, if it finds the same; undefined if it has to look again, because a version could not be confirmed or
 * this run has left something to the next one. `report`: that of a run that finds nothing to do.
 */
export function restAfter({ kind, prepared, after }: Published, ports: Ports, site: Site, report: unknown): Rest | undefined {
  const { changes, sources, fromNamed, before } = prepared;
  const { plan, catalog } = changes;
  // Variants in an encoding that site.yaml no longer lists go one run after the edge knows.
  const edgeMoved = plan.edge !== undefined && before.manifest.value.edge !== undefined;
  // This is said once, by the run in which the article leaves.
  const saidOnce = prepared.catalog.findings.some(({ code }) => code === "dropped");
  const unconfirmed = catalog.records.some(isUnconfirmed) || catalog.media.some(({ version }) => version === "");
  if (kind === "busy" || after === undefined || plan.frozen || edgeMoved || saidOnce || unconfirmed) return undefined;
  const content = fromNamed ? contentAfter(prepared, ports, site) : contentOf(sources);
  const target = digestOf(after.files);
  if (content.digest === undefined || target === undefined) return undefined;
  const parts = { content: content.known, target: targetAfter(prepared.files, after.files) };
  const isLarge = parts.content.points.length + parts.target.points.length > 0;
  const isKnown = parts.content.ranges.length + parts.target.ranges.length > 0;
  const { outbox } = after.state.manifest.value;
  const due = outbox.map((one) => (one.kind === "ping" ? (one.due ?? plan.now) : plan.now)).sort()[0];
  return {
    content: content.digest,
    target,
    ...(isLarge && { points: { content: parts.content.points, target: parts.target.points } }),
    ...(isKnown && { ranges: { content: parts.content.ranges, target: parts.target.ranges } }),
    settings: settingsOf(ports, site),
    program: ports.program,
    ...omitUndefined({ next: catalog.next, due }),
    report,
  };
}

/** The next run reads it again. A file that is too large is known from the listing alone. */
function isUnconfirmed({ version, findings }: SourceRecord): boolean {
  return version === "" && !findings.some(({ code }) => code === "article-too-large");
}

/** Everything besides the articles that decides what is published. */
function settingsOf({ places, distribution, edge }: Ports, site: Site): string {
  return hashOfValue([site, places, distribution, edge?.address]);
}

function visible(sources: readonly Listed[]): readonly Listed[] {
  return sources.some(({ key }) => isDotted(key)) ? sources.filter(({ key }) => !isDotted(key)) : sources;
}

type Kept = { readonly digest: string | undefined; readonly known: KnownRanges };

function contentOf(sources: readonly Listed[]): Kept {
  const seen = glances.get(sources) ?? { digest: digestOf(visible(sources)) };
  glances.set(sources, seen);
  return { digest: seen.digest, known: seen.known ?? { points: pointsIn(sources), ranges: [] } };
}

/** `before`: the target as the run found it. */
function targetAfter(before: readonly Listed[], files: readonly Listed[]): KnownRanges {
  const known = glances.get(before)?.known;
  if (known === undefined) return { points: pointsIn(files), ranges: [] };
  const was = new Map(before.map(({ key, version }) => [key, version]));
  const stays = new Set(files.flatMap(({ key, version }) => (was.get(key) === version ? [key] : [])));
  return rangesWithout(
    known,
    [...before, ...files].flatMap(({ key }) => (stays.has(key) ? [] : [key])),
    pointsIn(files),
  );
}

/**
 * The sum of the hashes of all items, so that one that changed can be taken out and put in without the others. Undefined if a version does
 * not yet prove that the bytes stay.
 */
export function digestOf(listing: readonly Listed[]): string | undefined {
  return listing.every(({ settled }) => settled) ? sumOf([], listing) : undefined;
}

/**
 * What is kept of the content after a run that looked at named keys alone: the digest of the last run, without what stood under the keys that
 * changed, and with what is there now. Undefined if the last run left none, or nobody knows what stood there: only articles and the media
 * that they show have records.
 */
function contentAfter({ before, sources }: Published["prepared"], { named = [], program }: Ports, site: Site): Kept {
  const { records, media } = before.catalog.value;
  const was = new Map([...records, ...media].map(({ key, version }) => [key, version]));
  const is = new Map(visible(sources).map((listed) => [listed.key, listed]));
  const changed = [...new Set([...named, ...is.keys()])]
    .filter((key) => !isDotted(key) && was.get(key) !== is.get(key)?.version)
    .map((key) => is.get(key) ?? { key, version: "", size: 0, settled: true });
  const articles = new Set(chooseSources(changed, site).articles.map(({ key }) => key));
  const isUnknown = ({ key, settled }: Listed) => !settled || was.get(key) === "" || !(was.has(key) || articles.has(key));
  const { rest } = before.head;
  const known = rangesWithout(
    rangesBefore(rest, "content", program),
    changed.map(({ key }) => key),
    pointsIn(sources),
  );
  if (rest === undefined || changed.some(isUnknown)) return { digest: undefined, known };
  const gone = changed.flatMap(({ key }) => {
    const version = was.get(key);
    return version === undefined ? [] : [{ key, version }];
  });
  const there = changed.filter(({ key }) => is.has(key));
  return { digest: sumOf(gone, there, rest.content), known };
}
