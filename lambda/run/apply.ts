import { gunzipSync } from "node:zlib";
import type { Packed } from "../articles/packed.ts";
import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";
import type { Copy } from "../plan/changes/copies.ts";
import type { Write } from "../plan/changes/diff.ts";
import type { Plan } from "../plan/changes/make-plan.ts";
import type { Removal } from "../plan/changes/removals.ts";
import { type Order, orders } from "../plan/manifest/file.ts";
import type { Manifest } from "../plan/manifest/manifest.ts";
import { compress, variantKey } from "../plan/manifest/variants.ts";
import { seal } from "../state/envelope.ts";
import { isSame } from "../state/same.ts";
import { type CatalogCache, type Kept, keptKey, type State } from "../state/state.ts";
import { stateKeys } from "../state/state-keys.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Condition, Key, Store, Table, Version } from "../stores/store.ts";
import { isDue } from "./deliver-outbox.ts";
import { updateEdge } from "./edge-rows.ts";
import { isOver, type TimeLeft } from "./process/time-left.ts";

export type Changes = {
  readonly plan: Plan;
  readonly catalog: CatalogCache;
  /** Articles that a document will show and that are not kept yet, by digest. */
  readonly keep: ReadonlyMap<string, Packed>;
};

export type Stores = {
  readonly content: Store;
  readonly target: Store;
  readonly state: Store;
  readonly left?: TimeLeft;
  readonly edge?: Table;
  /** The digests of all articles that are kept. */
  readonly kept: () => Promise<ReadonlySet<string>>;
};

/** What of state differs from what it was: only that is written. */
function stateChanges(
  changes: Changes,
  before: State,
): { readonly ledger: boolean; readonly catalog: boolean; readonly manifest: boolean } {
  return {
    ledger: !isSame(withoutNow(before.ledger.value), withoutNow(changes.plan.ledger)) || before.ledger.version === undefined,
    catalog: !isSame(before.catalog.value, changes.catalog) || before.catalog.version === undefined,
    manifest: !isSame(before.manifest.value, changes.plan.manifest) || before.manifest.version === undefined,
  };
}

/** Whether there is anything to do at all: a run without it takes no lease and touches nothing. */
export function changesAnything(changes: Changes, before: State): boolean {
  if (changes.plan.frozen) return false;
  const { ledger, catalog, manifest } = stateChanges(changes, before);
  return (
    ledger ||
    catalog ||
    manifest ||
    changes.plan.writes.length > 0 ||
    changes.plan.copies.length > 0 ||
    changes.plan.removes.length > 0 ||
    changes.plan.manifest.outbox.some((announcement) => isDue(announcement, changes.plan.now))
  );
}

/**
 * Does what the plan says: kept articles and the ledger first, so that no promise is seen before it is remembered; the catalog, which
 * spares the next run what this one has read, should it be cut from here on; then files, what is led to before what leads there, the
 * edge last; what nothing leads to any longer is removed, and before that what stands in the way of a file; the manifest last. The caller holds the lease.
 * @throws Fault where the target or the state changed since the plan was made; the manifest then still tells the truth.
 */
export async function apply(changes: Changes, before: State, stores: Stores): Promise<Kept<Manifest>> {
  const { plan } = changes;
  const changed = stateChanges(changes, before);
  const kept = await keepArticles(stores.state, stores.kept, changes.keep, stores.left);
  if (kept < changes.keep.size) throw outOfTime(kept, changes.keep.size, "articles had been kept");
  if (changed.ledger)
    await replace(stores.state, stateKeys.ledger, seal("ledger", { ...plan.ledger, now: plan.now } satisfies Ledger), before.ledger);
  if (changed.catalog) await replace(stores.state, stateKeys.catalog, seal("catalog", changes.catalog), before.catalog);

  const versions = new Map<Key, Version>();
  const all = plan.copies.length + plan.writes.length;
  let done = 0;
  const inTime = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isOver(stores.left)) throw outOfTime(done, all, "files had been written, each of them whole");
    const result = await work();
    done += 1;
    return result;
  };
  await inParallel(plan.copies, async (copy) => void versions.set(copy.key, await inTime(() => place(stores, copy))));
  const removed = (order?: Order) =>
    inParallel(
      plan.removes.filter(({ before }) => before === order),
      async (removal) => takeAway(stores.target, removal),
    );
  for (const order of orders) {
    await removed(order);
    await inParallel(
      plan.writes.filter((write) => write.order === order),
      async (write) => {
        for (const [key, version] of await inTime(() => put(stores.target, write))) versions.set(key, version);
      },
    );
  }
  if (plan.edge !== undefined && stores.edge !== undefined) await updateEdge(stores.edge, plan.edge);
  await removed();
  const files = Object.fromEntries(
    Object.entries(plan.manifest.files).map(([key, file]) => [key, { ...file, version: versions.get(key) ?? file.version }]),
  );
  for (const { key, encodings } of plan.writes) {
    const variants = encodings.map((encoding) => [encoding, versions.get(variantKey(key, encoding))] as const);
    const file = files[key];
    if (file !== undefined && variants.length > 0) files[key] = { ...file, variants: Object.fromEntries(variants) };
  }
  const manifest = { ...plan.manifest, files };
  const saved = changed.manifest || versions.size > 0 ? await saveManifest(stores.state, manifest, before.manifest) : before.manifest;
  await inParallel(plan.forget, async (digest) => void (await stores.state.remove(keptKey(digest))));
  return saved;
}

/** So many articles are kept without a look at which of them are kept already, by a run that was cut. */
const few = 20;

/** Keeps articles while there is time, and answers how many are kept. `kept`: tells which are already. */
export async function keepArticles(
  state: Store,
  kept: () => Promise<ReadonlySet<string>>,
  articles: ReadonlyMap<string, Packed>,
  left: TimeLeft | undefined,
): Promise<number> {
  const stored = articles.size <= few ? new Set() : await kept();
  const missing = [...articles].filter(([digest]) => !stored.has(digest));
  let done = articles.size - missing.length;
  await inParallel(missing, async ([digest, article]) => {
    if (isOver(left)) return;
    // Without a condition: its name is the hash of what it says, and a refusal (409) would not prove that it is there.
    await state.write(keptKey(digest), article, {});
    done += 1;
  });
  return done;
}

/** Writes the manifest over the one that was read. */
export async function saveManifest(state: Store, manifest: Manifest, before: Kept<Manifest>): Promise<Kept<Manifest>> {
  return { value: manifest, version: await replace(state, stateKeys.manifest, seal("manifest", manifest), before) };
}

/**
 * The variants first, so that no reader is offered one that is older than the file. Each is written over what the listing showed, like
 * the file: a run that was overtaken would otherwise leave what nobody publishes, and most readers are served a variant.
 */
async function put(target: Store, write: Write): Promise<readonly (readonly [Key, Version])[]> {
  const { key, gzip, headers, encodings, variantsOver } = write;
  const bytes = gunzipSync(gzip);
  const parts = [
    ...encodings.map((encoding) => ({
      key: variantKey(key, encoding),
      body: () => (encoding === "gzip" ? gzip : compress(bytes, encoding)),
      headers: { ...headers, contentEncoding: encoding },
      over: variantsOver[encoding],
    })),
    { key, body: () => bytes, headers, over: write.over },
  ];
  const versions: (readonly [Key, Version])[] = [];
  for (const part of parts) {
    const condition: Condition = part.over === undefined ? { ifAbsent: true } : { ifVersion: part.over };
    const written = await target.write(part.key, part.body(), part.headers, condition);
    if (written.kind === "refused") throw changedUnderUs(`${target.address}/${part.key}`);
    versions.push([part.key, written.version]);
  }
  return versions;
}

/** The plain file first, which alone can tell whether somebody wrote in between; a run cut here removes the rest the next time. */
async function takeAway(target: Store, { key, over, variants }: Removal): Promise<void> {
  if (over !== undefined && (await target.remove(key, { ifVersion: over })).kind === "refused")
    throw changedUnderUs(`${target.address}/${key}`);
  for (const variant of variants) await target.remove(variant);
}

/** A medium is copied under the hash of what was measured: if the file changed since, the copy is taken back, and the next run measures anew. */
async function place({ content, target }: Stores, { key, medium, headers, over }: Copy): Promise<Version> {
  const condition: Condition = over === undefined ? { ifAbsent: true } : { ifVersion: over };
  const written = await target.write(key, { copyFrom: content, key: medium.key, sha256: medium.hash }, headers, condition);
  if (written.kind === "refused") throw changedUnderUs(`${target.address}/${key}`);
  const now = medium.bytes === 0 ? undefined : await content.read(medium.key, { first: 0, last: 0 });
  if (medium.bytes === 0 || now?.version === medium.seen) return written.version;
  await target.remove(key, { ifVersion: written.version });
  throw changedUnderUs(`${content.address}/${medium.key}`);
}

function outOfTime(done: number, all: number, what: string): Fault {
  return new Fault(`The time was over when ${done} of ${all} ${what}. The run stopped; the next one goes on from there.`);
}

function changedUnderUs(place: string): Fault {
  return new Fault(`${place} changed while this run was at work.`, { kind: "overtaken" });
}

/** Writes a value of state over the one that was read. */
export async function replace(state: Store, key: Key, bytes: Uint8Array, before: Kept<unknown>): Promise<Version> {
  const condition: Condition = before.version === undefined ? { ifAbsent: true } : { ifVersion: before.version };
  const written = await state.write(key, bytes, { contentType: "application/gzip" }, condition);
  if (written.kind === "written") return written.version;
  throw changedUnderUs(`${state.address}/${key}`);
}

function withoutNow({ now: _, ...rest }: Ledger): Omit<Ledger, "now"> {
  return rest;
}
