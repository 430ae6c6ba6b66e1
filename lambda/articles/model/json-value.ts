import { hash } from "node:crypto";

/** A copy without undefined values: absent and undefined differ (`exactOptionalPropertyTypes`). */
export function omitUndefined<T extends object>(record: T): { readonly [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const kept: { [Name in keyof T]?: Exclude<T[Name], undefined> } = {};
  // A loop, because this runs several times for each article.
  for (const name of Object.keys(record) as (keyof T)[]) {
    const value = record[name];
    if (value !== undefined) kept[name] = value as Exclude<T[keyof T], undefined>;
  }
  return kept as { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };
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
  if (Array.isArray(a)) return a.length === (b as typeof a).length && a.every((value, at) => isSame(value, (b as typeof a)[at]));
  const [ours, theirs] = [a as Values, b as Values];
  const [all, known] = [Object.keys(ours), Object.keys(theirs)];
  // As most have: a run compares every article so.
  if (all.length === known.length && all.every((name, at) => name === known[at]))
    return all.every((name) => isSame(ours[name], theirs[name]));
  const [names, others] = [defined(ours, all), defined(theirs, known)];
  return names.length === others.length && names.every((name, at) => name === others[at] && isSame(ours[name], theirs[name]));
}

type Values = Readonly<Record<string, unknown>>;

function defined(value: Values, names: readonly string[]): readonly string[] {
  return names.filter((name) => value[name] !== undefined);
}
