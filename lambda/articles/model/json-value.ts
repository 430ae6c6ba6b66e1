import { hash } from "node:crypto";

/** The same record without the names whose value is undefined: absent and undefined are not the same (`exactOptionalPropertyTypes`). */
export function omitUndefined<T extends object>(record: T): { readonly [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}

/** The same record with its names in the order of their code units, so that equal records are equal text. */
export function sortedRecord<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** SHA-256 of a value as JSON writes it, in hexadecimal: the first `digits` of 64. */
export function hashOfValue(value: unknown, digits = 64): string {
  return hash("sha256", JSON.stringify(value)).slice(0, digits);
}
