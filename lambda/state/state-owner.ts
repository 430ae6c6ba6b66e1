import type { Instant } from "../articles/model/article.ts";
import { hashOfValue } from "../articles/model/json-value.ts";
import { later } from "../channels/catalog/ledger/dating.ts";
import type { Ledger, SiteName } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";

/** The fields that identify the owner of a state. A site may move to another address or bucket; any other difference is a mistake. */
const fields = ["url", "feedUrl", "content", "target"] as const;

/** The largest accepted difference between the clocks of two machines, in milliseconds. */
export const skew = 5 * 60_000;

/**
 * The moment of a run: its own, or that of the last run if that is later, so that no date goes back. `elapsed`: milliseconds since the
 * run began.
 * @throws Fault if the last run is in the future: the clock went back, and dates would go back with it.
 */
export function momentOf({ now: last }: Pick<Ledger, "now">, now: Instant, elapsed: number): Instant {
  if (last === undefined || last <= now) return now;
  const clock = later(now, elapsed);
  if (last <= later(clock, skew)) return last;
  throw new Fault(
    `The clock went back: the last run was at ${last}, and the clock now says ${clock}. If the clock is wrong, correct it. If the last run ` +
      `had a --now in the future, go on from there with --now ${last}, or undo it by an older head of state (docs/runbook.md#a-run-failed). ` +
      "Nothing was changed.",
  );
}

/**
 * Checks that this state belongs to the run's site. Writes the site's name into a new ledger, or after a move that somebody allowed.
 * @throws Fault (usage) if the state belongs to another site.
 */
export function guardOwner(ledger: Ledger, name: SiteName, allow: readonly string[] = []): Ledger {
  const owner = ledger.site;
  const release = owner === undefined ? undefined : moveRelease(owner, name);
  if (owner !== undefined && (release === undefined || !allow.includes(release))) mustOwn(owner, name);
  return owner === undefined || release !== undefined ? { ...ledger, site: name } : ledger;
}

/** @throws Fault (usage) if a state belongs to another site. `owner`: the site that state names, if there is one. */
export function mustOwn(owner: SiteName | undefined, name: SiteName): void {
  const release = owner === undefined ? undefined : moveRelease(owner, name);
  if (owner === undefined || release === undefined) return;
  const pairs = fields
    .filter((field) => owner[field] !== name[field])
    .map((field) => `${field}: the state was made for ${owner[field]}, this run is for ${name[field]}`);
  throw new Fault(
    `This state belongs to another site (${pairs.join("; ")}). Name another --state, or restore the earlier settings. ` +
      `If the site itself has moved, publish with --allow ${release} to keep the state. Nothing was changed.`,
    { kind: "usage" },
  );
}

/** `site@HASH`, which allows exactly this move; undefined if nothing moved. */
export function moveRelease(from: SiteName, to: SiteName): string | undefined {
  if (fields.every((field) => from[field] === to[field])) return undefined;
  const both = [from, to].map((name) => fields.map((field) => name[field]));
  return `site@${hashOfValue(both, 8)}`;
}
