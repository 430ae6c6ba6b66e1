import { type BigIntStats, lstatSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { Fault } from "../../fault.ts";
import type { Key, Version } from "../store.ts";

/** What a folder store keeps for itself at its root: older contents, and what is being written (locks and unfinished files). */
export const historyFolder = ".history";
export const writingFolder = ".writing";

export const isHousekeeping = (key: Key): boolean => {
  const first = key.split("/", 1)[0];
  return first === historyFolder || first === writingFolder;
};

/** `path` is where the bytes are: not where the key is, when that is a link. */
export type Located = { readonly path: string; readonly stat: BigIntStats };

export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** A file of that name is not there, and could not be. */
export const isAbsence = (error: unknown): boolean => ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(errnoOf(error) ?? "");

export const versionOf = (stat: BigIntStats): Version => `${stat.ino}-${stat.size}-${stat.mtimeNs}`;

/** The file that a key names; undefined where there is none, or where the way to it is a link. `root` is a real path. */
export const locate = (root: string, key: Key): Located | undefined => {
  const segments = key.split("/");
  let path = root;
  try {
    for (const segment of segments.slice(0, -1)) {
      path = join(path, segment);
      if (!lstatSync(path).isDirectory()) return undefined;
    }
    return atPath(root, join(path, segments.at(-1) ?? ""));
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
};

/**
 * The file at a path whose folders are known to be real. A link counts as the file it leads to when that is inside the store, because
 * such a link is a choice of the newsroom's; a link out of it does not count, because it would publish what nobody put into the store.
 */
export const atPath = (root: string, path: string): Located | undefined => {
  const stat = lstatSync(path, { bigint: true });
  if (stat.isFile()) return { path, stat };
  if (!stat.isSymbolicLink()) return undefined;
  const real = realpathSync(path);
  const start = root.endsWith(sep) ? root : root + sep;
  if (!real.startsWith(start) || isHousekeeping(real.slice(start.length))) return undefined;
  const target = statSync(real, { bigint: true });
  return target.isFile() ? { path: real, stat: target } : undefined;
};

/** Makes the folders that a key needs. A Fault where one of them is a file or a link, through which a write could leave the store. */
export const makeParents = (root: string, key: Key): void => {
  let path = root;
  for (const segment of key.split("/").slice(0, -1)) {
    path = join(path, segment);
    try {
      mkdirSync(path);
    } catch (error) {
      if (errnoOf(error) !== "EEXIST") throw error;
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat !== undefined && !stat.isDirectory())
        throw new Fault(`${path} is not a folder, so ${key} cannot be written below it.`, { cause: error });
    }
  }
};
