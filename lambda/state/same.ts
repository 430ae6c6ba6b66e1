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
