import { nearest } from "../../articles/model/nearest.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { Fault } from "../../fault.ts";

/** @throws Fault (usage) if site.yaml has no such partner. */
export function partnerNamed(name: string, { partners }: Pick<Site, "partners">): PartnerRule {
  const rule = partners.find((one) => one.name === name);
  if (rule !== undefined) return rule;
  const names = partners.map((one) => one.name);
  const near = nearest(name, names);
  const known = names.length === 0 ? "It names no partner." : `It names ${names.join(", ")}.`;
  throw new Fault(`"${name}" is no partner of site.yaml. ${near === undefined ? known : `Did you mean "${near}"?`}`, { kind: "usage" });
}
