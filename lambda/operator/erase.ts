import type { MediaReference } from "../articles/links/media-mark.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import { parseBody } from "../articles/parse-body.ts";
import type { Ledger, LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { type Metadata, mayShow } from "../channels/catalog/ledger/record.ts";
import { mediumKey, type Picture, picturesOf } from "../channels/media/media.ts";
import { siteReferences } from "../channels/select/site-images.ts";
import type { Site } from "../channels/site/site.ts";
import type { Manifest } from "../plan/manifest/manifest.ts";
import { encodingOf, variantKey } from "../plan/manifest/variants.ts";
import { withOutbox } from "../plan/outbox.ts";
import { announce } from "../run/announce.ts";
import type { Announced } from "../run/deliver-outbox.ts";
import type { Ports } from "../run/ports.ts";
import type { Prepared } from "../run/prepared.ts";
import { underLease } from "../run/process/lease.ts";
import { measureMedia } from "../run/read/measure.ts";
import type { CatalogCache } from "../state/catalog-cache.ts";
import { digestsOverTime } from "../state/over-time.ts";
import { commit, loadState } from "../state/state.ts";
import { articleKey, stateKeys } from "../state/state-keys.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";
import { copiesOverTime } from "./erase-copies.ts";
import { forgetObjects } from "./erase-objects.ts";
import { editionsOf, isEdition, type Traces, tracesOf, wordsOfEditions } from "./erase-traces.ts";

/** What was erased: every version of the keys in `gone`, the older versions of those in `past`. `kept`: its media that others show, too. */
export type Erased = {
  readonly gone: readonly string[];
  readonly past: readonly string[];
  readonly kept: readonly string[];
  readonly announced: readonly Announced[];
};

/**
 * Erases a withdrawn article: its file with all versions, the older versions of every published file that may have shown it, the
 * pictures that only it shows, and its text in state. Its id, its address, and the title in its notice remain.
 * Returns undefined if another run is writing.
 */
export async function erase(entry: LedgerEntry, prepared: Prepared, ports: Ports, site: Site): Promise<Erased | undefined> {
  const { content } = ports;
  const done = await underLease(ports, async (guarded) => {
    const [target, state] = [guarded(ports.target), guarded(ports.state)];
    const before = await loadState(state);
    const ofSite = siteReferences(
      site,
      prepared.selections.map(({ channel }) => channel),
    );
    const { media, shared } = await ownMedia(entry, prepared, ports, { ofSite, site });
    const digests = new Set([entry.digest, ...(await digestsOverTime(state, entry.id))]);
    const earlier = await copiesOverTime(state, { id: entry.id, digests, ofSite, folders: site.staticFolders });
    const lying = new Set((await target.list("media/")).map(({ key }) => key));
    const published = [...new Set([...media.map(({ copy }) => copy), ...earlier.filter((key) => lying.has(key))])];
    // The manifest and the catalog change before the bytes, so the manifest never names a missing file.
    const manifest = withoutErased(before.manifest.value, published, digests, ports, site);
    const saved = await commit(state, before, { manifest, catalog: scrubbed(before.catalog.value, entry) });
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
    await inParallel(known, (key) => target.dropHistory(key));
    // Also covers keys that the article has left, and encodings that site.yaml no longer lists.
    const isOurs = (key: Key) => !key.startsWith("media/") && !Object.hasOwn(saved.manifest.value.strangers, key);
    const past = [...new Set([...known, ...(await target.purge(isOurs, traces)).filter((key) => key !== "")])].sort();
    // State goes last: its texts tell what to look for.
    await inParallel([...[...digests].map(articleKey), ...editions.keys], (key) => eraseWhole(state, key));
    const { which, holds } = isEdition(entry, foreign);
    await state.purge(which, holds);
    // Nothing is left for which its media need to be known, and their names are words, too.
    const bare = await commit(state, saved, { catalog: withoutMedia(saved.catalog.value, entry, sources) });
    await forgetObjects(state, bare, wordsOfEditions(editions));
    await state.dropHistory(stateKeys.report);
    const { announced } = await announce({ ...ports, state }, bare);
    return {
      gone: [...sources.map((key) => `${content.address}/${key}`), ...[...published, ...left].map((key) => `${target.address}/${key}`)],
      past,
      kept: shared.map((key) => `${content.address}/${key}`),
      announced,
    };
  });
  return done.kind === "busy" ? undefined : done.value;
}

/** Digests of the other kept articles, without those that have the same text as this one. */
function foreignDigests({ entries }: Ledger, { id }: LedgerEntry, own: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...entries.values()].flatMap((entry) => (entry.id === id || own.has(entry.digest) ? [] : [entry.digest])));
}

function addressesOf({ id }: LedgerEntry, { catalog }: Prepared): readonly string[] {
  return [...catalog.entries, ...catalog.dropped].flatMap((entry) => (entry.id === id && entry.url !== undefined ? [entry.url] : []));
}

/** Compressed variants in the target that show the article, in encodings that site.yaml no longer lists. */
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
  await store.dropHistory(key);
}

/** The article's present path, and its earlier paths unless another file uses them now. */
async function ownSources({ keys }: LedgerEntry, content: Store): Promise<readonly Key[]> {
  const earlier = await inParallel(keys.slice(0, -1), async (key) => ((await content.read(key)) === undefined ? [key] : []));
  return [...earlier.flat(), ...keys.slice(-1)];
}

/**
 * The content files that only this article shows, with their published copies, and those that another article or the site shows, too. For a
 * file that is gone, as the catalog last knew it.
 */
async function ownMedia(
  { id, keys }: LedgerEntry,
  { catalog, intake, before }: Prepared,
  { content }: Ports,
  { ofSite, site }: { readonly ofSite: readonly MediaReference[]; readonly site: Site },
) {
  const entry = [...catalog.entries, ...catalog.dropped].find((one) => one.id === id);
  // Articles whose file is broken or gone have no record, and feeds still show them.
  const recordless = catalog.entries.filter((one) => one.id !== id && (one.state === "kept" || one.state === "missing"));
  const elsewhere = [
    ...intake.records.flatMap((record) => (record.kind === "article" && record.key !== keys.at(-1) ? mayShow(record.meta) : [])),
    ...recordless.flatMap(({ meta }) => mayShow(meta)),
    ...ofSite,
  ];
  const { mediaLimit: limit, staticFolders: folders } = site;
  const listing = await content.list();
  const fileOf = ({ key, listed }: Picture): Key => listed?.key ?? key;
  const others = new Set(picturesOf(elsewhere, listing, folders).map(fileOf));
  const pictures = picturesOf(entry === undefined ? [] : await shownBy(entry.meta, content, site), listing, folders);
  const own = pictures.filter((picture) => !others.has(fileOf(picture)));
  const shared = pictures.flatMap((picture) => (others.has(fileOf(picture)) && picture.listed !== undefined ? [fileOf(picture)] : []));
  const { media } = await measureMedia({ content, pictures: own, cached: before.catalog.value.media, limit, isLive: async () => true });
  return { media: [...media.values()].map((medium) => ({ key: medium.key, copy: mediumKey(medium) })), shared };
}

/** What an article shows by its file, or as the catalog last knew it. */
async function shownBy(meta: Metadata, content: Store, site: Site): Promise<readonly MediaReference[]> {
  const found = await content.read(meta.key);
  const body = found === undefined ? undefined : parseBody({ key: meta.key, bytes: found.bytes }, site, meta);
  return [...meta.media, ...(body?.media ?? [])];
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

/** Leaves of the article what its notice needs, and by which feeds pick it; and its media, so that a command that was cut finds them again. */
function scrubbed(catalog: CatalogCache, entry: LedgerEntry): CatalogCache {
  return withMetadata(
    catalog,
    entry,
    ({ correction: _, shown: _1, image: _2, comments: _3, via: _4, license: _5, rights: _6, ...meta }) => ({
      ...meta,
      mentioned: [],
      attachments: [],
      summary: "",
    }),
  );
}

function withoutMedia(catalog: CatalogCache, entry: LedgerEntry, erased: readonly Key[]): CatalogCache {
  const unmeasured = { ...catalog, media: catalog.media.filter(({ key }) => !erased.includes(key)) };
  return withMetadata(unmeasured, entry, (meta) => ({ ...meta, media: [] }));
}

function withMetadata(catalog: CatalogCache, { id, keys }: LedgerEntry, change: (meta: Metadata) => Metadata): CatalogCache {
  const known = Object.entries(catalog.known).map(([one, meta]) => [one, one === id ? change(meta) : meta]);
  const records = catalog.records.map((record) =>
    record.kind === "article" && record.key === keys.at(-1) ? { ...record, findings: [], meta: change(record.meta) } : record,
  );
  return { ...catalog, records, known: Object.fromEntries(known) };
}

/** The files of each channel that had the article, according to the manifests, and the site's own pages; with their variants. */
function publishedKeys({ id }: LedgerEntry, manifests: readonly Manifest[], { encodings }: Site): readonly Key[] {
  const keys = manifests.flatMap((manifest) => {
    const paths = new Set(Object.keys(manifest.members).filter((path) => manifest.members[path]?.includes(id) === true));
    const own = Object.entries(manifest.files).filter(([, { channel, article }]) => paths.has(channel) || channel === "" || article === id);
    return own.map(([key]) => key).filter((key) => !key.startsWith("media/"));
  });
  return [...new Set(keys.flatMap((key) => [key, ...encodings.map((encoding) => variantKey(key, encoding))]))].sort();
}
