import type { Instant } from "../../articles/model/article.ts";
import type { Ledger, LedgerEntry } from "../../channels/catalog/ledger/ledger.ts";
import type { Site } from "../../channels/site/site.ts";
import { dialects } from "../../partners/dialects/dialects.ts";
import type { Fetched, Held } from "../../reports/proof.ts";
import { isDelivered, type LoggedRequest, partnerFileOf } from "./requests.ts";

/**
 * Where partners had an article. The change log knows from when; without one, it is the article's first publication. A partner that site.yaml
 * no longer names has no file.
 */
export function heldBy(entry: LedgerEntry, { changes = {} }: Ledger, { partners }: Pick<Site, "partners">): readonly Held[] {
  const { marks = {}, language = "und" } = entry.partners ?? {};
  return partners.flatMap((rule) => {
    const mark = Object.hasOwn(marks, rule.name) ? marks[rule.name] : undefined;
    if (mark === undefined) return [];
    const told = Object.values(changes)
      .filter(({ partner, changes: all }) => partner === rule.name && all.some(({ id, op }) => id === entry.id && op === "update"))
      .map(({ at }) => at)
      .sort();
    const file = dialects[rule.profile].documentOf({ id: entry.id, language }, rule);
    return [{ partner: rule.name, file, from: told[0] ?? entry.firstSeen, ...(mark.gone === undefined ? {} : { gone: mark.gone }) }];
  });
}

/** Counts the requests for the files that held an article, before its withdrawal and since. */
export function withdrawalTally(held: readonly Held[]): {
  readonly add: (request: LoggedRequest) => void;
  readonly result: () => readonly Fetched[];
} {
  const found = new Map(held.map((one) => [`${one.partner}/${one.file}`, { ...one, before: 0, since: 0 } as Fetched]));
  return {
    add: (request) => {
      const to = partnerFileOf(request.path);
      const one = to === undefined ? undefined : found.get(`${to.partner}/${to.file}`);
      if (to === undefined || one === undefined || !isDelivered(request)) return;
      const side = sideOf(one, request.at.replace("Z", ".000Z"));
      if (side === undefined) return;
      found.set(
        `${to.partner}/${to.file}`,
        side === "since"
          ? { ...one, since: one.since + 1, firstSince: earliest(one.firstSince, request.at) }
          : { ...one, before: one.before + 1, lastBefore: latestOf(one.lastBefore, request.at) },
      );
    },
    result: () => [...found.values()],
  };
}

/**
 * Whether a request came before the withdrawal or since; undefined if the file did not have the article yet. Logs have whole seconds: the
 * second in which the withdrawal began counts as before it.
 */
export function sideOf({ from, gone }: Pick<Held, "from" | "gone">, at: Instant): "before" | "since" | undefined {
  if (at < `${from.slice(0, 19)}.000Z`) return undefined;
  return gone !== undefined && at > gone ? "since" : "before";
}

const earliest = (known: string | undefined, at: string): string => (known === undefined || at < known ? at : known);
const latestOf = (known: string | undefined, at: string): string => (known === undefined || at > known ? at : known);
