import type { Instant } from "../articles/model/article.ts";
import { hashOfValue, omitUndefined } from "../articles/model/json-value.ts";
import type { Catalog } from "../channels/catalog/catalog.ts";
import { later } from "../channels/catalog/ledger/dating.ts";
import type { Encoding, Site } from "../channels/site/site.ts";
import { urlOf } from "../feeds/documents/document.ts";
import type { Key } from "../stores/store.ts";
import type { Write } from "./changes/diff.ts";
import { gatheredPaths, pathsOf } from "./invalidation-paths.ts";
import { edgeLifetime } from "./manifest/headers.ts";
import type { Announcement, Invalidation, Manifest, Ping } from "./manifest/manifest.ts";
import { plainOf } from "./manifest/variants.ts";

/**
 * How long a ping waits, in milliseconds. A hub fetches the feed through CloudFront as soon as it is pinged. Until the old feed has expired
 * in the regional cache and the edge location, and half a lifetime more, it would get the old one and tell its readers that nothing is new.
 */
export const untilFresh = 2.5 * edgeLifetime * 1000;

/** Who must be told, where files are served, and the ids of the articles that readers may see. */
export type Audience = {
  readonly encodings: readonly Encoding[];
  readonly hub?: string;
  readonly feedUrl: string;
  readonly distribution?: string;
  readonly readable: ReadonlySet<string>;
};

export function audienceOf({ entries }: Pick<Catalog, "entries">, site: Site, distribution: string | undefined): Audience {
  const readable = new Set(entries.flatMap(({ id, state }) => (state === "canceled" ? [] : [id])));
  return { encodings: site.encodings, feedUrl: site.feedUrl, readable, ...omitUndefined({ hub: site.hub, distribution }) };
}

/** The parts of a plan that are announced. `unrecorded`: files of a run that was cut before it announced them. */
type Finished = {
  readonly now: Instant;
  readonly writes: readonly Write[];
  readonly unrecorded: readonly Write[];
  readonly removes: readonly { readonly key: Key }[];
  readonly manifest: Manifest;
};

/** Adds the outbox to a finished plan: what must be announced after it, first to the edge, then to the hub. `before`: the manifest that it changes. */
export function withOutbox<Plan extends Finished>(plan: Plan, before: Manifest, audience: Audience): Plan {
  return { ...plan, manifest: { ...plan.manifest, outbox: outboxOf(plan, before, audience) } };
}

function outboxOf(plan: Finished, before: Manifest, audience: Audience): readonly Announcement[] {
  const { hub } = audience;
  const changes = [...plan.writes, ...plan.unrecorded];
  const pings = hub === undefined ? [] : pingsOf(changes, plan.now, hub, audience);
  // A hub that site.yaml no longer names gets no pings.
  const pending = before.outbox.flatMap((one) => (one.kind === "ping" && one.hub === hub ? [one] : []));
  const stale = before.outbox.filter((one) => one.kind === "invalidation");
  const keys = staleKeys(changes, plan, before, audience.readable);
  return [...invalidationsOf(stale, keys, plan.now, audience), ...stillWaiting(pending, pings), ...pings];
}

/**
 * If a feed changes again, keeps its newest ping and the first one that still waits, even if that one is due: this run sends it.
 * Otherwise a feed that changes with every run would never be announced.
 */
function stillWaiting(pending: readonly Ping[], pings: readonly Ping[]): readonly Ping[] {
  const again = new Set(pings.map(({ topic }) => topic));
  const first = new Set<string>();
  return pending.filter(({ topic }) => !again.has(topic) || (!first.has(topic) && first.add(topic)));
}

function pingsOf(changes: readonly Write[], now: Instant, hub: string, { feedUrl }: Audience): readonly Ping[] {
  const due = later(now, untilFresh);
  return changes
    .filter((write) => write.order === "window")
    .map((write) => ({ kind: "ping", hub, topic: urlOf({ feedUrl }, write.key), since: now, due }));
}

/**
 * The files that CloudFront must drop before they expire: files that showed a withdrawn article, archive parts, which it caches for a day,
 * and removed files. Everything else expires within a minute.
 */
function staleKeys(changes: readonly Write[], plan: Finished, before: Manifest, readable: Audience["readable"]): readonly string[] {
  const { paths, ids } = withdrawalsFrom(before, plan.manifest, readable);
  const shows = ({ key, channel, article, order }: Write) => {
    if (channel !== "") return paths.has(channel);
    return article === undefined ? order === "page" && key !== "status.json" && paths.size > 0 : ids.has(article);
  };
  const stale = changes.filter((write) => write.recalls || (write.why !== "new" && (write.order === "archive" || shows(write))));
  return [...new Set([...stale.map(({ key }) => key), ...goneFrom(before, plan)])];
}

type Live = Pick<Manifest, "members" | "shown">;

/**
 * The live articles that readers must no longer see (withdrawn, embargoed, expired, gone), and the paths of the channels that showed them.
 * Compares the manifests and not the ledger, because an earlier run may have written the ledger before it was cut. `readable`: the ids
 * that readers may see.
 */
function withdrawalsFrom(
  before: Live,
  after: Live,
  readable: ReadonlySet<string>,
): { readonly ids: ReadonlySet<string>; readonly paths: ReadonlySet<string> } {
  const found = Object.entries(after.members).flatMap(([path, members]) => {
    const had = Object.hasOwn(before.members, path) ? (before.members[path] ?? []) : [];
    const [live, shown] = [before.shown[path] ?? {}, after.shown[path] ?? {}];
    const unreadable = had.filter((id) => !readable.has(id));
    if (unreadable.length === 0) return [];
    const still = new Set(members);
    // A notice that is already live is not a withdrawal of this run.
    const out = unreadable.filter((id) => !still.has(id) || live[id] !== shown[id]);
    return out.length === 0 ? [] : [{ path, out }];
  });
  return { ids: new Set(found.flatMap(({ out }) => out)), paths: new Set(found.map(({ path }) => path)) };
}

/** The files that this run removes, or that a run removed before it was cut. */
function goneFrom({ files }: Manifest, { removes, manifest }: Finished): readonly Key[] {
  const stays = (key: Key) => Object.hasOwn(manifest.files, key);
  const removed = removes.map(({ key }) => key).filter((key) => !stays(key) && !stays(plainOf(key)));
  return [...Object.keys(files).filter((key) => !stays(key)), ...removed];
}

/** One invalidation per distribution: joins the paths that an earlier run could not send with the new ones. */
function invalidationsOf(
  before: readonly Invalidation[],
  keys: readonly string[],
  now: Instant,
  { distribution, encodings }: Audience,
): readonly Invalidation[] {
  if (distribution === undefined || keys.length === 0) return before;
  const same = before.filter((one) => one.distribution === distribution);
  const paths = gatheredPaths([...same.flatMap((one) => one.paths), ...pathsOf(keys, encodings)]);
  const reference = hashOfValue([now, paths]);
  return [
    ...before.filter((one) => one.distribution !== distribution),
    { kind: "invalidation", distribution, paths, reference: `wireroom-${reference}`, since: now },
  ];
}
