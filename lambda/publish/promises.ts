import type { Instant } from "../articles/article.ts";
import type { Ledger, SiteName } from "../channels/ledger.ts";
import { Fault } from "../fault.ts";

/**
 * Checks that this state may serve this run, and writes the site's name into a new ledger.
 * @throws Fault (usage) where the state belongs to another site; Fault where the clock went back, because dates would follow it.
 */
export function guardPromises(ledger: Ledger, name: SiteName, now: Instant): Ledger {
  const owner = ledger.site;
  if (owner === undefined) return { ...ledger, site: name };
  const fields = ["url", "feedUrl", "content", "target"] as const;
  const other = fields.filter((field) => owner[field] !== name[field]);
  if (other.length > 0) {
    const pairs = other.map((field) => `${field}: the state was made for ${owner[field]}, this run is for ${name[field]}`);
    throw new Fault(
      `This state belongs to another site (${pairs.join("; ")}). Name another --state, or put the settings back. Nothing was changed.`,
      { kind: "usage" },
    );
  }
  if (ledger.now !== undefined && ledger.now > now) {
    throw new Fault(
      `The clock went back: the last run was at ${ledger.now}, and now it is ${now}. Set the clock right. Nothing was changed.`,
    );
  }
  return ledger;
}
