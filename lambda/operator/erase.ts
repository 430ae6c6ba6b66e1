import { omitUndefined } from "../articles/model/json-value.ts";
import type { Ledger, LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import type { Metadata } from "../channels/catalog/ledger/record.ts";
import { mediumKey, picturesOf } from "../channels/media/media.ts";
import { siteReferences } from "../channels/select/site-images.ts";
import type { Site } from "../channels/site/site.ts";
import type { Manifest } from "../plan/manifest/manifest.ts";
import { encodingOf, variantKey } from "../plan/manifest/variants.ts";
import { withOutbox } from "../plan/outbox.ts";
import { announce } from "../run/announce.ts";
import { saveManifest } from "../run/apply.ts";
import type { Announced } from "../run/deliver-outbox.ts";
import { measureMedia } from "../run/measure.ts";
import type { Ports } from "../run/ports.ts";
import type { Prepared } from "../run/prepared.ts";
import { underLease } from "../run/process/lease.ts";
import { digestsOverTime, keptKey, loadState, saveCatalog } from "../state/state.ts";
import { stateKeys } from "../state/state-keys.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";
import { copiesOverTime } from "./erase-copies.ts";
import { editionsOf, isEdition, type Traces, tracesOf } from "./erase-traces.ts";

/** What was taken away for good: every version of some keys, the older versions of others. */
export type Erased = {
  readonly gone: readonly string[];
  readonly past: readonly string[];
  readonly announced: readonly Announced[];
};

/**
 * Takes a withdrawn article away for good: its file with all versions, the older versions of every published file that may have shown it,
 * pictures that it alone shows, what state keeps of its text. What remains is its id, its address and the title in its notice.
 * Undefined where another run is writing.
 */
export async function erase(entry: LedgerEntry, prepared: Prepared, ports: Ports, site: Site): Promise<Erased | undefined> {
  const { content } = ports;
  const done = await underLease(ports, async (guarded) => {
    const [target, state] = [guarded(ports.target), guarded(ports.state)];
    const before = await loadState(state);
    const media = await ownMedia(entry, prepared, ports, site.mediaLimit);
    const digests = new Set([entry.digest, ...(await digestsOverTime(state, entry.id))]);
    const earlier = await copiesOverTime(state, { id: entry.id, digests, ofSite: siteReferences(site, []) });
    const lying = new Set((await target.list("media/")).map(({ key }) => key));
    const published = [...new Set([...media.map(({ copy }) => copy), ...earlier.filter((key) => lying.has(key))])];
    // First what the manifest and the catalog say, then the bytes: no manifest names what is not there.
    const manifest = withoutErased(before.manifest.value, published, digests, ports, site);
    const saved = await saveManifest(state, manifest, before.manifest);
    await saveCatalog(state, scrubbed(before.catalog.value, entry), before.catalog);
    const foreign = foreignDigests(before.ledger.value, entry, digests);
    const editions = await editionsOf(state, entry, foreign);
    const traces = tracesOf(entry, addressesOf(entry, prepared), editions);
    await inParallel([...published], (key) => eraseWhole(target, key));
    const left = await unaskedWith(traces, target, site);
    await inParallel(left, (key) => eraseWhole(target, key));
    const sources = [...(await ownSources(entry, content)), ...media.map(({ key }) => key)];
    await inParallel(sources, (key) => eraseWhole(content, key));
    await content.purge((key) => entry.keys.includes(key), traces);
    const known = publishedKeys(entry, [before.manifest.value, prepared.before.manifest.value], site);
    await inParallel(known, (key) => target.forget(key));
    // Under keys that it has left, and in encodings that nobody asks for any more.
    const isOurs = (key: Key) => !key.startsWith("media/") && !Object.hasOwn(saved.value.strangers, key);
    const past = [...new Set([...known, ...(await target.purge(isOurs, traces)).filter((key) => key !== "")])].sort();
    // State last: what it keeps tells what is to be looked for.
    await inParallel([...[...digests].map(keptKey), ...editions.keys], (key) => eraseWhole(state, key));
    const { which, holds } = isEdition(entry, foreign);
    await state.purge(which, holds);
    for (const key of [stateKeys.catalog, stateKeys.report]) await state.forget(key);
    const announced = await announce({ ...ports, state }, saved);
    return {
      gone: [...sources.map((key) => `${content.address}/${key}`), ...[...published, ...left].map((key) => `${target.address}/${key}`)],
      past,
      announced,
    };
  });
  return done.kind === "busy" ? undefined : done.value;
}

/** Digests of what is kept of other articles, also of one whose text was the same. */
function foreignDigests({ entries }: Ledger, { id }: LedgerEntry, own: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(Object.values(entries).flatMap((entry) => (entry.id === id || own.has(entry.digest) ? [] : [entry.digest])));
}

function addressesOf({ id }: LedgerEntry, { catalog }: Prepared): readonly string[] {
  return [...catalog.entries, ...catalog.dropped].flatMap((entry) => (entry.id === id && entry.url !== undefined ? [entry.url] : []));
}

/** Variants that lie in the target in an encoding which site.yaml no longer asks for, and show the article. */
async function unaskedWith(traces: Traces, target: Store, { encodings }: Site): Promise<readonly Key[]> {
  const variants = (await target.list()).flatMap(({ key }) => {
    const encoding = encodingOf(key);
    return encoding === undefined || encodings.includes(encoding) || key.startsWith("media/") ? [] : [key];
  });
  const found = await inParallel(variants, async (key) => {
    const one = await target.read(key);
    return one !== undefined && traces(one.bytes, key) ? [key] : [];
  });
  return found.flat();
}

async function eraseWhole(store: Store, key: Key): Promise<void> {
  await store.remove(key);
  await store.forget(key);
}

/** Its present file, and where it lay before, as long as nobody else lies there now. */
async function ownSources({ keys }: LedgerEntry, content: Store): Promise<readonly Key[]> {
  const earlier = await inParallel(keys.slice(0, -1), async (key) => ((await content.read(key)) === undefined ? [key] : []));
  return [...earlier.flat(), ...keys.slice(-1)];
}

/** Files of the content that no other article refers to, and their published copies; of a file that is gone, as the catalog knew it. */
async function ownMedia({ id, keys }: LedgerEntry, { catalog, intake, before }: Prepared, { content }: Ports, limit: number) {
  const entry = [...catalog.entries, ...catalog.dropped].find((one) => one.id === id);
  const others = new Set(
    intake.records.flatMap((record) =>
      record.kind === "article" && record.key !== keys.at(-1) ? record.meta.media.map(({ key }) => key) : [],
    ),
  );
  const references = (entry?.meta.media ?? []).filter(({ key }) => !others.has(key));
  if (references.length === 0) return [];
  const cached = before.catalog.value.media;
  const { media } = await measureMedia({ content, pictures: picturesOf(references, await content.list()), cached, limit });
  return [...media.values()].map((medium) => ({ key: medium.key, copy: mediumKey(medium) }));
}

function withoutErased(
  manifest: Manifest,
  media: readonly Key[],
  digests: ReadonlySet<string>,
  { now, distribution }: Ports,
  { encodings, feedUrl, hub }: Site,
): Manifest {
  const gone = new Set(media);
  const without = {
    ...manifest,
    files: Object.fromEntries(Object.entries(manifest.files).filter(([key]) => !gone.has(key))),
    kept: manifest.kept.filter((digest) => !digests.has(digest)),
  };
  const plan = { now, writes: [], unrecorded: [], removes: media.map((key) => ({ key })), manifest: without };
  return withOutbox(plan, manifest, { readable: new Set(), encodings, feedUrl, ...omitUndefined({ hub, distribution }) }).manifest;
}

/** Of what the article said, the notice needs the title alone. */
function scrubbed<T extends Prepared["changes"]["catalog"]>(catalog: T, { id, keys }: LedgerEntry): T {
  const bare = ({ correction: _, ...meta }: Metadata): Metadata => ({ ...meta, summary: "" });
  const known = Object.entries(catalog.known).map(([one, meta]) => [one, one === id ? bare(meta) : meta]);
  const records = catalog.records.map((record) =>
    record.kind === "article" && record.key === keys.at(-1) ? { ...record, meta: bare(record.meta) } : record,
  );
  return { ...catalog, records, known: Object.fromEntries(known) };
}

/** Every file of a channel that ever had it, as far as the manifests tell, and the site's own pages; with their variants. */
function publishedKeys({ id }: LedgerEntry, manifests: readonly Manifest[], { encodings }: Site): readonly Key[] {
  const keys = manifests.flatMap((manifest) => {
    const paths = new Set(Object.keys(manifest.members).filter((path) => manifest.members[path]?.includes(id) === true));
    const own = Object.entries(manifest.files).filter(([, { channel, article }]) => paths.has(channel) || channel === "" || article === id);
    return own.map(([key]) => key).filter((key) => !key.startsWith("media/"));
  });
  return [...new Set(keys.flatMap((key) => [key, ...encodings.map((encoding) => variantKey(key, encoding))]))].sort();
}
