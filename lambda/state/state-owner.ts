import type { Instant } from "../articles/model/article.ts";
import { hashOfValue } from "../articles/model/json-value.ts";
import { later } from "../channels/catalog/ledger/dating.ts";
import type { Ledger, SiteName } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";

/** What a state says of whose it is. A wire may move, to another name or into other buckets; all else that is another is a slip of the hand. */
const fields = ["url", "feedUrl", "content", "target"] as const;

/** By how much the clocks of two machines may differ and both be right, milliseconds. */
export const skew = 5 * 60_000;

/**
 * The moment of a run: its own, or, where one that began later was done before it, that one's, so that no date goes back. `elapsed`:
 * milliseconds since its own.
 * @throws Fault where the state is from a time to come: the clock went back, and dates would follow it.
 */
export function momentOf({ now: last }: Ledger, now: Instant, elapsed: number): Instant {
  if (last === undefined || last <= now) return now;
  const clock = later(now, elapsed);
  if (last <= later(clock, skew)) return last;
  throw new Fault(`The clock went back: the last run was at ${last}, and now it is ${clock}. Set the clock right. Nothing was changed.`);
}

/**
 * Checks that this state may serve this run, and writes the site's name into a new ledger, or into that of a wire whose move somebody allows.
 * @throws Fault (usage) where the state belongs to another site.
 */
export function guardPromises(ledger: Ledger, name: SiteName, allow: readonly string[] = []): Ledger {
  const owner = ledger.site;
  if (owner === undefined) return { ...ledger, site: name };
  const release = releaseOfMove(owner, name);
  if (release === undefined) return ledger;
  if (allow.includes(release)) return { ...ledger, site: name };
  const pairs = fields
    .filter((field) => owner[field] !== name[field])
    .map((field) => `${field}: the state was made for ${owner[field]}, this run is for ${name[field]}`);
  throw new Fault(
    `This state belongs to another site (${pairs.join("; ")}). Name another --state, or put the settings back. ` +
      `If the wire itself has moved and takes its state along: --allow ${release}. Nothing was changed.`,
    { kind: "usage" },
  );
}

/** `site@HASH`, which allows this very move; undefined where nothing moves. */
export function releaseOfMove(from: SiteName, to: SiteName): string | undefined {
  if (fields.every((field) => from[field] === to[field])) return undefined;
  const both = [from, to].map((name) => fields.map((field) => name[field]));
  return `site@${hashOfValue(both, 8)}`;
}
