import { hash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../fault.ts";
import { checkKey, checkRange } from "../key.ts";
import { collected } from "../scan.ts";
import type { Condition, Key, Listed, Store } from "../store.ts";
import { replaceFile, take } from "./folder-change.ts";
import { dropFolderHistory, historyOf, purgeHistory } from "./folder-history.ts";
import { findFile, scanFolder } from "./folder-list.ts";
import { locked } from "./folder-lock.ts";
import { errnoOf, historyFolder, isHousekeeping, locate, versionOf, writingFolder } from "./folder-paths.ts";
import { openFile, readFile } from "./folder-read.ts";
import { discardUnfinished, makeRoot, writeUnfinished } from "./folder-unfinished.ts";

/**
 * A store in a folder; the first write makes the folder. A version is inode, size and modification time in nanoseconds. It keeps
 * no headers. `keep`: how many older contents of a key `history` has (default none); `past`: the folder for them (default
 * `.history/` in the store; another one if everybody can read the store).
 */
export const folderStore = (address: string, options: { readonly keep?: number; readonly past?: string } = {}): Store => {
  const keeping = (root: string) => ({ keep: options.keep ?? 0, past: options.past ?? join(root, historyFolder) });
  const checked = (key: Key): void => {
    checkKey(address, key);
    if (isHousekeeping(key))
      throw new Fault(
        `${key} cannot be a key in ${address}: ${historyFolder}/ and ${writingFolder}/ belong to the store itself. Nothing was changed.`,
      );
  };
  const told = telling(address);
  async function* scan(prefix = ""): AsyncGenerator<readonly Listed[]> {
    try {
      const root = rootOf(address);
      if (root !== undefined) yield* scanFolder(root, prefix, Date.now());
    } catch (cause) {
      throw faultOf(address, "list", prefix, cause);
    }
  }
  return {
    address,
    tree: true,
    scan,
    list: (prefix) => collected(scan(prefix)),
    find: (key) => told("look at", key, async () => inRoot(address, (root) => findFile(root, key, Date.now()), undefined)),
    read: (key, range) =>
      told("read", key, async () => {
        checked(key);
        if (range !== undefined) checkRange(range);
        return inRoot(address, (root) => readFile(root, key, range), undefined);
      }),
    stream: (key) => told("read", key, async () => inRoot(address, (root) => openFile(root, key), undefined)),
    write: (key, content, _headers, condition) =>
      told("write", key, async () => {
        checked(key);
        const root = await makeRoot(address);
        // Checked again under the lock; here it saves writing bytes in vain.
        if (!holds(root, key, condition)) return { kind: "refused" };
        const unfinished = await writeUnfinished(root, content);
        try {
          return await locked(lockOf(root, key), (mine) =>
            holds(root, key, condition) ? replaceFile(root, key, unfinished, keeping(root), mine) : { kind: "refused" },
          );
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
          return await locked(lockOf(root, key), (mine) =>
            holds(root, key, condition) ? take(root, key, keeping(root), mine) : { kind: "refused" },
          );
        } finally {
          discardUnfinished(root);
        }
      }),
    dropHistory: (key) =>
      told("forget the history of", key, async () => {
        checked(key);
        inRoot(address, (root) => dropFolderHistory(keeping(root).past, key), undefined);
      }),
    purge: (which, holds) =>
      told("purge the history", "", async () =>
        inRoot(address, (root) => purgeHistory(keeping(root).past, which, holds, join(root, writingFolder)), []),
      ),
    history: (key) =>
      told("read the history of", key, async () => {
        checked(key);
        return inRoot(address, (root) => historyOf(root, key, keeping(root).past), []);
      }),
  };
};

/** Turns any error of an operation into a Fault with its place; the system's error is its cause. */
const telling =
  (address: string) =>
  async <Result>(what: string, key: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      throw faultOf(address, what, key, cause);
    }
  };

const faultOf = (address: string, what: string, key: Key, cause: unknown): Fault => {
  if (cause instanceof Fault) return cause;
  const kind = what === "read" && ["EACCES", "EPERM", "EIO"].includes(errnoOf(cause) ?? "") ? "unreadable" : "fault";
  return new Fault(`Cannot ${what} ${key === "" ? "" : `${key} in `}${address}.`, { kind, cause });
};

/** The real path of the folder; undefined if it does not exist yet. Every operation asks, so the system finds it: Node looks at each folder of the path. */
const rootOf = (address: string): string | undefined => {
  try {
    return realpathSync.native(address);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

/** Runs `look` in the folder; returns `otherwise` if the folder does not exist yet. */
const inRoot = <Seen>(address: string, look: (root: string) => Seen, otherwise: NoInfer<Seen>): Seen => {
  const root = rootOf(address);
  return root === undefined ? otherwise : look(root);
};

/** By hash, because a key may be longer than a file name. */
const lockOf = (root: string, key: Key): string => join(root, writingFolder, `${hash("sha256", key).slice(0, 32)}.lock`);

const holds = (root: string, key: Key, condition: Condition | undefined): boolean => {
  if (condition === undefined) return true;
  const located = locate(root, key);
  if ("ifAbsent" in condition) return located === undefined;
  return located !== undefined && versionOf(located.stat) === condition.ifVersion;
};
