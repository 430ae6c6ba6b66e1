import { gunzipSync, gzipSync } from "node:zlib";
import { utf8Of } from "./model/utf8.ts";

/**
 * An article with its body, as held in memory and kept in state: gzipped JSON, a quarter of its size. A run can hold many of them and
 * unpacks only those that a document shows.
 */
export type Packed = Uint8Array;

/** Higher levels take twice the time and save a fifteenth of the size. */
const level = 1;

/** Copies the result, because zlib returns a view into a larger buffer. */
export function packed(value: unknown): Packed {
  return new Uint8Array(gzipSync(utf8Of(JSON.stringify(value)), { level }));
}

/** Throws if the bytes are damaged. */
export function unpacked<Value>(bytes: Packed): Value {
  return JSON.parse(gunzipSync(bytes).toString("utf8")) as Value;
}
