import { hash } from "node:crypto";
import type { Listed } from "../../stores/store.ts";

/** What a digest of a listing counts of each of its items. */
export type Countable = Pick<Listed, "key" | "version">;

/** 128 bits as eight sums of 16 bits, which plain numbers hold. */
export type Sum = Uint16Array;

export function sumFrom(text = "0".repeat(32)): Sum {
  return Uint16Array.from({ length: 8 }, (_, at) => Number.parseInt(text.slice(at * 4, at * 4 + 4), 16));
}

export function countInto(sum: Sum, { key, version }: Countable, sign: 1 | -1): void {
  // As text of one character a byte, since a buffer for each of a hundred thousand items costs more than its hash.
  const item = hash("sha256", `${key}\n${version}`, "binary");
  for (let at = 0; at < sum.length; at += 1)
    sum[at] = (sum[at] ?? 0) + sign * (item.charCodeAt(at * 2) * 256 + item.charCodeAt(at * 2 + 1));
}

export function add(sum: Sum, other: Sum): void {
  for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (other[at] ?? 0);
}

/** In hexadecimal, as `sumFrom` reads it. */
export function sumText(sum: Sum): string {
  return [...sum].map((part) => part.toString(16).padStart(4, "0")).join("");
}

/** `from`, a sum in hexadecimal, without some items and with others. */
export function sumOf(without: readonly Countable[], items: readonly Countable[], from?: string): string {
  const sum = sumFrom(from);
  for (const item of without) countInto(sum, item, -1);
  for (const item of items) countInto(sum, item, 1);
  return sumText(sum);
}
