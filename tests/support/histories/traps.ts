import type fc from "fast-check";
import { afterAll } from "vitest";

/** Counts how often a law's generators reached each trap, and prints the counts when the law's file ends. */
export type Traps = {
  readonly reach: (name: string) => void;
  /** A choice of named traps; counts each one that is drawn. */
  readonly trap: <Value>(name: string, arbitrary: fc.Arbitrary<Value>) => fc.Arbitrary<Value>;
  /** The names that were reached less often than this. */
  readonly missed: (names: readonly string[], times: number) => readonly string[];
};

export function countTraps(): Traps {
  const reached = new Map<string, number>();
  const reach = (name: string): void => void reached.set(name, (reached.get(name) ?? 0) + 1);
  afterAll(() => {
    const table = [...reached].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, times]) => `${name} ${times}`);
    console.log(`traps reached: ${table.join(", ")}`);
  });
  return {
    reach,
    trap: (name, arbitrary) =>
      arbitrary.map((value) => {
        reach(name);
        return value;
      }),
    missed: (names, times) => names.filter((name) => (reached.get(name) ?? 0) < times),
  };
}
