import { setTimeout as sleep } from "node:timers/promises";
import { omitUndefined } from "../articles/model/json-value.ts";
import { worldAnnouncer } from "../clients/announcer.ts";
import { remembered } from "../reports/last-report.ts";
import type { AnnounceReport, RunReport } from "../reports/report.ts";
import { reportOf, toldOf } from "../reports/reporting.ts";
import { announceDue } from "../run/announce.ts";
import { untilNotOvertaken } from "../run/overtaken.ts";
import { prepare, publish } from "../run/pipeline.ts";
import type { Ports, RunEvent } from "../run/ports.ts";
import type { Published } from "../run/prepared.ts";
import { programFingerprint } from "../run/process/program.ts";
import type { Parser } from "../run/read/reading.ts";
import { ownCode, type Settings } from "../settings.ts";

export type Order = {
  readonly command: "check" | "plan" | "publish";
  /** `name@hash` of what is released. */
  readonly allow: readonly string[];
  /** How long the run may take at most, milliseconds. */
  readonly time: number;
  readonly tell: (event: RunEvent) => void;
  readonly parser?: Parser;
  /** How long it waits for a run that is writing, milliseconds; default: it does not. */
  readonly patience?: number;
};

/** How often is looked whether another run has given the lease back, milliseconds. */
const step = 1_000;

/** What both doors do with their settings: one run of the road, and its report. */
export async function run(order: Order, settings: Settings): Promise<RunReport> {
  const ports = await portsOf(order, settings);
  if (order.command === "publish") {
    const end = performance.now() + (order.patience ?? 0);
    const { kind, prepared, announced } = await whenFree(() => publish(ports, settings.site, order.allow), end);
    return remembered(reportOf(order, settings, { prepared, announced, busy: kind === "busy" }), settings);
  }
  const prepared = await untilNotOvertaken(ports, () => prepare(ports, settings.site, order.allow));
  return reportOf(order, settings, { prepared, announced: [], busy: false });
}

/** Waits for a run that is writing, as long as there is time, instead of leaving it to somebody to ask again. */
export async function whenFree(run: () => Promise<Published>, end: number): Promise<Published> {
  for (;;) {
    const published = await run();
    if (published.kind === "done" || performance.now() + step > end) return published;
    await sleep(step);
  }
}

/** Announces what an earlier run left to be told and is due by now; looks at nothing else. */
export async function runAnnouncements({ time }: Pick<Order, "time">, settings: Settings): Promise<AnnounceReport> {
  const { announced } = await announceDue({ ...settings, ...worldOf(settings, time) });
  return { command: "announce", now: settings.now, site: settings.site.title, ...toldOf(announced) };
}

/** Settings, and what of the world the doors lend to a run. */
export async function portsOf({ time, tell, parser }: Pick<Order, "time" | "tell" | "parser">, settings: Settings): Promise<Ports> {
  return { ...settings, ...worldOf(settings, time), program: await programFingerprint(ownCode), tell, ...omitUndefined({ parser }) };
}

function worldOf({ cloud }: Settings, time: number) {
  const [started, began] = [performance.now(), Date.now()];
  // The one stands still while a machine sleeps, the other where somebody sets its clock back.
  const elapsed = () => Math.max(performance.now() - started, Date.now() - began);
  return {
    announcer: worldAnnouncer(() => time - elapsed(), cloud.endpoints.cloudfront, cloud.reach),
    elapsed,
    every,
    ...omitUndefined({ distribution: cloud.distribution }),
  };
}

/** Keeps no process alive. */
function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
