import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { Fault } from "../../fault.ts";
import type { Key, Listed } from "../store.ts";
import { atPath, errnoOf, isAbsence, isHousekeeping, type Located, locate, versionOf } from "./folder-paths.ts";

/** Milliseconds within which a file may change again in the same tick of the file system's clock, and keep its version. */
const unsettledFor = 2000;

/** Files in a batch, at least, but for the last. */
const together = 512;

/**
 * Every file below a real path, once. A file that disappears during the walk may have moved to a place that the walk has passed, so
 * the walk starts again, for what it has not seen. If files never stop disappearing, that is a Fault, because half a listing looks
 * like deletions. Synchronous, because ten thousand small system calls in a row are four times as fast without promises.
 */
export function* scanFolder(root: string, prefix: string, now: number): Generator<readonly Listed[]> {
  const seen = new Set<Key>();
  for (let walks = 0; walks < 5; walks += 1) {
    let [batch, complete]: [Listed[], boolean] = [[], true];
    for (const one of walk(root, prefix, now)) {
      if (one === "disappeared") complete = false;
      else if (!seen.has(one.key)) {
        seen.add(one.key);
        if (batch.push(one) < together) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
    if (complete) return;
  }
  const message = `${root} could not be listed, because files disappear during the listing. Nothing was changed; run again when no other program changes it.`;
  throw new Fault(message, { kind: "overtaken" });
}

function* walk(root: string, prefix: string, now: number): Generator<Listed | "disappeared"> {
  const folders: Key[] = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = entriesOf(join(root, folder));
    if (entries === undefined) {
      yield "disappeared";
      continue;
    }
    if (entries.some(({ name }) => name.includes(replacement))) yield* misnamed(Buffer.from(join(root, folder)), folder, prefix);
    for (const entry of entries) {
      const key = folder + entry.name;
      const path = `${root}${sep}${key}`;
      if (isHousekeeping(key) || isMisnamed(path, entry)) continue;
      if (entry.isDirectory()) {
        const below = `${key}/`;
        if (below.startsWith(prefix) || prefix.startsWith(below)) folders.push(below);
      } else if (key.startsWith(prefix)) {
        const found = look(root, path, entry);
        if (found !== "no file") yield found === undefined ? "disappeared" : listedAs(key, found, now);
      }
    }
  }
}

/** One file below a real path, as a scan shows it. */
export const findFile = (root: string, key: Key, now: number): Listed | undefined => {
  const located = key === "" || isHousekeeping(key) ? undefined : locate(root, key);
  return located && listedAs(key, located, now);
};

/** Node shows bytes of a name that are not UTF-8 as this character; no file has the resulting name. */
const replacement = "\uFFFD";

const isMisnamed = (path: string, { name }: Dirent): boolean =>
  name.includes(replacement) && lstatSync(path, { throwIfNoEntry: false }) === undefined;

/**
 * Files whose own names or folder names are not UTF-8. No key can name them, so they are listed as unreadable: the reader of the
 * listing learns of them and still gets all others.
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
    return entry.isSymbolicLink() ? "no file" : undefined; // a link to nothing
  }
};

/** A time in the future counts as settled too: any later change gives the file another time. */
const listedAs = (key: Key, { stat }: Located, now: number): Listed => ({
  key,
  version: versionOf(stat),
  size: Number(stat.size),
  settled: Math.abs(now - Number(stat.mtimeMs)) >= unsettledFor,
});
