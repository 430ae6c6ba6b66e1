import type { Instant } from "../articles/model/article.ts";
import { emptyLedger, type Ledger } from "../channels/catalog/ledger/ledger.ts";
import type { Metadata, SourceRecord } from "../channels/catalog/ledger/record.ts";
import type { Medium } from "../channels/media/media.ts";
import { Fault } from "../fault.ts";
import { emptyManifest, type Manifest, rightsSignals } from "../plan/manifest/manifest.ts";
import type { Key, Store, Version } from "../stores/store.ts";
import { open, type Sealed, seal } from "./envelope.ts";
import { stateKeys } from "./state-keys.ts";

/** The catalog as state keeps it: parsed sources without bodies, and the last known good data of articles whose file is broken or gone. */
export type CatalogCache = {
  /** Identifies the program and the settings that read the heads of the sources. */
  readonly fingerprint: string;
  /** Identifies the program and the settings that made their bodies. */
  readonly bodies: string;
  readonly records: readonly SourceRecord[];
  readonly known: Readonly<Record<string, Metadata>>;
  /** The measured files that articles refer to. */
  readonly media: readonly Medium[];
  /** How many files of the last listing look like articles but were not taken, by extension; absent if an earlier program wrote this. */
  readonly passedOver?: Readonly<Record<string, number>>;
  readonly next?: Instant;
};

/** A state value and the version that was read; the version is absent if the value did not exist. */
export type Versioned<T> = { readonly value: T; readonly version?: Version };

export type State = {
  readonly ledger: Versioned<Ledger>;
  readonly catalog: Versioned<CatalogCache>;
  readonly manifest: Versioned<Manifest>;
};

const emptyCatalog: CatalogCache = { fingerprint: "", bodies: "", records: [], known: {}, media: [] };

/** @throws Fault if a newer program wrote a value, or the ledger is damaged and no good version of it is left. */
export async function loadState(store: Store): Promise<State> {
  const [ledger, catalog, manifest] = await Promise.all([
    load<Ledger>(store, "ledger", emptyLedger),
    load<CatalogCache>(store, "catalog", emptyCatalog),
    loadManifest(store),
  ]);
  return { ledger, catalog, manifest };
}

/** If the manifest was removed, keeps from its last version only the hashes of the rights signals: pages name their owner, signals do not. */
export async function loadManifest(store: Store): Promise<Versioned<Manifest>> {
  const kept = await load<Manifest>(store, "manifest", emptyManifest);
  if (kept.version !== undefined) return kept;
  const last = Object.entries((await newestGood<Manifest>(store, "manifest"))?.files ?? {}).filter(([key]) => rightsSignals.has(key));
  const files = last.map(([key, { variants: _, ...file }]) => [key, { ...file, version: "", fingerprint: "" }] as const);
  return { value: { ...kept.value, files: Object.fromEntries(files) } };
}

/** The last saved report. Only people read it; no run depends on it. */
export async function loadReport<T>(store: Store, empty: T): Promise<T> {
  return (await load<T>(store, "report", empty)).value;
}

export async function saveReport(store: Store, value: unknown): Promise<void> {
  await store.write(stateKeys.report, seal("report", value), { contentType: "application/gzip" });
}

/** The digests under which an article was kept, as far as the store keeps old ledgers. */
export async function digestsOverTime(store: Store, id: string): Promise<readonly string[]> {
  const digests = new Set<string>();
  for (const past of await store.history(stateKeys.ledger)) {
    const entry = open<Ledger>(await past.read(), "ledger", `${store.address}/${stateKeys.ledger}`)?.entries[id];
    if (entry !== undefined) digests.add(entry.digest);
  }
  return [...digests];
}

/** Replaces the catalog that was read, outside a plan. A newer catalog from another run stays. */
export async function saveCatalog(store: Store, value: CatalogCache, { version }: Versioned<CatalogCache>): Promise<void> {
  const condition = version === undefined ? ({ ifAbsent: true } as const) : { ifVersion: version };
  await store.write(stateKeys.catalog, seal("catalog", value), { contentType: "application/gzip" }, condition);
}

/** Every manifest that the store keeps, newest first. The present one is the first. */
export async function* manifestsOverTime(store: Store): AsyncGenerator<Manifest> {
  for (const past of await store.history(stateKeys.manifest)) {
    const value = open<Manifest>(await past.read(), "manifest", `${store.address}/${stateKeys.manifest}`);
    if (value !== undefined) yield { ...emptyManifest, ...value };
  }
}

/** Every catalog that the store keeps, newest first. */
export async function* catalogsOverTime(store: Store): AsyncGenerator<CatalogCache> {
  for (const past of await store.history(stateKeys.catalog)) {
    const value = open<CatalogCache>(await past.read(), "catalog", `${store.address}/${stateKeys.catalog}`);
    if (value !== undefined) yield { ...emptyCatalog, ...value };
  }
}

/** Whether ledger and manifest are still those that a run planned from. */
export async function unchangedState(store: Store, before: State): Promise<boolean> {
  const [ledger, manifest] = await Promise.all([store.read(stateKeys.ledger), store.read(stateKeys.manifest)]);
  return ledger?.version === before.ledger.version && manifest?.version === before.manifest.version;
}

async function load<T>(store: Store, name: Sealed, empty: T): Promise<Versioned<T>> {
  const key = stateKeys[name];
  const found = await store.read(key);
  if (found === undefined) return { value: name === "ledger" ? ((await newestGood<T>(store, name)) ?? empty) : empty };
  const value = open<T>(found.bytes, name, `${store.address}/${key}`) ?? (await newestGood<T>(store, name));
  // Parts that an earlier program did not write are empty.
  if (value !== undefined) return { value: { ...empty, ...value }, version: found.version };
  if (name !== "ledger") return { value: empty, version: found.version };
  throw new Fault(
    `${store.address}/${key} is damaged, and no good version of it is left. Restore a copy, or remove the file to start with a new ledger. Nothing was changed.`,
  );
}

/** The newest intact version of a value. As long as the store keeps versions, a removed or cut ledger is not lost. */
async function newestGood<T>(store: Store, name: Sealed): Promise<T | undefined> {
  const key = stateKeys[name];
  for (const past of await store.history(key)) {
    const older = open<T>(await past.read(), name, `${store.address}/${key}`);
    if (older !== undefined) return older;
  }
  return undefined;
}

/** The key under which state keeps an article as last published. */
export function articleKey(digest: string): Key {
  return `${stateKeys.kept}${digest}.json.gz`;
}

/** The digests of all articles that are kept. */
export async function listKeptArticles(store: Store): Promise<ReadonlySet<string>> {
  const ending = articleKey("").length - stateKeys.kept.length;
  return new Set((await store.list(stateKeys.kept)).map(({ key }) => key.slice(stateKeys.kept.length, -ending)));
}
