import { hash } from "node:crypto";
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../fault.ts";
import type { Key, Past, Version } from "../store.ts";
import { errnoOf, type Located, locate, versionOf } from "./folder-paths.ts";

/** Where the older contents of a folder are, and how many are kept for each key. */
export type HistoryLimit = { readonly past: string; readonly keep: number };

/** One folder per key, with a name that people can find; a key that is too long becomes its hash. */
const folderOf = (past: string, key: Key): string => {
  const name = encodeURIComponent(key);
  return join(past, name.length <= 200 ? name : hash("sha256", key));
};

/** The names of older contents, oldest first: growing numbers, padded so that they sort as text. */
const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d{12}$/.test(name))
      .sort();
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw error;
  }
};

/**
 * Keeps a content that is about to be replaced, and removes older ones beyond `keep`. It stays the same file, with its version
 * and time.
 */
export const keepContent = (root: string, key: Key, old: Located, { past, keep }: HistoryLimit): void => {
  const folder = folderOf(past, key);
  mkdirSync(folder, { recursive: true });
  const names = namesIn(folder);
  const next = String(Number(names.at(-1) ?? 0) + 1).padStart(12, "0");
  const kept = join(folder, next);
  // The target of a link stays where it is and may change there, so it is copied.
  if (old.path !== join(root, key)) copyFileSync(old.path, kept);
  else linkOrCopy(old.path, kept);
  for (const name of [...names, next].slice(0, -keep)) rmSync(join(folder, name), { force: true });
};

const linkOrCopy = (from: string, to: string): void => {
  try {
    linkSync(from, to);
  } catch (error) {
    // A file system without hard links. The copy has another version and time, but the same bytes.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK"].includes(errnoOf(error) ?? "")) throw error;
    copyFileSync(from, to);
  }
};

/** The contents of the key over time, newest first. */
export const historyOf = (root: string, key: Key, past: string): readonly Past[] => {
  const present = locate(root, key);
  // A run that stops between keeping and replacing leaves the same content in both places.
  const older = olderOf(past, key).filter(({ stat }) => present === undefined || versionOf(stat) !== versionOf(present.stat));
  return [...(present === undefined ? [] : [present]), ...older].map(({ stat }) => ({
    version: versionOf(stat),
    size: Number(stat.size),
    modified: new Date(Number(stat.mtimeMs)).toISOString(),
    read: async () => contentOf(root, key, past, versionOf(stat)),
  }));
};

/** Removes every older content of a key. */
export const dropFolderHistory = (past: string, key: Key): void => {
  rmSync(folderOf(past, key), { recursive: true, force: true });
};

/** Longer than any text of ours; a video is not read. */
const most = 64_000_000;

/**
 * Removes every older content for which `holds` is true, and the files of interrupted writes (`writing`), which are in the store
 * without a key. Returns the keys; "" for a key so long that only its hash is known.
 */
export const purgeHistory = (
  past: string,
  which: (key: Key) => boolean,
  holds: (bytes: Uint8Array, key: Key) => boolean,
  writing: string,
): readonly Key[] => {
  const remove = (path: string, key: Key): boolean => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || stat.size > most || !holds(new Uint8Array(readFileSync(path)), key)) return false;
    rmSync(path, { force: true });
    return true;
  };
  for (const name of entriesIn(writing)) if (name.endsWith(".part")) remove(join(writing, name), "");
  return entriesIn(past).flatMap((name) => {
    const key = /^[0-9a-f]{64}$/.test(name) ? "" : decodeURIComponent(name);
    return which(key) && namesIn(join(past, name)).filter((one) => remove(join(past, name, one), key)).length > 0 ? [key] : [];
  });
};

const entriesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw error;
  }
};

/** Newest first. */
const olderOf = (past: string, key: Key): readonly Located[] => {
  const folder = folderOf(past, key);
  return namesIn(folder)
    .map((name) => join(folder, name))
    .reverse()
    .flatMap((path) => {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? [] : [{ path, stat }];
    });
};

/** By version, because the present content may have become history in the meantime. */
const contentOf = (root: string, key: Key, past: string, version: Version): Uint8Array => {
  const present = locate(root, key);
  const found = [...(present === undefined ? [] : [present]), ...olderOf(past, key)].find(({ stat }) => versionOf(stat) === version);
  if (found === undefined) throw new Fault(`${root} no longer keeps version ${version} of ${key}.`, { kind: "overtaken" });
  return new Uint8Array(readFileSync(found.path));
};
