import { Fault } from "../fault.ts";
import { type Key, longest, type Range } from "./store.ts";

/**
 * Why a key cannot be written, as the end of a sentence; undefined for a valid one. Every store refuses the same keys, so that
 * the content of one store can be copied to any other. A backslash is an ordinary character.
 */
export const flawOfKey = (key: Key): string | undefined => {
  if (key === "") return "it is empty";
  if (key.startsWith("/")) return "it begins with a slash";
  if (key.includes("\0")) return "it contains a NUL character";
  if (!key.isWellFormed()) return "it contains half of a surrogate pair, which no file name or address can";
  const segments = key.split("/");
  if (segments.includes("")) return "it has an empty segment";
  if (segments.includes(".") || segments.includes("..")) return 'it has a segment "." or "..", which would lead elsewhere';
  if (Buffer.byteLength(key) > longest.key) return `it has more than ${longest.key} bytes`;
  if (segments.some((segment) => Buffer.byteLength(segment) > longest.segment))
    return `it has a segment of more than ${longest.segment} bytes`;
  return undefined;
};

/** Throws a Fault for a key that must not be written: the code that made it has a bug. */
export const checkKey = (address: string, key: Key): void => {
  const flaw = flawOfKey(key);
  if (flaw !== undefined) throw new Fault(`${JSON.stringify(key)} cannot be a key in ${address}: ${flaw}. Nothing was changed.`);
};

/** Throws a Fault for a range that HTTP cannot express either. */
export const checkRange = (range: Range): void => {
  const whole = Number.isSafeInteger(range.first) && Number.isSafeInteger(range.last);
  if (!whole || range.first < 0 || range.last < range.first) throw new Fault(`Bytes ${range.first} to ${range.last} are not a range.`);
};

/**
 * Orders by UTF-16 code unit, like every list of keys. S3 orders by UTF-8 byte, which differs outside the Basic Multilingual
 * Plane.
 */
export const byKey = (a: { readonly key: Key }, b: { readonly key: Key }): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
