import { createHash, randomInt } from "node:crypto";
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../fault.ts";
import { historyOf, keepContent } from "./folder-history.ts";
import { listFolder } from "./folder-list.ts";
import { locked } from "./folder-lock.ts";
import { errnoOf, isAbsence, isHousekeeping, locate, makeParents, versionOf, writingFolder } from "./folder-paths.ts";
import { discardUnfinished, makeRoot, writeUnfinished } from "./folder-unfinished.ts";
import { checkKey, checkRange } from "./key.ts";
import { type Passage, withPassage } from "./passage.ts";
import type { Condition, Found, Key, Range, Removed, Store, Version, Written } from "./store.ts";

/**
 * A store in a folder, which is made on the first write. A version is inode, size and modification time in nanoseconds. It holds no
 * headers. `keep`: how many older contents of a key stay in `.history/`, for `history` (default none).
 */
export const folderStore = (address: string, options: { readonly keep?: number } = {}): Store => {
  const keep = options.keep ?? 0;
  const checked = (key: Key): void => {
    checkKey(address, key);
    if (isHousekeeping(key)) throw new Fault(`${key} in ${address} is the store's own: ${writingFolder}/ and .history/ are no place for content.`);
  };
  const told = telling(address);
  const store: Store = {
    address,
    list: (prefix = "") => told("list", prefix, async () => listed(address, prefix)),
    read: (key, range) =>
      told("read", key, async () => {
        checked(key);
        if (range !== undefined) checkRange(range);
        const root = rootOf(address);
        return root === undefined ? undefined : readFile(root, key, range);
      }),
    write: (key, content, _headers, condition) =>
      told("write", key, async () => {
        checked(key);
        const root = await makeRoot(address);
        // Asked once more under the lock; here it saves writing bytes that nobody will see.
        if (!holds(root, key, condition)) return { kind: "refused" };
        const unfinished = await writeUnfinished(root, content);
        try {
          return await locked(lockOf(root, key), (mine) => (holds(root, key, condition) ? replace(root, key, unfinished, keep, mine) : { kind: "refused" }));
        } finally {
          discardUnfinished(root, unfinished);
        }
      }),
    remove: (key, condition) =>
      told("remove", key, async () => {
        checked(key);
        const root = rootOf(address);
        if (root === undefined || locate(root, key) === undefined) return { kind: condition === undefined ? "removed" : "refused" };
        try {
          return await locked(lockOf(root, key), (mine) => (holds(root, key, condition) ? take(root, key, keep, mine) : { kind: "refused" }));
        } finally {
          discardUnfinished(root);
        }
      }),
    history: (key) =>
      told("read the history of", key, async () => {
        checked(key);
        const root = rootOf(address);
        return root === undefined ? [] : historyOf(root, key);
      }),
  };
  return withPassage(store, (key) => told("read", key, async () => openFile(address, key)));
};

/** Makes a Fault with its place of whatever an operation throws. */
const telling =
  (address: string) =>
  async <Result>(what: string, key: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Fault(`Cannot ${what} ${key === "" ? "" : `${key} in `}${address}: ${why}.`, { cause });
    }
  };

/** The real path of the folder; undefined where there is none yet. */
const rootOf = (address: string): string | undefined => {
  try {
    return realpathSync(address);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

const listed = (address: string, prefix: string) => {
  const root = rootOf(address);
  return root === undefined ? [] : listFolder(root, prefix, Date.now());
};

/** Calls `use` with an open file and its stat; undefined where there is no such file. */
const opened = <Result>(root: string, key: Key, use: (file: number, version: Version, size: number) => Result): Result | undefined => {
  const located = locate(root, key);
  if (located === undefined) return undefined;
  let file: number;
  try {
    // Not through a link, nor waiting at a pipe, that took the file's place a moment ago.
    file = openSync(located.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
  try {
    const stat = fstatSync(file, { bigint: true });
    return stat.isFile() ? use(file, versionOf(stat), Number(stat.size)) : undefined;
  } finally {
    closeSync(file);
  }
};

/** The version is from before the reading: should somebody write into the file meanwhile, the next listing shows another one. */
const readFile = (root: string, key: Key, range: Range | undefined): Found | undefined =>
  opened(root, key, (file, version, size) => {
    if (range === undefined) return { bytes: plain(readFileSync(file)), version };
    const bytes = Buffer.alloc(Math.max(0, Math.min(range.last + 1, size) - range.first));
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) read = readSync(file, bytes, length, bytes.length - length, range.first + length);
    return { bytes: plain(bytes.subarray(0, length)), version };
  });

/** A Buffer says more than `Uint8Array` does, and compares as unequal to one. */
const plain = (bytes: Buffer): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

const openFile = (address: string, key: Key): Passage | undefined => {
  const root = rootOf(address);
  const located = root === undefined ? undefined : locate(root, key);
  if (located === undefined) return undefined;
  return { stream: createReadStream(located.path), size: Number(located.stat.size) };
};

const lockOf = (root: string, key: Key): string => join(root, writingFolder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.lock`);

const holds = (root: string, key: Key, condition: Condition | undefined): boolean => {
  if (condition === undefined) return true;
  const located = locate(root, key);
  if ("ifAbsent" in condition) return located === undefined;
  return located !== undefined && versionOf(located.stat) === condition.ifVersion;
};

/** Puts a finished file in the place of a key. Under the lock. */
const replace = (root: string, key: Key, unfinished: string, keep: number, mine: () => boolean): Written => {
  const old = locate(root, key);
  const version = stamp(unfinished, old === undefined ? undefined : versionOf(old.stat));
  if (old !== undefined && keep > 0) keepContent(root, key, old, keep);
  for (let tries = 1; ; tries += 1) {
    try {
      makeParents(root, key);
      if (!mine()) throw new Fault(`${key} was locked for too long, and somebody else took it over. Nothing was changed; run again.`);
      renameSync(unfinished, join(root, key));
      return { kind: "written", version };
    } catch (error) {
      // Who removed the last file of a folder removes the folder, perhaps just now.
      if (errnoOf(error) !== "ENOENT" || tries === 100) throw error;
    }
  }
};

/**
 * Gives a file a time of its own, and so a version that the key has not had before: a freed inode is soon used again, and the kernel's
 * clock ticks only every few milliseconds, so that two contents of one size could otherwise look the same.
 */
const stamp = (path: string, before: Version | undefined): Version => {
  for (;;) {
    const seconds = Date.now() / 1000 + randomInt(1000) / 1e6;
    utimesSync(path, seconds, seconds);
    const version = versionOf(statSync(path, { bigint: true }));
    if (version !== before) return version;
  }
};

/** Removes the file of a key, and the folders that it leaves empty. Under the lock. */
const take = (root: string, key: Key, keep: number, mine: () => boolean): Removed => {
  const old = locate(root, key);
  if (old === undefined) return { kind: "removed" };
  if (keep > 0) keepContent(root, key, old, keep);
  if (!mine()) throw new Fault(`${key} was locked for too long, and somebody else took it over. Nothing was changed; run again.`);
  unlinkSync(join(root, key));
  for (let path = dirname(join(root, key)); path !== root; path = dirname(path)) {
    try {
      rmdirSync(path);
    } catch {
      break; // not empty, or gone already
    }
  }
  return { kind: "removed" };
};
