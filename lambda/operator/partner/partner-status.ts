import { partnerReport } from "../../plan/desired/partner-report.ts";
import type { PartnerStatusReport } from "../../reports/partner-report.ts";
import type { Settings } from "../../settings.ts";
import { loadState } from "../../state/state.ts";
import { statusOf } from "../status.ts";
import { partnerNamed } from "./partner-named.ts";

/**
 * What one partner has, from state alone; writes nothing.
 * @throws Fault (usage) if site.yaml has no such partner.
 */
export async function partnerStatusOf(name: string, settings: Settings): Promise<PartnerStatusReport> {
  const rule = partnerNamed(name, settings.site);
  const [{ site, target, now, holds }, { manifest, ledger }] = await Promise.all([statusOf(settings), loadState(settings.state)]);
  return {
    command: "status",
    site,
    target,
    now,
    delayMinutes: rule.delay / 60_000,
    ...partnerReport(rule, manifest.value, ledger.value),
    holds: holds.filter((hold) => hold.name === `partners/${name}`),
  };
}
