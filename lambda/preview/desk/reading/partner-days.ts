import type { GroupedLog } from "../../../operator/proof/grouped-log.ts";
import { partnerFileOf } from "../../../operator/proof/requests.ts";
import { countByDay, type Days } from "./log-days.ts";

/** What one partner asked for: by status, the requests of each day. */
export type PartnerDays = {
  readonly partner: string;
  readonly statuses: readonly { readonly status: number; readonly counts: readonly number[] }[];
};

/** The requests of each of these partners by day and status. */
export function partnerDays(partners: readonly string[], logs: readonly GroupedLog[], days: Days): readonly PartnerDays[] {
  const found = new Map(partners.map((name) => [name, new Map<number, number[]>()]));
  for (const { groups } of logs)
    for (const { path, status, at } of groups) {
      const own = found.get(partnerFileOf(path)?.partner ?? "");
      if (own === undefined) continue;
      const counts = own.get(status) ?? days.names.map(() => 0);
      own.set(status, counts);
      for (const [index, count] of countByDay(days, at).entries()) counts[index] = (counts[index] ?? 0) + count;
    }
  return [...found].map(([partner, own]) => ({
    partner,
    statuses: [...own].map(([status, counts]) => ({ status, counts })).sort((a, b) => a.status - b.status),
  }));
}
