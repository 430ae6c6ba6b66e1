import type { Key } from "../../stores/store.ts";
import { latest } from "./ledger/dating.ts";
import type { Ledger, LedgerEntry } from "./ledger/ledger.ts";
import { type LiveState, rebuildLedger } from "./rebuild.ts";

/**
 * The ledger with what live feeds show and it does not know. It is never behind them, unless somebody has put an older head back: articles
 * that were published or moved since then keep the ids and dates by which readers know them, and no `updated` goes back.
 */
export function caughtUp(ledger: Ledger, live: LiveState): Ledger {
  const { entries, feeds } = rebuildLedger(live).ledger;
  const known = ledger.entries;
  const places = new Map([...known.values()].map((entry) => [placeOf(entry), entry.id]));
  const owners = new Map([...entries.values()].map((entry) => [placeOf(entry), entry.id]));
  // A feed that somebody else has written may say anything.
  const isPast = ({ updated }: { readonly updated: string }) => updated <= live.now;
  const changed = [...entries.values()].filter(isPast).flatMap((shown): readonly LedgerEntry[] => {
    const own = known.get(shown.id);
    if (own === undefined) return [shown];
    const [from, to] = [placeOf(own), placeOf(shown)];
    // An entry that says no more than the ledger shows no move: its file may be another article's, of the same title.
    if (shown.updated <= own.updated) return [];
    const moved = to !== "" && to !== from && owners.get(from) !== own.id && !places.has(to);
    return [{ ...own, updated: latest(own.updated, shown.updated), keys: moved ? [...own.keys, to] : own.keys }];
  });
  const promised = Object.entries(feeds).filter(([path, feed]) => isPast(feed) && feed.updated > (ledger.feeds[path]?.updated ?? ""));
  if (changed.length === 0 && promised.length === 0) return ledger;
  return {
    ...ledger,
    entries: new Map([...known, ...changed.map((entry) => [entry.id, entry] as const)]),
    feeds: {
      ...ledger.feeds,
      ...Object.fromEntries(promised.map(([path, feed]) => [path, { ...feed, ...ledger.feeds[path], updated: feed.updated }])),
    },
  };
}

function placeOf({ keys }: LedgerEntry): Key {
  return keys.at(-1) ?? "";
}
