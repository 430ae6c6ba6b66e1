import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../fault.ts";
import { byKey } from "../key.ts";
import type { Key, Listed } from "../store.ts";
import { atPath, errnoOf, isAbsence, isHousekeeping, type Located, versionOf } from "./folder-paths.ts";

/** Milliseconds for which a file may change once more within one tick of the file system's clock, and keep its version. */
const unsettledFor = 2000;

/**
 * Every file below a real path, ordered by key. What disappears during the walk may have been moved to where the walk has been
 * already, so the walk is then done again; when it never comes to rest, that is a Fault, because half a listing looks like deletions.
 * Synchronous, because ten thousand small system calls in a row are four times as fast as through promises.
 */
export const listFolder = (root: string, prefix: string, now: number): readonly Listed[] => {
  for (let walks = 0; walks < 5; walks += 1) {
    const listed = walk(root, prefix, now);
    if (listed !== undefined) return [...new Map(listed.map((one) => [one.key, one])).values()].sort(byKey);
  }
  const message = `${root} could not be listed: files disappear while it is read. Run again when nothing else changes it.`;
  throw new Fault(message, { kind: "overtaken" });
};

/** Undefined where something disappeared meanwhile. */
const walk = (root: string, prefix: string, now: number): readonly Listed[] | undefined => {
  const listed: Listed[] = [];
  const folders: Key[] = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = entriesOf(join(root, folder));
    if (entries === undefined) return undefined;
    if (entries.some(({ name }) => name.includes(replacement))) listed.push(...misnamed(Buffer.from(join(root, folder)), folder, prefix));
    for (const entry of entries) {
      const key = folder + entry.name;
      if (isHousekeeping(key) || isMisnamed(join(root, key), entry)) continue;
      if (entry.isDirectory()) {
        const below = `${key}/`;
        if (below.startsWith(prefix) || prefix.startsWith(below)) folders.push(below);
      } else if (key.startsWith(prefix)) {
        const found = look(root, join(root, key), entry);
        if (found === undefined) return undefined;
        if (found !== "no file") listed.push(listedAs(key, found, now));
      }
    }
  }
  return listed;
};

/** Node shows what is no UTF-8 of a name as this, under which there is then no file. */
const replacement = "\uFFFD";

const isMisnamed = (path: string, { name }: Dirent): boolean =>
  name.includes(replacement) && lstatSync(path, { throwIfNoEntry: false }) === undefined;

/**
 * Files whose names, or those of their folders, are not UTF-8: no key names them, so they are listed as what nobody can read. Whoever reads a
 * listing is told of them, instead of seeing none of the others.
 */
const misnamed = (path: Buffer, folder: Key, prefix: string, within = false): readonly Listed[] =>
  readdirSync(path, { withFileTypes: true, encoding: "buffer" }).flatMap((entry): readonly Listed[] => {
    const name = entry.name.toString("utf8");
    if (!within && Buffer.from(name).equals(entry.name)) return [];
    const key = folder + name;
    if (entry.isDirectory()) return misnamed(Buffer.concat([path, Buffer.from("/"), entry.name]), `${key}/`, prefix, true);
    return entry.isFile() && key.startsWith(prefix) ? [{ key, version: "", size: 0, settled: false }] : [];
  });

const entriesOf = (path: string): readonly Dirent[] | undefined => {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

const look = (root: string, path: string, entry: Dirent): Located | "no file" | undefined => {
  try {
    return atPath(root, path) ?? "no file";
  } catch (error) {
    if (!isAbsence(error)) throw error;
    return entry.isSymbolicLink() ? "no file" : undefined; // a link that leads nowhere
  }
};

/** A time in the future settles too: whatever changes the file now gives it another one. */
const listedAs = (key: Key, { stat }: Located, now: number): Listed => ({
  key,
  version: versionOf(stat),
  size: Number(stat.size),
  settled: Math.abs(now - Number(stat.mtimeMs)) >= unsettledFor,
});
