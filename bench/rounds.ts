/** A measured piece of work: `work` does it once. */
export type Contender = { readonly name: string; readonly work: () => void };

/** Milliseconds of each round, in the order of the contenders; one array per round. */
export type Rounds = readonly (readonly number[])[];

/**
 * Runs all contenders in turn, round after round, so that other work of the machine affects all alike. Before that each runs
 * once, or as often as requested, without a clock, for the compiler. Every second round runs in reverse order.
 */
export function interleave(contenders: readonly Contender[], rounds: number, warmUps: number): Rounds {
  for (let round = 0; round < warmUps; round += 1) for (const { work } of contenders) work();
  return Array.from({ length: rounds }, (_, round) => {
    const times: number[] = [];
    const order = [...contenders.keys()];
    for (const index of round % 2 === 0 ? order : order.reverse()) times[index] = timed(contenders[index]);
    return times;
  });
}

/** Starts with a clean heap if Node.js was started with `--expose-gc`. */
function timed(contender: Contender | undefined): number {
  globalThis.gc?.();
  const start = performance.now();
  contender?.work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The median, and the limits of the middle half. */
export function spread(values: readonly number[]): { readonly median: number; readonly low: number; readonly high: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
  return { median: median(values), low: at(0.25), high: at(0.75) };
}
