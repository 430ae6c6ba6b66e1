import { present } from "../channels/site.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";
import { byOrder, type Write } from "./decide.ts";
import { wholeRun } from "./guard.ts";
import { headersByKey } from "./headers.ts";
import { hashOf, type Manifest, type ManifestFile } from "./manifest.ts";
import { type Edge, outboxOf } from "./outbox.ts";
import type { Plan } from "./plan.ts";
import { removalOf } from "./removals.ts";
import { knownOf, type Listing, rewriteOf } from "./rewrite.ts";
import { type Struck, strike } from "./strike.ts";

type Live = { readonly target: Store; readonly manifest: Manifest } & Edge;

/**
 * The plan in which an article leaves also what is held: such a channel stays as it is but for that one article, whose withdrawal waits
 * for nobody's release. What the plan writes anyway is not looked at.
 */
export async function withStruck(plan: Plan, struck: Struck, live: Live): Promise<Plan> {
  const held = new Set(plan.holds.map(({ name }) => name));
  const shows = (path: string) => live.manifest.members[path]?.includes(struck.id) === true;
  // A page of the site as a whole stands still with any channel that it shows.
  const stands = ({ channel }: ManifestFile) => channel === "" || ((held.has(wholeRun) || held.has(channel)) && shows(channel));
  const written = new Set(plan.writes.map(({ key }) => key));
  const doubtful = Object.entries(live.manifest.files).filter(([key, file]) => !written.has(key) && stands(file));
  const listing = new Map((await live.target.list()).map(({ key, version }) => [key, version]));
  const writes = (await inParallel(doubtful, ([key, file]) => struckFile(key, file, struck, { ...live, listing }))).flat();
  return withoutPages(writes.length === 0 ? plan : withWrites(plan, writes, struck, live), struck, { ...live, listing });
}

/** Its own page, too, which otherwise stays as long as what is held leads to it. */
function withoutPages(plan: Plan, { id }: Struck, { listing, hub, distribution, feedUrl, encodings }: Live & Listing): Plan {
  const { manifest } = plan;
  const pages = Object.entries(manifest.files).flatMap(([key, { article }]) => (article === id ? [key] : []));
  if (pages.length === 0) return plan;
  const gone = new Set(pages);
  const told = { now: plan.now, writes: [], gone, encodings, feedUrl, ...present({ hub, distribution }) };
  return {
    ...plan,
    removes: [...plan.removes, ...pages.flatMap((key) => removalOf(key, listing))],
    manifest: {
      ...manifest,
      files: Object.fromEntries(Object.entries(manifest.files).filter(([key]) => !gone.has(key))),
      outbox: outboxOf({ ...told, pending: manifest.outbox, manifest, candidates: [], catalog: { entries: [] } }),
    },
  };
}

async function struckFile(key: Key, file: ManifestFile, struck: Struck, live: Live & Listing): Promise<readonly Write[]> {
  if (!/\.(?:xml|json|html)$/.test(key)) return [];
  const found = await live.target.read(key);
  if (found === undefined) return [];
  const text = Buffer.from(found.bytes).toString("utf8");
  const rest = strike(key, text, [struck]);
  // No fingerprint: nothing would render these bytes, so that the file is rendered anew as soon as it may be.
  const known = { ...file, fingerprint: "", entries: Math.max(0, file.entries - 1) };
  const headers = found.headers ?? headersByKey(key);
  // One that was struck by a run that was cut is written once more: the manifest does not know, and nobody has been told.
  if (rest === text && hashOf(found.bytes, headers) === file.hash) return [];
  return [rewriteOf(key, Buffer.from(rest, "utf8"), headers, known, live)];
}

function withWrites(plan: Plan, writes: readonly Write[], { id }: Struck, live: Live): Plan {
  const { manifest } = plan;
  const paths = new Set(writes.map(({ channel }) => channel));
  const without = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T) =>
    Object.fromEntries(Object.entries(record).map(([path, value]) => [path, paths.has(path) ? change(value) : value]));
  const { hub, distribution, feedUrl, encodings } = live;
  const told = {
    now: plan.now,
    writes,
    gone: new Set(writes.map(({ key }) => key)),
    encodings,
    feedUrl,
    ...present({ hub, distribution }),
  };
  return {
    ...plan,
    writes: [...plan.writes, ...writes].sort(byOrder),
    manifest: {
      ...manifest,
      files: { ...manifest.files, ...Object.fromEntries(writes.map((write) => [write.key, knownOf(write)])) },
      members: without(manifest.members, (ids) => ids.filter((one) => one !== id)),
      shown: without(manifest.shown, (shown) => Object.fromEntries(Object.entries(shown).filter(([one]) => one !== id))),
      outbox: outboxOf({ ...told, pending: manifest.outbox, manifest, candidates: [], catalog: { entries: [] } }),
    },
  };
}
