import { hash } from "node:crypto";

/** A copy without undefined values: absent and undefined differ (`exactOptionalPropertyTypes`). */
export function omitUndefined<T extends object>(record: T): { readonly [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}

/** A copy with its names sorted by code unit, so that equal records give equal text. */
export function sortedRecord<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The SHA-256 of a value's JSON, in hexadecimal: the first `digits` of 64. By default 128 bits: nobody can find two values that meet. */
export function hashOfValue(value: unknown, digits = 32): string {
  return hash("sha256", JSON.stringify(value)).slice(0, digits);
}

/**
 * Whether two state values would give the same JSON: order counts, and undefined properties do not. Compares the values, not their
 * texts, because most parts of a run's result are the same objects as before, which `===` finds at once.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [ours, theirs] = [written(a), written(b)];
  return (
    ours.length === theirs.length && ours.every(([name, value], index) => name === theirs[index]?.[0] && isSame(value, theirs[index]?.[1]))
  );
}

function written(value: object): readonly (readonly [string, unknown])[] {
  const all = Object.entries(value);
  return Array.isArray(value) ? all : all.filter(([, part]) => part !== undefined);
}
