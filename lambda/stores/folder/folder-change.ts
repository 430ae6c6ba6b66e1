import { randomInt } from "node:crypto";
import { renameSync, rmdirSync, statSync, unlinkSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../../fault.ts";
import type { Key, Removed, Version, Written } from "../store.ts";
import { type Keeping, keepContent } from "./folder-history.ts";
import { errnoOf, locate, makeParents, versionOf } from "./folder-paths.ts";

/** Puts a finished file in the place of a key. Only under the lock of the key: `mine` says that we still have it. */
export const replace = (root: string, key: Key, unfinished: string, keeping: Keeping, mine: () => boolean): Written => {
  const old = locate(root, key);
  const version = stamp(unfinished, old === undefined ? undefined : versionOf(old.stat));
  if (old !== undefined && keeping.keep > 0) keepContent(root, key, old, keeping);
  for (let tries = 1; ; tries += 1) {
    try {
      makeParents(root, key);
      if (!mine()) throw overtaken(key);
      renameSync(unfinished, join(root, key));
      return { kind: "written", version };
    } catch (error) {
      // Who removed the last file of a folder removes the folder, perhaps just now; an empty one may stand where the file is to be.
      const again = errnoOf(error) === "ENOENT" || (errnoOf(error) === "EISDIR" && tries === 1);
      if (!again || tries === 100) throw error;
      if (errnoOf(error) === "EISDIR") rmdirSync(join(root, key));
    }
  }
};

const overtaken = (key: Key): Fault => new Fault(`${key} was locked for too long, and somebody else took it over.`, { kind: "overtaken" });

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

/** Removes the file of a key, and the folders that it leaves empty. Only under the lock of the key. */
export const take = (root: string, key: Key, keeping: Keeping, mine: () => boolean): Removed => {
  const old = locate(root, key);
  if (old === undefined) return { kind: "removed" };
  if (keeping.keep > 0) keepContent(root, key, old, keeping);
  if (!mine()) throw overtaken(key);
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
