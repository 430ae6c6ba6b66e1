import type { AccessMethod } from "../../channels/site/partner-access.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import { profileOf } from "../profiles/profiles.ts";
import { termsOf } from "../profiles/terms.ts";

/** A partner, as far as its access needs it. */
export type AccessRule = Pick<PartnerRule, "name" | "profile" | "access" | "settings">;

const ways: readonly AccessMethod[] = ["basic", "header", "path"];

/** How a partner may show its key: as site.yaml says, else in every way that its profile takes. Only site.yaml can let everybody in. */
export function methodsOf(rule: Omit<AccessRule, "name">): readonly AccessMethod[] {
  const { access } = termsOf(profileOf(rule.profile), rule).demands;
  return rule.access.methods ?? ways.filter((way) => access.includes(way));
}
