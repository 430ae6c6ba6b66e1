import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../fault.ts";
import type { Content } from "../store.ts";
import { openStream } from "../stream.ts";
import { errnoOf, writingFolder } from "./folder-paths.ts";

/** Milliseconds after which what lies unfinished is what a run that was cut left behind. */
const abandonedAfter = 3_600_000;
const swept = new Set<string>();

/** Makes the store's folder where it is not there, and gives its real path. */
export const makeRoot = async (address: string): Promise<string> => {
  mkdirSync(address, { recursive: true });
  const root = realpathSync(address);
  if (!swept.has(root)) sweep(root);
  swept.add(root);
  return root;
};

/**
 * Writes content to a new file beside the content of the store, on the same file system, and through to the disk: it can then take
 * the place of a key in one step. Gives its path.
 */
export const writeUnfinished = async (root: string, content: Content): Promise<string> => {
  const path = join(root, writingFolder, `${randomUUID()}.part`);
  const streamed = content instanceof Uint8Array ? undefined : await openStream(content);
  let file: FileHandle | undefined;
  try {
    file = await create(path);
    if (content instanceof Uint8Array) await file.writeFile(content);
    else if (streamed !== undefined) {
      await file.writeFile(streamed.stream);
      const { size } = await file.stat();
      if (size !== streamed.size) {
        throw new Fault(
          `${content.key} of ${content.copyFrom.address} gave ${size} bytes of ${streamed.size}. Nothing was changed; run again.`,
        );
      }
    }
    await file.sync();
    return path;
  } catch (error) {
    streamed?.stream.destroy();
    discardUnfinished(root, path);
    throw error;
  } finally {
    await file?.close();
  }
};

const create = async (path: string): Promise<FileHandle> => {
  for (;;) {
    try {
      return await open(path, "wx");
    } catch (error) {
      // The folder goes whenever it is empty, perhaps just now.
      if (errnoOf(error) !== "ENOENT") throw error;
      makeFolder(join(path, ".."));
    }
  }
};

/** Not `recursive`, which says of a disk that may only be read that something is not there. */
const makeFolder = (path: string): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
};

/** Removes a file that was not needed, and the folder for such files where it was the last. */
export const discardUnfinished = (root: string, path?: string): void => {
  if (path !== undefined) rmSync(path, { force: true });
  try {
    rmdirSync(join(root, writingFolder));
  } catch {
    // Somebody else is writing, or was quicker.
  }
};

const sweep = (root: string): void => {
  const folder = join(root, writingFolder);
  for (const name of namesIn(folder)) {
    const stat = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > abandonedAfter) rmSync(join(folder, name), { force: true });
  }
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw error;
  }
};
