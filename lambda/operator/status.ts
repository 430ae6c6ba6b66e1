import type { SiteName } from "../channels/catalog/ledger/ledger.ts";
import { releaseHint } from "../reports/alerts.ts";
import { lastReport } from "../reports/last-report.ts";
import type { StatusReport } from "../reports/report.ts";
import type { Settings } from "../settings.ts";
import { loadHead, loadState } from "../state/state.ts";
import { mustOwn } from "../state/state-owner.ts";

/**
 * What is live, held and still to be announced, from state alone: reads neither content nor target, and writes nothing.
 * @throws Fault (usage) if the state belongs to another site.
 */
export async function statusOf(settings: Settings): Promise<StatusReport> {
  const { state, site, target, now } = settings;
  const [{ ledger, manifest }, last] = await Promise.all([loadState(state), lastReport(state)]);
  mustOwn(ledger.value.site, ownName(settings));
  const channels = Object.entries(manifest.value.status ?? {}).map(([path, channel]) => ({ path, ...channel }));
  const reported = new Map((last?.holds ?? []).map((hold) => [`${hold.name}@${hold.hash}`, hold]));
  const holds = Object.entries(ledger.value.holds).map(([name, { hash, since }]) => {
    const known = reported.get(`${name}@${hash}`);
    const defective = known?.defective ?? false;
    return { name, hash, since, reasons: known?.reasons ?? [], release: releaseHint({ name, hash, defective }) };
  });
  const problems = last?.problems ?? [];
  return {
    command: "status",
    site: site.title,
    target: target.address,
    now,
    ...(last === undefined ? {} : { last }),
    ...(channels.length > 0 && ledger.value.site === undefined ? { ledgerLost: true as const } : {}),
    channels,
    holds,
    quarantined: problems,
    moreQuarantined: Math.max(0, (last?.counts?.problems ?? 0) - problems.length),
    outbox: manifest.value.outbox,
  };
}

/**
 * For whoever shows a target.
 * @throws Fault (usage) if its state belongs to another site.
 */
export async function mustBeOwnTarget(settings: Settings): Promise<void> {
  const { head } = await loadHead(settings.state);
  mustOwn(head.site, ownName(settings));
}

function ownName({ site: { url, feedUrl }, places }: Settings): SiteName {
  return { url, feedUrl, ...places };
}
