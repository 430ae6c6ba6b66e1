import type { Parser } from "./channels/reading.ts";
import { present } from "./channels/site.ts";
import { worldAnnouncer } from "./clients/announcer.ts";
import { remembered } from "./last-report.ts";
import { prepare, publish } from "./pipeline.ts";
import type { Ports } from "./ports.ts";
import { programFingerprint } from "./program.ts";
import { announceDue } from "./publish/tell-world.ts";
import type { AnnounceReport, RunEvent, RunReport } from "./report.ts";
import { reportOf, toldOf } from "./reporting.ts";
import type { Settings } from "./settings.ts";

export type Order = {
  readonly command: "check" | "plan" | "publish";
  /** `name@hash` of what is released. */
  readonly allow: readonly string[];
  /** How long the run may take at most, milliseconds: its lease lasts a minute longer. */
  readonly time: number;
  readonly tell: (event: RunEvent) => void;
  readonly parser?: Parser;
};

const minute = 60_000;

/** What both doors do with their settings: one run of the road, and its report. */
export async function run(order: Order, settings: Settings): Promise<RunReport> {
  const ports = await portsOf(order, settings);
  if (order.command === "publish") {
    const { kind, prepared, announced } = await publish(ports, settings.site, order.allow);
    return remembered(reportOf(order, settings, { prepared, announced, busy: kind === "busy" }), settings);
  }
  return reportOf(order, settings, { prepared: await prepare(ports, settings.site, order.allow), announced: [], busy: false });
}

/** Announces what an earlier run left to be told and is due by now; looks at nothing else. */
export async function runAnnouncements({ time }: Pick<Order, "time">, settings: Settings): Promise<AnnounceReport> {
  const { announced } = await announceDue({ ...settings, ...worldOf(settings, time) });
  return { command: "announce", now: settings.now, site: settings.site.title, ...toldOf(announced) };
}

/** Settings, and what of the world the doors lend to a run. */
export async function portsOf({ time, tell, parser }: Pick<Order, "time" | "tell" | "parser">, settings: Settings): Promise<Ports> {
  return { ...settings, ...worldOf(settings, time), program: await programFingerprint(), tell, ...present({ parser }) };
}

function worldOf({ now, cloud }: Settings, time: number) {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  return {
    until: new Date(Date.parse(now) + time + minute).toISOString(),
    announcer: worldAnnouncer(() => time - elapsed(), cloud.endpoints.cloudfront),
    elapsed,
    ...present({ distribution: cloud.distribution }),
  };
}
