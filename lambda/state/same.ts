/**
 * Whether two values of state would be written as the same JSON: order counts, and what is undefined is not written. Most of what a run
 * makes of ten thousand articles is what it was given, which is known at a glance; as text, both would be written out whole.
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
