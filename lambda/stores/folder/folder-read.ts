import { closeSync, constants, createReadStream, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import type { Found, Key, Range, Streamed, Version } from "../store.ts";
import { isAbsence, locate, versionOf } from "./folder-paths.ts";

/** Does not follow a link, or wait at a pipe, that replaced the file a moment ago. */
const open = (root: string, key: Key): number | undefined => {
  const located = locate(root, key);
  if (located === undefined) return undefined;
  try {
    return openSync(located.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
};

/** Calls `use` with an open file and its stat; undefined if there is no such file. */
const opened = <Result>(root: string, key: Key, use: (file: number, version: Version, size: number) => Result): Result | undefined => {
  const file = open(root, key);
  if (file === undefined) return undefined;
  try {
    const stat = fstatSync(file, { bigint: true });
    return stat.isFile() ? use(file, versionOf(stat), Number(stat.size)) : undefined;
  } finally {
    closeSync(file);
  }
};

/** The version is from before the reading: if the file changes meanwhile, the next listing shows another version. */
export const readFile = (root: string, key: Key, range: Range | undefined): Found | undefined =>
  opened(root, key, (file, version, size) => {
    if (range === undefined) return { bytes: plain(readFileSync(file)), version };
    const bytes = Buffer.alloc(Math.max(0, Math.min(range.last + 1, size) - range.first));
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(file, bytes, length, bytes.length - length, range.first + length);
    return { bytes: plain(bytes.subarray(0, length)), version };
  });

/** A Buffer has more properties than a `Uint8Array`, and does not compare equal to one. */
const plain = (bytes: Buffer): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** The content of a file as a stream: it stays the file that was opened, even if another one takes its place. */
export const openFile = (root: string, key: Key): Streamed | undefined => {
  const file = open(root, key);
  if (file === undefined) return undefined;
  const stat = fstatSync(file);
  if (stat.isFile()) return { stream: createReadStream("", { fd: file }), size: stat.size };
  closeSync(file);
  return undefined;
};
