import type { Metadata } from "../../channels/catalog/ledger/record.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { SyndicationRights } from "../../channels/site/syndication.ts";

/** Whether an article's rights let it go to a partner. */
export function mayShare(_meta: Metadata, _rule: PartnerRule, _rights: SyndicationRights): boolean {
  return true;
}
