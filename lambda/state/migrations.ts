type Step = (older: unknown) => unknown;

/**
 * From each format of the ledger to the next, the oldest first; a step that was released once is never changed. There is none yet. Catalog
 * and manifest have none: what an older program wrote of them is made anew.
 */
const steps: readonly Step[] = [];

/** The format that this program writes. */
export const ledgerFormat = steps.length + 1;

/** A ledger of an older format as this program understands it. `all`: for tests. */
export function migrated(value: unknown, from: number, all: readonly Step[] = steps): unknown {
  return all.slice(Math.max(from - 1, 0)).reduce((older, step) => step(older), value);
}
