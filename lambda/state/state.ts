import { isSame } from "../articles/model/json-value.ts";
import { emptyLedger, type Ledger } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";
import { emptyManifest, type Manifest } from "../plan/manifest/manifest.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Condition, Store, Version } from "../stores/store.ts";
import { type CatalogCache, emptyCatalog } from "./catalog-cache.ts";
import { catalogFrom } from "./catalog-rows.ts";
import { firstVersion } from "./first-version.ts";
import { emptyHead, encodedHead, headIn, type PartName, type Root, type StateHead } from "./head.ts";
import { loadTables } from "./objects.ts";
import { encoded, hasOtherRows, rememberRows } from "./part-rows.ts";
import { articleKey, stateKeys } from "./state-keys.ts";
import { ledgerFrom, manifestFrom, tablesOf } from "./tables.ts";

/** A part of state as it was read. `root`: its objects that are still whole; a commit writes the others again. */
export type Part<T> = { readonly value: T; readonly root: Root };

/** State as a run reads it. `version`: of the head; absent if there is none. */
export type State = {
  readonly head: StateHead;
  readonly version?: Version;
  /** The head comes from an older version, and the next one written takes its place. */
  readonly past?: true;
  readonly ledger: Part<Ledger>;
  readonly catalog: Part<CatalogCache>;
  readonly manifest: Part<Manifest>;
  /** It was read from the first version's files, and the first commit writes all of it. */
  readonly migrated?: true;
};

/** The parts that a commit changes. */
export type PartChanges = { readonly ledger?: Ledger; readonly catalog?: CatalogCache; readonly manifest?: Manifest };

/** The head and its version; the version is absent if there is no head in its place. `past`: it comes from an older version. */
export type VersionedHead = { readonly head: StateHead; readonly version?: Version; readonly none?: true; readonly past?: true };

/**
 * The head, or its newest good version if it was removed or damaged.
 * @throws Fault if a newer program wrote it, or it is damaged and no good version of it is left.
 */
export async function loadHead(store: Store): Promise<VersionedHead> {
  const where = `${store.address}/${stateKeys.head}`;
  const found = await store.read(stateKeys.head);
  const head = found === undefined ? undefined : headIn(found.bytes, where);
  const version = found === undefined ? {} : { version: found.version };
  if (head !== undefined) return { head, ...version };
  for (const past of await store.history(stateKeys.head)) {
    const older = headIn(await past.read(), where);
    if (older !== undefined) return { head: older, ...version, past: true };
  }
  if (found === undefined) return { head: emptyHead, none: true };
  throw new Fault(
    `${where} is damaged, and no good version of it is left. Restore a copy, or remove the file to start with a new ledger. Nothing was changed.`,
  );
}

/** @throws Fault if a newer program wrote it, or a part of the ledger is lost and no good version of it is left. */
export async function loadState(store: Store, read?: VersionedHead): Promise<State> {
  const { head, version, none, past } = read ?? (await loadHead(store));
  if (none === true) return migratedState(await firstVersion(store));
  const [ledger, catalog, manifest] = await Promise.all([
    loadTables(store, tablesOf.ledger, head.roots.ledger, "precious"),
    loadTables(store, tablesOf.catalog, head.roots.catalog),
    loadTables(store, tablesOf.manifest, head.roots.manifest),
  ]);
  const promised = ledgerFrom(ledger?.rows ?? {}, head);
  const live = manifest === undefined ? emptyManifest : manifestFrom(manifest.rows, promised);
  if (manifest !== undefined) rememberRows(live, manifest.rows);
  return {
    head,
    ...(version === undefined ? {} : { version }),
    ...(past === undefined ? {} : { past }),
    ledger: { value: promised, root: ledger?.root ?? {} },
    catalog: { value: catalog === undefined ? emptyCatalog : catalogFrom(catalog.rows, promised), root: catalog?.root ?? {} },
    manifest: { value: live, root: manifest?.root ?? {} },
  };
}

function migratedState({ ledger, manifest }: Pick<PartChanges, "ledger" | "manifest">): State {
  return {
    head: emptyHead,
    ledger: { value: ledger ?? emptyLedger, root: {} },
    catalog: { value: emptyCatalog, root: {} },
    manifest: { value: manifest ?? emptyManifest, root: {} },
    ...(ledger === undefined ? {} : { migrated: true }),
  };
}

/** Whether a part has other rows than state. */
export function isPartChanged<P extends PartName>(part: P, value: State[P]["value"], before: State): boolean {
  return before.head.roots[part] === undefined || hasOtherRows(part, value, before[part]);
}

/**
 * Writes the objects of what changed, and then the head that names them. The head loses what an unchanged run would report, unless `set`
 * says it anew. `expected`: how many sources the catalog will have, if some are still to be read.
 * @throws Fault (overtaken) if another run has changed ledger or manifest.
 */
export async function commit(
  store: Store,
  before: State,
  changes: PartChanges,
  set: Partial<Pick<StateHead, "rest" | "swept">> = {},
  expected = 0,
): Promise<State> {
  const { migrated: _, past: _past, ...read } = before;
  const all: PartChanges =
    before.migrated === true ? { ledger: before.ledger.value, manifest: before.manifest.value, ...changes } : changes;
  const beside = { ledger: all.ledger ?? before.ledger.value, expected };
  // What a first run has kept on its way has all hashes, since there was no ledger yet.
  const isFirst = all.ledger !== undefined && before.head.roots.ledger === undefined;
  const known = isFirst ? { ...before, catalog: { ...before.catalog, root: {} } } : before;
  const parts = (["ledger", "catalog", "manifest"] as const).flatMap((part) => {
    const value = all[part];
    return value === undefined ? [] : [{ part, value, ...encoded(part, value, known[part], beside) }];
  });
  await inParallel(
    parts.flatMap(({ written }) => written),
    async ({ key, bytes }) => void (await store.write(key, bytes, { contentType: "application/gzip" })),
  );
  const changed = Object.fromEntries(parts.map(({ part, value, root }) => [part, { value, root }])) as Partial<State>;
  const { rest: _rest, ...stays } = before.head;
  const { site, now } = all.ledger ?? {};
  const head: StateHead = {
    ...stays,
    ...(site === undefined ? {} : { site }),
    ...(now === undefined ? {} : { now }),
    roots: { ...before.head.roots, ...Object.fromEntries(parts.map(({ part, root }) => [part, root])) },
    ...set,
  };
  const written = await replaceHead(store, head, before, all.catalog === undefined);
  return { ...read, ...changed, ...written };
}

/**
 * Replaces the head that was read. If only progress was made since, somebody else's newer catalog gives way to ours, or stays if we have
 * none.
 */
async function replaceHead(
  store: Store,
  head: StateHead,
  before: State,
  theirCatalog: boolean,
): Promise<{ head: StateHead; version: Version }> {
  let [next, over] = [head, before.version];
  for (let tries = 1; ; tries += 1) {
    const written = await writeHead(store, next, over);
    if (written !== undefined) return { head: next, version: written };
    const found = await store.read(stateKeys.head);
    const theirs = found === undefined ? undefined : headIn(found.bytes, `${store.address}/${stateKeys.head}`);
    if (theirs === undefined || !isSamePlan(theirs, before.head) || tries === 5) throw changedUnderUs(store);
    const { catalog } = theirs.roots;
    next = theirCatalog && catalog !== undefined ? { ...head, roots: { ...head.roots, catalog } } : head;
    over = found?.version;
  }
}

async function writeHead(store: Store, head: StateHead, over: Version | undefined): Promise<Version | undefined> {
  const condition: Condition = over === undefined ? { ifAbsent: true } : { ifVersion: over };
  const written = await store.write(stateKeys.head, encodedHead(head), { contentType: "application/json" }, condition);
  return written.kind === "written" ? written.version : undefined;
}

function changedUnderUs({ address }: Store): Fault {
  return new Fault(`${address}/${stateKeys.head} changed during this run.`, { kind: "overtaken" });
}

/**
 * Writes the catalog alone, without the lease: what a run has read is true whoever writes. If another run has written meanwhile, its head
 * stays.
 */
export async function commitProgress(store: Store, before: State, catalog: CatalogCache, expected = 0): Promise<State> {
  try {
    return await commit(store, before, { catalog }, {}, expected);
  } catch (error) {
    if (error instanceof Fault && error.kind === "overtaken") return before;
    throw error;
  }
}

/** Records what a run found that had nothing more to do. If another run has written meanwhile, its head stays. */
export async function commitRest(store: Store, { head, version, past }: VersionedHead, rest: StateHead["rest"] & object): Promise<void> {
  if (past === true || !isSame(head.rest, rest)) await writeHead(store, { ...head, rest }, version);
}

/** Whether ledger and manifest are still those that a run planned from. */
export async function unchangedState(store: Store, before: State): Promise<boolean> {
  const found = await store.read(stateKeys.head);
  if (found === undefined) return before.version === undefined;
  const head = headIn(found.bytes, `${store.address}/${stateKeys.head}`);
  // A damaged head was read from its history, and is the same as long as nobody writes it.
  return head === undefined ? found.version === before.version : isSamePlan(head, before.head);
}

/** A plan stands while the roots of ledger and manifest are those it was made from. */
function isSamePlan(one: StateHead, other: StateHead): boolean {
  return isSame([one.roots.ledger, one.roots.manifest], [other.roots.ledger, other.roots.manifest]);
}

/** The digests of all articles that are kept. */
export async function listKeptArticles(store: Store): Promise<ReadonlySet<string>> {
  const ending = articleKey("").length - stateKeys.kept.length;
  return new Set((await store.list(stateKeys.kept)).map(({ key }) => key.slice(stateKeys.kept.length, -ending)));
}
