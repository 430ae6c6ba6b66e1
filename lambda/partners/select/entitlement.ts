import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { matcherOf } from "../../channels/select/channel.ts";
import type { Desired } from "../../channels/select/select.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { refusalOf } from "./rights.ts";

/** Whether a partner may have an article at all, whatever the time. */
export type Entitlement = (entry: CatalogEntry) => boolean;

/** What a partner's rule and everybody's rights give it. */
export function entitlementOf(rule: PartnerRule, { selections }: Pick<Desired, "selections">, site: Site): Entitlement {
  const picks = rule.channel === undefined ? matcherOf(rule.where) : membershipOf(rule.channel, selections, site);
  const excepted = Object.keys(rule.except).length === 0 ? undefined : matcherOf(rule.except);
  return (entry) => picks(entry) && excepted?.(entry) !== true && refusalOf(entry.meta.rights, rule, site) === undefined;
}

/** A named channel picks by its rule, also while its feeds have moved elsewhere; any other channel is what its feed has. */
function membershipOf(channel: string, selections: Desired["selections"], site: Site): Entitlement {
  const named = site.channels.find((one) => one.kind === "named" && one.name === channel);
  if (named !== undefined) return matcherOf(named.where);
  const made = selections.find((selection) => selection.channel.path === channel)?.channel;
  const ids = new Set((made?.members ?? []).map(({ id }) => id));
  return ({ id }) => ids.has(id);
}
