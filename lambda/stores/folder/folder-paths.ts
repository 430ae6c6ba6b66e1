import { type BigIntStats, lstatSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { Fault } from "../../fault.ts";
import type { Key, Version } from "../store.ts";

/**
 * The folders at the root of a folder store for its own use: older contents, and writes in progress (locks and unfinished files).
 */
export const historyFolder = ".history";
export const writingFolder = ".writing";

export const isHousekeeping = (key: Key): boolean => {
  const first = key.split("/", 1)[0];
  return first === historyFolder || first === writingFolder;
};

/** `path` is where the bytes are, which differs from the place of the key if that is a link. */
export type Located = { readonly path: string; readonly stat: BigIntStats };

export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** The error says that no file with that name exists or can exist. */
export const isAbsence = (error: unknown): boolean => ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(errnoOf(error) ?? "");

export const versionOf = (stat: BigIntStats): Version => `${stat.ino}-${stat.size}-${stat.mtimeNs}`;

/** The file that a key names; undefined if there is none, or if a folder on the way is a link. `root` is a real path. */
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
 * The file at a path whose folders are known to be real. A link inside the store counts as its target, because the newsroom chose
 * it. A link out of the store does not count, because it would publish a file that nobody put into the store.
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

/**
 * Makes the folders that a key needs. A Fault if one of them is a file or a link, because a write through it could leave the
 * store.
 */
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
        throw new Fault(`${path} is not a folder, so ${key} cannot be written below it. Nothing was changed.`, { cause: error });
    }
  }
};
