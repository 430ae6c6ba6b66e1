import { hash } from "node:crypto";
import type { Instant } from "../articles/model/article.ts";
import { hashOfValue, omitUndefined } from "../articles/model/json-value.ts";
import { chooseSources, isDotted } from "../articles/source.ts";
import type { SourceRecord } from "../channels/catalog/ledger/record.ts";
import type { Site } from "../channels/site/site.ts";
import type { Rest } from "../state/head.ts";
import { loadHead, type VersionedHead } from "../state/state.ts";
import { momentOf } from "../state/state-owner.ts";
import { asText, listingFrom, pointsIn } from "../stores/scan.ts";
import type { Key, Listed, Store } from "../stores/store.ts";
import type { Ports } from "./ports.ts";
import type { Published } from "./prepared.ts";

/** The head of state and both listings: all that an unchanged run looks at. */
export type Look = { readonly head: VersionedHead; readonly sources: Glance; readonly files: Glance };

/**
 * The digest of a listing, worked out as the listing came; undefined if a version does not yet prove that the bytes stay. `keys`: how many it
 * has.
 */
export type Glance = { readonly digest: string | undefined; readonly keys: number; readonly listing: () => readonly Listed[] };

export async function look({ state, content, target }: Pick<Ports, "state" | "content" | "target">): Promise<Look> {
  const head = await loadHead(state);
  const { points } = head.head.rest ?? {};
  const [sources, files] = await Promise.all([glance(content, points?.content, isDotted), glance(target, points?.target)]);
  return { head, sources, files };
}

async function glance(store: Store, points: readonly Key[] | undefined, isLeftOut = (_key: Key): boolean => false): Promise<Glance> {
  const [batches, sum]: [string[], Sum] = [[], startOf()];
  let [settled, keys] = [true, 0];
  for await (const batch of store.scan("", points)) {
    for (const one of batch) {
      if (isLeftOut(one.key)) continue;
      settled &&= one.settled;
      count(sum, one, 1);
    }
    batches.push(asText(batch));
    keys += batch.length;
  }
  const digest = settled ? textOf(sum) : undefined;
  return {
    digest,
    keys,
    listing: () => {
      const all = listingFrom(batches);
      digests.set(all, { digest });
      return all;
    },
  };
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
  const content = fromNamed ? digestAfter(prepared, ports.named ?? [], site) : digestOfContent(sources);
  const target = digestOf(after.files);
  if (content === undefined || target === undefined) return undefined;
  const points = { content: pointsIn(sources), target: pointsIn(after.files) };
  const isLarge = points.content.length + points.target.length > 0;
  const { outbox } = after.state.manifest.value;
  const due = outbox.map((one) => (one.kind === "ping" ? (one.due ?? plan.now) : plan.now)).sort()[0];
  return {
    content,
    target,
    ...(isLarge && { points }),
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

/** Of listings of the content: the same run asks before it reads, and at its end. */
const digests = new WeakMap<readonly Listed[], { readonly digest: string | undefined }>();

function digestOfContent(sources: readonly Listed[]): string | undefined {
  const found = digests.get(sources) ?? { digest: digestOf(visible(sources)) };
  digests.set(sources, found);
  return found.digest;
}

/**
 * The sum of the hashes of all items, so that one that changed can be taken out and put in without the others. Undefined if a version does
 * not yet prove that the bytes stay.
 */
export function digestOf(listing: readonly Listed[]): string | undefined {
  return listing.every(({ settled }) => settled) ? sumOf([], listing) : undefined;
}

/**
 * The digest of the content after a run that looked at named keys alone: that of the last run, without what stood under the keys that
 * changed, and with what is there now. Undefined if the last run left none, or nobody knows what stood there: only articles and the media
 * that they show have records.
 */
function digestAfter({ before, sources }: Published["prepared"], named: readonly Key[], site: Site): string | undefined {
  const { records, media } = before.catalog.value;
  const was = new Map([...records, ...media].map(({ key, version }) => [key, version]));
  const is = new Map(visible(sources).map((listed) => [listed.key, listed]));
  const changed = [...new Set([...named, ...is.keys()])]
    .filter((key) => !isDotted(key) && was.get(key) !== is.get(key)?.version)
    .map((key) => is.get(key) ?? { key, version: "", size: 0, settled: true });
  const articles = new Set(chooseSources(changed, site).articles.map(({ key }) => key));
  const isUnknown = ({ key, settled }: Listed) => !settled || was.get(key) === "" || !(was.has(key) || articles.has(key));
  const last = before.head.rest?.content;
  if (last === undefined || changed.some(isUnknown)) return undefined;
  const gone = changed.flatMap(({ key }) => {
    const version = was.get(key);
    return version === undefined ? [] : [{ key, version }];
  });
  return sumOf(
    gone,
    changed.filter(({ key }) => is.has(key)),
    last,
  );
}

type Item = Pick<Listed, "key" | "version">;

/** `from`, a sum in hexadecimal, without some items and with others. */
function sumOf(without: readonly Item[], items: readonly Item[], from?: string): string {
  const sum = startOf(from);
  for (const item of without) count(sum, item, -1);
  for (const item of items) count(sum, item, 1);
  return textOf(sum);
}

/** 128 bits as eight sums of 16 bits, which plain numbers hold. */
type Sum = Uint16Array;

function startOf(text = "0".repeat(32)): Sum {
  return Uint16Array.from({ length: 8 }, (_, at) => Number.parseInt(text.slice(at * 4, at * 4 + 4), 16));
}

function count(sum: Sum, { key, version }: Item, sign: 1 | -1): void {
  // As text of one character a byte, since a buffer for each of a hundred thousand items costs more than its hash.
  const item = hash("sha256", `${key}\n${version}`, "binary");
  for (let at = 0; at < sum.length; at += 1)
    sum[at] = (sum[at] ?? 0) + sign * (item.charCodeAt(at * 2) * 256 + item.charCodeAt(at * 2 + 1));
}

function textOf(sum: Sum): string {
  return [...sum].map((part) => part.toString(16).padStart(4, "0")).join("");
}
