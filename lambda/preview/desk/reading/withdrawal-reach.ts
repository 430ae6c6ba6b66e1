import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { Ledger, LedgerEntry } from "../../../channels/catalog/ledger/ledger.ts";
import type { Site } from "../../../channels/site/site.ts";
import type { GroupedLog } from "../../../operator/proof/grouped-log.ts";
import { isDelivered, partnerFileOf } from "../../../operator/proof/requests.ts";
import { heldBy, sideOf } from "../../../operator/proof/withdrawn.ts";
import type { Fetched } from "../../../reports/proof.ts";
import { countByDay, type Days } from "./log-days.ts";

/** How far one withdrawal reached one partner, with its requests by day. */
export type PartnerReach = Fetched & { readonly daysBefore: readonly number[]; readonly daysSince: readonly number[] };

export type WithdrawalReach = { readonly entry: LedgerEntry; readonly partners: readonly PartnerReach[] };

/** Articles that were withdrawn from a partner of site.yaml, the latest first. */
export function withdrawnFromPartners({ entries }: Ledger, { partners }: Pick<Site, "partners">): readonly LedgerEntry[] {
  const since = ({ partners: told }: LedgerEntry): string =>
    partners
      .flatMap(({ name }) => (told !== undefined && Object.hasOwn(told.marks, name) ? (told.marks[name]?.gone ?? []) : []))
      .sort()
      .at(-1) ?? "";
  const dated = [...entries.values()].map((entry) => ({ entry, at: since(entry) }));
  return dated
    .filter(({ at }) => at !== "")
    .sort((a, b) => (a.at === b.at ? (a.entry.id < b.entry.id ? -1 : 1) : a.at > b.at ? -1 : 1))
    .map(({ entry }) => entry);
}

/** Which partners fetched a file that held each article, and which have fetched its withdrawal since: the answers of `wireroom withdrawn`. */
export function withdrawalReach(
  entries: readonly LedgerEntry[],
  { ledger, site }: { readonly ledger: Ledger; readonly site: Pick<Site, "partners"> },
  logs: readonly GroupedLog[],
  days: Days,
): readonly WithdrawalReach[] {
  const seconds = new Map<string, number[]>();
  for (const { groups } of logs)
    for (const { path, status, at } of groups) {
      const to = isDelivered({ status }) ? partnerFileOf(path) : undefined;
      if (to === undefined) continue;
      const name = `${to.partner}/${to.file}`;
      const known = seconds.get(name);
      if (known === undefined) seconds.set(name, [...at]);
      else for (const one of at) known.push(one);
    }
  return entries.map((entry) => ({
    entry,
    partners: heldBy(entry, ledger, site).map((held): PartnerReach => {
      const sides = Map.groupBy(seconds.get(`${held.partner}/${held.file}`) ?? [], (second) => sideOf(held, momentOf(second)));
      const [before, since] = [sides.get("before") ?? [], sides.get("since") ?? []];
      return {
        ...held,
        before: before.length,
        since: since.length,
        ...omitUndefined({
          lastBefore: before.length === 0 ? undefined : momentOf(before.reduce((a, b) => Math.max(a, b))),
          firstSince: since.length === 0 ? undefined : momentOf(since.reduce((a, b) => Math.min(a, b))),
        }),
        daysBefore: countByDay(days, before),
        daysSince: countByDay(days, since),
      };
    }),
  }));
}

const momentOf = (second: number): string => new Date(second * 1_000).toISOString();
