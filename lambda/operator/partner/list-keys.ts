import type { Instant } from "../../articles/model/article.ts";
import type { PartnerKeys } from "../../channels/catalog/ledger/ledger.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import { methodsOf } from "../../partners/access/methods.ts";
import { accessState, countingKeys } from "../../partners/access/partner-keys.ts";
import type { PartnerStatus, PartnersReport } from "../../reports/partner-access.ts";
import type { Settings } from "../../settings.ts";
import { loadState } from "../../state/state.ts";

/** Who may fetch what, for each partner of site.yaml and each that had a key; writes nothing. */
export async function listPartners({ site, state, now }: Settings): Promise<PartnersReport> {
  const { access = {} } = (await loadState(state)).ledger.value;
  const rules = new Map(site.partners.map((rule) => [rule.name, rule]));
  const names = [
    ...rules.keys(),
    ...Object.keys(access)
      .filter((name) => !rules.has(name))
      .sort(),
  ];
  const partners = names.map((name) => partnerStatus(name, rules.get(name), Object.hasOwn(access, name) ? access[name] : undefined, now));
  return { command: "partner list", now, site: site.title, partners };
}

/** `rule`: absent if site.yaml no longer has the partner. */
export function partnerStatus(name: string, rule: PartnerRule | undefined, known: PartnerKeys | undefined, now: Instant): PartnerStatus {
  const methods = rule === undefined ? [] : methodsOf(rule);
  const header = rule?.access.header;
  return {
    name,
    methods,
    ...(header !== undefined && methods.includes("header") ? { header } : {}),
    keys: countingKeys(known ?? { keys: [] }, now).length,
    ...accessState(rule, known, now),
  };
}
