import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../fault.ts";
import type { Content } from "../store.ts";
import { openStream } from "../stream.ts";
import { errnoOf, writingFolder } from "./folder-paths.ts";

/** Milliseconds after which an unfinished file counts as the remains of an interrupted run. */
const abandonedAfter = 3_600_000;
const swept = new Set<string>();

/** Makes the folder of the store if it does not exist, and returns its real path. */
export const makeRoot = async (address: string): Promise<string> => {
  mkdirSync(address, { recursive: true });
  const root = realpathSync.native(address);
  if (!swept.has(root)) sweep(root);
  swept.add(root);
  return root;
};

/**
 * Writes content to a new file beside the content of the store, on the same file system, and through to the disk: one step then
 * moves it to the place of a key. Returns its path.
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
          `Only ${size} of ${streamed.size} bytes came for ${content.key} of ${content.copyFrom.address}. Nothing was changed; run again.`,
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
      // The folder is removed whenever it is empty, perhaps just now.
      if (errnoOf(error) !== "ENOENT") throw error;
      makeFolder(join(path, ".."));
    }
  }
};

/** Not `recursive`, which reports a read-only disk as a missing file. */
const makeFolder = (path: string): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
};

/** Removes a file that is no longer needed, and the folder for such files if it was the last. */
export const discardUnfinished = (root: string, path?: string): void => {
  if (path !== undefined) rmSync(path, { force: true });
  try {
    rmdirSync(join(root, writingFolder));
  } catch {
    // Another process is writing, or was faster.
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
