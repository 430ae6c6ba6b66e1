import { type Packed, packed } from "../articles/packed.ts";
import type { CatalogEntry } from "../channels/catalog/catalog-entry.ts";
import type { Desired } from "../channels/select/select.ts";
import type { Shows } from "./changes/copies.ts";

type KeptBodies = {
  /** The articles to keep from now on, by digest. */
  readonly keep: ReadonlyMap<string, Packed>;
  /** The digests kept until now that nothing shows any more. */
  readonly drop: readonly string[];
  /** All digests kept afterwards, ordered. */
  readonly kept: readonly string[];
};

/**
 * Keeps every article that a document or page shows, so that a change beside it needs no second parse and a broken edit can fall back on
 * the last good text. Also keeps each withdrawn article with a notice, so that the notice outlives its file. `before`: the digests already kept.
 */
export function keptBodies(shows: Shows, before: readonly string[], atHand: ReadonlyMap<string, Packed>): KeptBodies {
  const told = shows.selections.flatMap(({ channel }) => [
    ...channel.members.filter((entry) => entry.state === "canceled"),
    ...channel.dropped,
  ]);
  const shown = new Map([...documentsIn(shows).map(({ entry }) => entry), ...told, ...shows.paged].map(({ meta }) => [meta.digest, meta]));
  const known = new Set(before);
  const keep = new Map(
    [...shown].flatMap(([digest, meta]) => {
      const isWhole = meta.shown?.isWhole === true;
      // Where only a summary or a notice is shown, the facts are kept without a body.
      const article = known.has(digest) ? undefined : (atHand.get(digest) ?? (isWhole ? undefined : packed({ meta })));
      return article === undefined ? [] : [[digest, article] as const];
    }),
  );
  return {
    keep,
    drop: before.filter((digest) => !shown.has(digest)),
    kept: [...before.filter((digest) => shown.has(digest)), ...keep.keys()].sort(),
  };
}

/**
 * Live bodies that this run has not loaded and that nothing records as kept: a run may have kept them before it was cut, and otherwise
 * nothing would ever remove them.
 */
export function unnamedBodies(shows: Shows, named: readonly string[], atHand: ReadonlyMap<string, Packed>): readonly string[] {
  const known = new Set(named);
  const whole = documentsIn(shows).flatMap(({ entry, full }) => (full ? [entry] : []));
  return [...new Set(digestsOf([...whole, ...shows.paged]).filter((digest) => !known.has(digest) && !atHand.has(digest)))];
}

export function showsOf({ selections, pages, shared }: Desired): Shows {
  return { selections, paged: pages.map(({ entry }) => entry), shared };
}

function documentsIn({ selections, shared }: Shows) {
  return [...selections.flatMap(({ documents }) => documents.flatMap(({ shown }) => shown)), ...shared];
}

function digestsOf(entries: readonly CatalogEntry[]): readonly string[] {
  return entries.map(({ meta }) => meta.digest);
}
