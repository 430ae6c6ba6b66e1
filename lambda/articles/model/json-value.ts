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

/** The SHA-256 of a value's JSON, in hexadecimal: the first `digits` of 64. */
export function hashOfValue(value: unknown, digits = 64): string {
  return hash("sha256", JSON.stringify(value)).slice(0, digits);
}
