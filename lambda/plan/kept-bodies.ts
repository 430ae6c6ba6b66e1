import type { Packed } from "../articles/packed.ts";
import type { CatalogEntry } from "../channels/catalog/catalog-entry.ts";
import type { Shows } from "./changes/copies.ts";

type Keeping = {
  /** To be kept from now on, by digest. */
  readonly keep: ReadonlyMap<string, Packed>;
  /** Kept until now and no longer shown anywhere. */
  readonly forget: readonly string[];
  /** All that is kept afterwards, ordered. */
  readonly kept: readonly string[];
};

/**
 * Every article that some document or page shows is kept, so that a neighbour's change needs no second parse and a broken edit has something to
 * fall back on; and every one whose end is told, so that it can be told again without its file. `before`: those that are kept already.
 */
export function keeping(shows: Shows, before: readonly string[], atHand: ReadonlyMap<string, Packed>): Keeping {
  const told = shows.selections.flatMap(({ channel }) => [
    ...channel.members.filter((entry) => entry.state === "canceled"),
    ...channel.dropped,
  ]);
  const shown = new Set(digestsOf([...documentsIn(shows).map(({ entry }) => entry), ...told, ...shows.paged]));
  const known = new Set(before);
  const keep = new Map(
    [...shown].flatMap((digest) => {
      const article = known.has(digest) ? undefined : atHand.get(digest);
      return article === undefined ? [] : [[digest, article] as const];
    }),
  );
  return {
    keep,
    forget: before.filter((digest) => !shown.has(digest)),
    kept: [...before.filter((digest) => shown.has(digest)), ...keep.keys()].sort(),
  };
}

/**
 * Bodies that are live, that this run does not have at hand, and that nobody has named as kept: a run that was cut before its manifest may
 * have kept them, and nobody else would ever take those away again.
 */
export function unnamedBodies(shows: Shows, named: readonly string[], atHand: ReadonlyMap<string, Packed>): readonly string[] {
  const known = new Set(named);
  const whole = documentsIn(shows).flatMap(({ entry, full }) => (full ? [entry] : []));
  return [...new Set(digestsOf([...whole, ...shows.paged]).filter((digest) => !known.has(digest) && !atHand.has(digest)))];
}

function documentsIn({ selections }: Shows) {
  return selections.flatMap(({ documents }) => documents.flatMap(({ shown }) => shown));
}

function digestsOf(entries: readonly CatalogEntry[]): readonly string[] {
  return entries.map(({ meta }) => meta.digest);
}
