type Step = (older: unknown) => unknown;

/**
 * The steps from each ledger format to the next, oldest first. A released step never changes. There is none yet. Catalog and manifest
 * need none: a run rebuilds them if an older program wrote them.
 */
const steps: readonly Step[] = [];

/** The format that this program writes. */
export const ledgerFormat = steps.length + 1;

/** Converts a ledger of an older format to the present one. `all` is for tests. */
export function migrated(value: unknown, from: number, all: readonly Step[] = steps): unknown {
  return all.slice(Math.max(from - 1, 0)).reduce((older, step) => step(older), value);
}
