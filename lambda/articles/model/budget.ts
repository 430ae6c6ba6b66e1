/**
 * What one body may come to, so that no source takes more memory and time than its share: tokens, tags and paragraphs of which a tree is
 * made (a novel has some hundred thousand), lines, and steps in which the Markdown engine looks ahead for the end of a link. Counted, not timed: the
 * same source is refused on every machine and every thread.
 */
export const most = { nodes: 250_000, lines: 250_000, steps: 20_000_000 } as const;

type Left = { nodes: number; lines: number; steps: number };

/** Of the body that is being made; nothing is counted where none is. */
let left: Left | undefined;

/** Thrown where the budget is spent, through an engine that has no other way out. */
const overspent = new Error("The budget of this body is spent.");

/** What the work comes to; undefined where that was beyond the budget. */
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
