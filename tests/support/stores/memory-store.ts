import { Readable } from "node:stream";
import { byKey, checkKey, checkRange } from "../../../lambda/stores/key.ts";
import type { Condition, Content, Headers, Key, Store } from "../../../lambda/stores/store.ts";
import { openStream } from "../../../lambda/stores/stream.ts";

type Kept = { readonly bytes: Uint8Array; readonly version: string; readonly headers: Headers; readonly modified: string };

type Remembered = {
  readonly present: ReadonlyMap<Key, Kept>;
  readonly past: ReadonlyMap<Key, readonly Kept[]>;
  readonly writes: number;
};
const memories = new WeakMap<Store, () => Remembered>();

/** Another store in memory with the same contents, versions and history. */
export function copyOf(store: Store): Store {
  const memory = memories.get(store);
  if (memory === undefined) throw new Error(`${store.address} is no store in memory`);
  return memoryStore(store.address, undefined, memory());
}

/**
 * A store in memory, for tests. It keeps every content that a key ever had. `now` (milliseconds since 1970) gives
 * the dates of `history`.
 */
export const memoryStore = (address = "memory", now: () => number = Date.now, from?: Remembered): Store => {
  const present = new Map<Key, Kept>(from?.present);
  const past = new Map<Key, readonly Kept[]>(from?.past);
  let writes = from?.writes ?? 0;

  const holds = (key: Key, condition: Condition | undefined): boolean => {
    if (condition === undefined) return true;
    const version = present.get(key)?.version;
    return "ifAbsent" in condition ? version === undefined : version === condition.ifVersion;
  };

  const list: Store["list"] = async (prefix = "") =>
    [...present]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { bytes, version }]) => ({ key, version, size: bytes.length, settled: true }))
      .sort(byKey);

  const store: Store = {
    address,
    scan: async function* (prefix) {
      const listed = await list(prefix);
      // Not in order, as no store promises.
      for (let to = listed.length; to > 0; to -= 2) yield listed.slice(Math.max(0, to - 2), to);
    },
    list,
    find: async (key) => (await list(key)).find((one) => one.key === key),
    read: async (key, range) => {
      if (range !== undefined) checkRange(range);
      const kept = present.get(key);
      if (kept === undefined) return undefined;
      const { bytes, version, headers } = kept;
      return { bytes: range === undefined ? bytes.slice() : bytes.slice(range.first, range.last + 1), version, headers };
    },
    stream: async (key) => {
      const kept = present.get(key);
      return kept && { stream: Readable.from([kept.bytes.slice()]), size: kept.bytes.length, headers: kept.headers };
    },
    write: async (key, content, headers, condition) => {
      checkKey(address, key);
      const { bytes, headers: theirs } = await contentOf(content);
      // From here on the code is synchronous, so no other write comes between the condition and the change.
      if (!holds(key, condition)) return { kind: "refused" };
      writes += 1;
      const kept = { bytes, version: `m${writes}`, headers: headers ?? theirs, modified: new Date(now()).toISOString() };
      present.set(key, kept);
      past.set(key, [kept, ...(past.get(key) ?? [])]);
      return { kind: "written", version: kept.version };
    },
    remove: async (key, condition) => {
      if (!holds(key, condition)) return { kind: "refused" };
      present.delete(key);
      return { kind: "removed" };
    },
    dropHistory: async (key) => {
      const kept = present.get(key);
      if (kept === undefined) past.delete(key);
      else past.set(key, [kept]);
    },
    purge: async (which, holds) =>
      [...past].flatMap(([key, all]) => {
        const left = all.filter((kept) => kept === present.get(key) || !which(key) || !holds(kept.bytes.slice(), key));
        if (left.length === all.length) return [];
        past.set(key, left);
        return [key];
      }),
    history: async (key) =>
      (past.get(key) ?? []).map(({ version, bytes, modified }) => ({
        version,
        size: bytes.length,
        modified,
        read: async () => bytes.slice(),
      })),
  };
  memories.set(store, () => ({ present, past, writes }));
  return store;
};

const contentOf = async (content: Content): Promise<{ bytes: Uint8Array; headers: Headers }> => {
  // A copy, because the caller may change its array. `slice` of a Buffer would share its memory.
  if (content instanceof Uint8Array) return { bytes: new Uint8Array(content), headers: {} };
  const { stream, headers = {} } = await openStream(content);
  return { bytes: new Uint8Array(Buffer.concat(await stream.toArray())), headers };
};
