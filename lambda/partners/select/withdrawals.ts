import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { due, later, latest } from "../../channels/catalog/ledger/dating.ts";
import type { LedgerEntry, PartnerMark } from "../../channels/catalog/ledger/ledger.ts";
import type { Withheld } from "../../channels/catalog/withheld.ts";
import type { Desired } from "../../channels/select/select.ts";
import type { Entitlement } from "./entitlement.ts";
import type { WithdrawnItem } from "./partnered.ts";

type Gone = WithdrawnItem["life"]["kind"];

/** What is known of articles that may have left: their entries while readers hear of them, and why others are out. */
export type Leaving = {
  readonly now: Instant;
  readonly entries: ReadonlyMap<string, CatalogEntry>;
  readonly absent: Desired["catalog"]["absent"];
  readonly withheld: ReadonlyMap<string, Withheld>;
};

export function leavingOf({ catalog, entries, dropped }: Desired, now: Instant): Leaving {
  return {
    now,
    entries: new Map([...dropped, ...entries].map((entry) => [entry.id, entry])),
    absent: catalog.absent,
    withheld: new Map(catalog.withheld.map((one) => [one.key, one])),
  };
}

/** Why an article that a partner may have no longer is out. Without any other reason, it is no longer meant for this partner. */
function goneAs(id: string, { absent }: Leaving): Gone {
  const reason = absent.get(id);
  if (reason === undefined || reason === "canceled") return "canceled";
  return reason === "expired" ? "expired" : "withheld";
}

/**
 * The mark of an article that a partner has had, after this run. A withdrawal begins when the article was withdrawn, or with the first run
 * that finds it out; another kind of withdrawal is told anew.
 */
export function markAfter(mark: PartnerMark, entry: LedgerEntry, mayHave: boolean, leaving: Leaving): PartnerMark {
  const { now } = leaving;
  if (mayHave) return mark.gone === undefined ? mark : { back: now };
  const as = goneAs(entry.id, leaving);
  if (mark.gone !== undefined && mark.as === as) return mark;
  const { canceled } = entry;
  const since = as === "canceled" && canceled !== undefined && canceled > (mark.gone ?? mark.back ?? "") ? canceled : now;
  return { gone: since, as };
}

/** A withdrawal as the partner is told. `fallback`: the language where none is remembered. */
export function withdrawnItem(
  entry: LedgerEntry,
  mark: PartnerMark,
  entitled: Entitlement,
  leaving: Leaving,
  fallback: string,
): WithdrawnItem {
  const { gone: since = leaving.now, as } = mark;
  const { id, uri, published, keys, partners } = entry;
  const key = keys.at(-1) ?? "";
  const told = leaving.entries.get(id);
  const until = leaving.withheld.get(key);
  const reason = told?.state === "canceled" ? told.meta.canceled?.reason : entry.withdrawn?.reason;
  return {
    id,
    uri,
    key,
    published,
    updated: latest(entry.updated, since),
    language: partners?.language ?? fallback,
    life:
      as === "expired"
        ? { kind: "expired", since }
        : as === "withheld"
          ? { kind: "withheld", since, ...omitUndefined({ until: until?.reason === "embargoed" ? until.at : undefined }) }
          : { kind: "canceled", since, ...omitUndefined({ reason: entry.absent === "canceled" ? reason : undefined }) },
    ...omitUndefined({ url: partners?.url, title: as === "canceled" ? publicTitle(told, entitled, leaving.now) : undefined }),
  };
}

/** The title of a withdrawn article, if this partner might have it as it is now. */
function publicTitle(entry: CatalogEntry | undefined, entitled: Entitlement, now: Instant): string | undefined {
  if (entry === undefined || entry.state !== "canceled" || !entitled(entry)) return undefined;
  const { embargo, title } = entry.meta;
  return embargo !== undefined && due(embargo) > now ? undefined : title;
}

/** How long a withdrawal is told at least, in milliseconds. */
const month = 30 * 86_400_000;

/** When a withdrawal is no longer told. `days`: the profile's wish. */
export function toldUntil(since: Instant, retain: number, days: number): Instant {
  return later(since, Math.max(month, retain, days * 86_400_000));
}
