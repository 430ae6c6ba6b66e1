/**
 * What one body may cost, so that no source takes more memory and time than its share: nodes (tokens, tags and paragraphs of a tree; a
 * novel has some hundred thousand), lines, and steps in which the Markdown engine looks ahead for the end of a link. Counted, not timed:
 * every machine and every thread refuses the same sources.
 */
export const most = { nodes: 250_000, lines: 250_000, steps: 20_000_000 } as const;

type Left = { nodes: number; lines: number; steps: number };

/** What is left for the body in progress; undefined: nothing is counted. */
let left: Left | undefined;

/** Thrown when the budget is spent: the engine offers no other way out. */
const overspent = new Error("The budget of this body is spent.");

/** The result of `work`; undefined if it exceeds the budget. */
export function withinBudget<Result>(work: () => Result): Result | undefined {
  left = { ...most };
  try {
    return work();
  } catch (error) {
    if (error === overspent) return undefined;
    throw error;
  } finally {
    left = undefined;
  }
}

export function spend(what: keyof Left, times = 1): void {
  if (left === undefined) return;
  left[what] -= times;
  if (left[what] < 0) throw overspent;
}
