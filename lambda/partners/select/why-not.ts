import type { Instant } from "../../articles/model/article.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { later } from "../../channels/catalog/ledger/dating.ts";
import { matcherOf } from "../../channels/select/channel.ts";
import type { Desired } from "../../channels/select/select.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { profileOf } from "../profiles/profiles.ts";
import { termsOf } from "../profiles/terms.ts";
import { entitlementOf } from "./entitlement.ts";
import { refusalOf } from "./rights.ts";

/** Why a partner does not get an article that readers may see; a sentence each. */
export function whyNot(
  entry: CatalogEntry,
  rule: PartnerRule,
  desired: Pick<Desired, "selections">,
  site: Site,
  now: Instant,
): readonly string[] {
  const refusal = refusalOf(entry.meta.rights, rule, site);
  const open = { ...rule, except: {}, sponsored: true, sources: ["*"] };
  const free = { ...entry, meta: { ...entry.meta, rights: { syndication: "allow" as const } } };
  const hours = [termsOf(profileOf(rule.profile), rule).demands.hours, rule.hours ?? 0].filter((count) => count > 0);
  const least = hours.length === 0 ? undefined : Math.min(...hours);
  return [
    ...(entry.state === "canceled" ? ["It is withdrawn, and the partner has never had it."] : []),
    ...(entitlementOf(open, desired, site)(free)
      ? []
      : [`The partner's "${rule.channel === undefined ? "where" : "channel"}" does not pick it.`]),
    ...(Object.keys(rule.except).length > 0 && matcherOf(rule.except)(entry) ? [`The partner's "except" leaves it out.`] : []),
    ...(refusal === undefined ? [] : [refusal]),
    ...(least !== undefined && later(entry.published, least * 3_600_000) <= now ? [`It is older than ${least} hours.`] : []),
  ];
}
