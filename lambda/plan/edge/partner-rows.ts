import type { Instant } from "../../articles/model/article.ts";
import type { Ledger, PartnerKey, PartnerKeys } from "../../channels/catalog/ledger/ledger.ts";
import { type AccessRule, methodsOf } from "../../partners/access/methods.ts";
import { earlier } from "../../partners/access/partner-keys.ts";
import type { EdgeTable } from "./edge-table.ts";

const prefix = "partner ";

/** Who may fetch each partner's files, as the edge function reads it: methods, and hashes of keys with their ends. */
export function partnerRows(partners: readonly AccessRule[], known: Readonly<Record<string, PartnerKeys>> = {}): EdgeTable {
  const rows = partners.map((rule) => {
    const { name } = rule;
    const methods = methodsOf(rule);
    const { keys } = (Object.hasOwn(known, name) ? known[name] : undefined) ?? { keys: [] };
    const { header, expires } = rule.access;
    const open = methods.length === 0 ? [] : keys;
    const counting = open.map(({ hash, until }) => hash + secondOf(earlier(until, expires)));
    return [prefix + name, JSON.stringify({ methods, ...(methods.includes("header") ? { header } : {}), keys: counting })] as const;
  });
  return Object.fromEntries(rows);
}

/**
 * The keys that a table holds, for a ledger that was lost: since when and until when each counts is known only as far as the row says it.
 */
export function keysInTable(table: EdgeTable, now: Instant): NonNullable<Ledger["access"]> {
  const rows = Object.entries(table).filter(([key]) => key.startsWith(prefix));
  const known = rows.map(([key, value]) => {
    const { keys } = JSON.parse(value) as { readonly keys: readonly string[] };
    const read = keys.map((one): PartnerKey => {
      const [hash = "", end] = one.split(" ");
      return { hash, since: now, ...(end === undefined ? {} : { until: new Date(Number(end) * 1000).toISOString() }) };
    });
    return [key.slice(prefix.length), { keys: read }] as const;
  });
  return Object.fromEntries(known.filter(([, { keys }]) => keys.length > 0));
}

/** A table with other rows for partners. */
export function withPartnerRows(table: EdgeTable, rows: EdgeTable): EdgeTable {
  const others = Object.entries(table).filter(([key]) => !key.startsWith(prefix));
  return Object.fromEntries([...others, ...Object.entries(rows)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Seconds since 1970; a fraction would outlast its end. */
function secondOf(end: string | undefined): string {
  return end === undefined ? "" : ` ${Math.floor(Date.parse(end) / 1000)}`;
}
