import { randomInt } from "node:crypto";
import { renameSync, rmdirSync, statSync, unlinkSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../../fault.ts";
import type { Key, Removed, Version, Written } from "../store.ts";
import { type HistoryLimit, keepContent } from "./folder-history.ts";
import { errnoOf, locate, makeParents, versionOf } from "./folder-paths.ts";

/** Moves a finished file to the place of a key. Call it only under the lock of the key: `mine` says whether we still hold it. */
export const replaceFile = (root: string, key: Key, unfinished: string, keeping: HistoryLimit, mine: () => boolean): Written => {
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
      // A process that removes the last file of a folder removes the folder too, perhaps just now; and an empty folder may be in
      // the place of the file.
      const again = errnoOf(error) === "ENOENT" || (errnoOf(error) === "EISDIR" && tries === 1);
      if (!again || tries === 100) throw error;
      if (errnoOf(error) === "EISDIR") rmdirSync(join(root, key));
    }
  }
};

const overtaken = (key: Key): Fault =>
  new Fault(`Another process took over the lock of ${key}, which was held for too long. Nothing was changed; run again.`, {
    kind: "overtaken",
  });

/**
 * Gives a file its own time, and so a version that the key never had before. Inodes are soon used again, and the kernel's clock
 * ticks only every few milliseconds, so two contents of one size could otherwise have the same version.
 */
const stamp = (path: string, before: Version | undefined): Version => {
  for (;;) {
    const seconds = Date.now() / 1000 + randomInt(1000) / 1e6;
    utimesSync(path, seconds, seconds);
    const version = versionOf(statSync(path, { bigint: true }));
    if (version !== before) return version;
  }
};

/** Removes the file of a key, and the folders that become empty. Call it only under the lock of the key. */
export const take = (root: string, key: Key, keeping: HistoryLimit, mine: () => boolean): Removed => {
  const old = locate(root, key);
  if (old === undefined) return { kind: "removed" };
  if (keeping.keep > 0) keepContent(root, key, old, keeping);
  if (!mine()) throw overtaken(key);
  unlinkSync(join(root, key));
  for (let path = dirname(join(root, key)); path !== root; path = dirname(path)) {
    try {
      rmdirSync(path);
    } catch {
      break; // not empty, or already gone
    }
  }
  return { kind: "removed" };
};
