import { gunzipSync } from "node:zlib";
import { isSame } from "../articles/model/json-value.ts";
import type { Packed } from "../articles/packed.ts";
import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";
import type { Copy } from "../plan/changes/copies.ts";
import type { Write } from "../plan/changes/diff.ts";
import type { Plan } from "../plan/changes/make-plan.ts";
import type { Removal } from "../plan/changes/removals.ts";
import { orders, type WriteOrder } from "../plan/manifest/file.ts";
import { compress, variantKey } from "../plan/manifest/variants.ts";
import type { CatalogCache } from "../state/catalog-cache.ts";
import { commit, isPartChanged, type State } from "../state/state.ts";
import { articleKey } from "../state/state-keys.ts";
import { isSweepDue, sweep } from "../state/sweep.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Condition, Key, Listed, Store, Table } from "../stores/store.ts";
import { isDue } from "./deliver-outbox.ts";
import { updateEdge } from "./edge-rows.ts";
import { isOver, type TimeLeft } from "./process/time-left.ts";
import type { MakeAgain } from "./render-files.ts";

export type Changes = {
  readonly plan: Plan;
  readonly catalog: CatalogCache;
  /** The articles that a document will show and that are not kept yet, by digest. */
  readonly keep: ReadonlyMap<string, Packed>;
  /** Makes a file again whose bytes the plan does not hold. */
  readonly makeAgain?: MakeAgain;
};

export type Stores = {
  readonly content: Store;
  readonly target: Store;
  readonly state: Store;
  readonly left?: TimeLeft;
  readonly edge?: Table;
  /** The digests of all articles that are kept. */
  readonly keptDigests: () => Promise<ReadonlySet<string>>;
};

/** The state values that changed; only these are written. */
function stateChanges(
  changes: Changes,
  before: State,
): { readonly ledger: boolean; readonly catalog: boolean; readonly manifest: boolean } {
  return {
    ledger: isPartChanged("ledger", changes.plan.ledger, before) || !isSame(before.head.site, changes.plan.ledger.site),
    catalog: isPartChanged("catalog", changes.catalog, before),
    manifest: isPartChanged("manifest", changes.plan.manifest, before),
  };
}

/** Whether there is anything to write. A run without changes takes no lease and touches nothing. */
export function changesAnything(changes: Changes, before: State): boolean {
  if (changes.plan.frozen) return false;
  const { writes, copies, removes, manifest, now } = changes.plan;
  return (
    writes.length + copies.length + removes.length > 0 ||
    manifest.outbox.some((announcement) => isDue(announcement, now)) ||
    Object.values(stateChanges(changes, before)).includes(true)
  );
}

/** State and the listing of the target, once a plan is applied. */
export type Applied = { readonly state: State; readonly files: readonly Listed[] };

/**
 * Applies the plan, in an order that makes a cut at any point safe. First the kept articles and the ledger, so that state records every id
 * and date before readers see it; the catalog, which saves the next run from reading again, with the ledger. Then the files, link targets first and
 * the edge table last; files that block a path are removed before that path is written, other outdated files after all writes. The
 * manifest comes last. The caller holds the lease. `listed`: the target as the plan saw it.
 * @throws Fault if the target or the state changed since the plan was made; the manifest is then still true.
 */
export async function apply(changes: Changes, before: State, stores: Stores, listed: readonly Listed[]): Promise<Applied> {
  const { plan } = changes;
  const changed = stateChanges(changes, before);
  const kept = await keepArticles(stores.state, stores.keptDigests, changes.keep, stores.left);
  if (kept < changes.keep.size) throw outOfTime(kept, changes.keep.size, "articles were kept");
  const promised = changed.ledger
    ? { ledger: { ...plan.ledger, now: plan.now } satisfies Ledger, ...(changed.catalog ? { catalog: changes.catalog } : {}) }
    : changed.catalog
      ? { catalog: changes.catalog }
      : undefined;
  const recorded = promised === undefined ? before : await commit(stores.state, before, promised);

  /** Not with the last commit, whose objects no head names yet. */
  const swept = async () => {
    if (isOver(stores.left) || !isSweepDue(recorded.head, plan.now)) return {};
    // Until the manifest is written, the last one counts, which names those that are about to go.
    await sweep(stores.state, recorded.head, [...plan.manifest.kept, ...plan.dropBodies]);
    return { swept: plan.now };
  };
  const written = new Map<Key, Listed>();
  const all = plan.copies.length + plan.writes.length;
  let done = 0;
  const inTime = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isOver(stores.left)) throw outOfTime(done, all, "files were written, each completely");
    const result = await work();
    done += 1;
    return result;
  };
  await inParallel(plan.copies, async (copy) => void written.set(copy.key, await inTime(() => place(stores, copy))));
  const removed = (order?: WriteOrder) =>
    inParallel(
      plan.removes.filter(({ before }) => before === order),
      async (removal) => takeAway(stores.target, removal),
    );
  for (const order of orders) {
    await removed(order);
    await inParallel(
      plan.writes.filter((write) => write.order === order),
      async (write) => {
        for (const one of await inTime(async () => put(stores.target, write, await bytesOf(write, changes.makeAgain))))
          written.set(one.key, one);
      },
    );
  }
  if (plan.edge !== undefined && stores.edge !== undefined) await updateEdge(stores.edge, plan.edge);
  await removed();
  const files = Object.fromEntries(
    Object.entries(plan.manifest.files).map(([key, file]) => [key, { ...file, version: written.get(key)?.version ?? file.version }]),
  );
  for (const { key, encodings } of plan.writes) {
    const variants = encodings.map((encoding) => [encoding, written.get(variantKey(key, encoding))?.version] as const);
    const file = files[key];
    if (file !== undefined && variants.length > 0) files[key] = { ...file, variants: Object.fromEntries(variants) };
  }
  const manifest = { ...plan.manifest, files };
  const saved = changed.manifest || written.size > 0 ? await commit(stores.state, recorded, { manifest }, await swept()) : recorded;
  await inParallel(plan.dropBodies, async (digest) => void (await stores.state.remove(articleKey(digest))));
  const gone = new Set(plan.removes.flatMap(({ key, variants }) => [key, ...variants]));
  const stays = listed.filter(({ key }) => !gone.has(key) && !written.has(key));
  return { state: saved, files: [...stays, ...[...written.values()].filter(({ key }) => !gone.has(key))] };
}

/** Up to this many articles are written without a check which of them an earlier run, before it was cut, has already kept. */
const few = 20;

/** Keeps articles while there is time, and returns how many are kept. `keptDigests`: the digests that already are. */
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
    // Without a condition: the key is the hash of the content, and a refusal (409) would not prove that the object exists.
    await state.write(articleKey(digest), article, {});
    done += 1;
  });
  return done;
}

/**
 * Writes the variants first, so that no reader gets a variant older than its file. Each write is conditional on the listed version, like
 * that of the file: most readers get a variant, and an overtaken run could otherwise leave a wrong one there.
 */
async function put(target: Store, write: Write, gzip: Uint8Array): Promise<readonly Listed[]> {
  const { key, headers, encodings, variantsOver } = write;
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
  const done: Listed[] = [];
  for (const part of parts) {
    const condition: Condition = part.over === undefined ? { ifAbsent: true } : { ifVersion: part.over };
    const body = part.body();
    const written = await target.write(part.key, body, part.headers, condition);
    if (written.kind === "refused") throw changedUnderUs(`${target.address}/${part.key}`);
    done.push({ key: part.key, version: written.version, size: body.length, settled: true });
  }
  return done;
}

async function bytesOf({ key, gzip, hash }: Write, makeAgain: MakeAgain | undefined): Promise<Uint8Array> {
  if (gzip !== undefined) return gzip;
  const made = await makeAgain?.(key);
  if (made?.hash === hash) return made.gzip;
  throw new Fault(`${key} was rendered a second time, and came out differently. It was not written. This is a mistake in Wireroom itself.`);
}

/** Removes the plain file first, since only its version shows whether somebody wrote in between. If this run is cut, the next removes the variants. */
async function takeAway(target: Store, { key, over, variants }: Removal): Promise<void> {
  if (over !== undefined && (await target.remove(key, { ifVersion: over })).kind === "refused")
    throw changedUnderUs(`${target.address}/${key}`);
  for (const variant of variants) await target.remove(variant);
}

/** Copies a medium if it still has the measured hash. If the file changed since, the copy is undone, and the next run measures it again. */
async function place({ content, target }: Stores, { key, medium, headers, over, spare }: Copy): Promise<Listed> {
  const condition: Condition = over === undefined ? { ifAbsent: true } : { ifVersion: over };
  const isGone = spare !== undefined && (await content.find(medium.key)) === undefined;
  const from = isGone ? { copyFrom: target, key: spare } : { copyFrom: content, key: medium.key };
  const written = await target.write(key, { ...from, sha256: medium.hash }, headers, condition);
  if (written.kind === "refused") throw changedUnderUs(`${target.address}/${key}`);
  if (isGone) return { key, version: written.version, size: medium.bytes, settled: true };
  const now = medium.bytes === 0 ? undefined : await content.read(medium.key, { first: 0, last: 0 });
  if (medium.bytes === 0 || now?.version === medium.seen) return { key, version: written.version, size: medium.bytes, settled: true };
  await target.remove(key, { ifVersion: written.version });
  throw changedUnderUs(`${content.address}/${medium.key}`);
}

function outOfTime(done: number, all: number, what: string): Fault {
  return new Fault(`Time ran out after ${done} of ${all} ${what}. The next run continues from there.`);
}

function changedUnderUs(place: string): Fault {
  return new Fault(`${place} changed during this run.`, { kind: "overtaken" });
}
