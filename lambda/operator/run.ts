import { setTimeout as sleep } from "node:timers/promises";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { Site } from "../channels/site/site.ts";
import { outboxAnnouncer } from "../clients/announcer.ts";
import { remembered } from "../reports/last-report.ts";
import type { AnnounceReport, RunReport } from "../reports/report.ts";
import { reportAgain, reportOf, toldOf, unchangedReport } from "../reports/reporting.ts";
import { summaryOf } from "../reports/summary.ts";
import { announceDue } from "../run/announce.ts";
import { untilNotOvertaken } from "../run/overtaken.ts";
import type { Ports, RunEvent } from "../run/ports.ts";
import type { Applicable, Published } from "../run/prepared.ts";
import { isLeaseTaken } from "../run/process/lease.ts";
import { type Fingerprints, fingerprintsOf } from "../run/process/program.ts";
import type { Workers } from "../run/threads/work.ts";
import { look, restAfter, unchangedSince } from "../run/unchanged.ts";
import { ownCode, type Settings } from "../settings.ts";
import { commitRest } from "../state/state.ts";
import type { Key } from "../stores/store.ts";
import { collectAsUsual } from "./garbage.ts";

export type RunRequest = {
  readonly command: "check" | "plan" | "publish";
  /** The holds to release, each as `name@hash`. */
  readonly allow: readonly string[];
  /** The most time that the run may take, in milliseconds. */
  readonly time: number;
  readonly tell: (event: RunEvent) => void;
  readonly workers?: Workers;
  /** The only keys of the content's bucket that may have changed; absent: any. */
  readonly named?: readonly Key[];
};

/** A kill costs the reading of at most so many sources, or of a thirty-second of all. */
const progressAfter = 5_000;

/** How often a waiting run checks whether the lease is free, in milliseconds. */
const step = 1_000;

/** Runs the pipeline once and reports; both doors call this. */
export async function run(order: RunRequest, settings: Settings): Promise<RunReport> {
  const ports = { ...(await portsOf(order, settings)), ...namedIn(settings.content.address, order.named) };
  if (order.command === "publish") return publishIfChanged(order, settings, { ...ports, progressAfter });
  const whole = { ...ports, everyBody: order.command === "check" };
  const { prepare } = await import("../run/pipeline.ts");
  const prepared = await untilNotOvertaken(ports, () => prepare(whole, settings.site, order.allow));
  return reportOf(order, settings, { prepared, announced: [], busy: false });
}

/**
 * A run over so many sources keeps so much that collecting it early takes longer than it saves. With archives or pages, which show every
 * article, it also makes so many bodies: over 10,000 articles with monthly archives, collecting early takes a quarter more processor time.
 */
const many = 30_000;
const manyShown = 3_000;

function showsAll({ channels, pages }: Site): boolean {
  return pages || channels.some(({ archive }) => archive !== "none");
}

/** Ends with the report that the last run left, if nothing differs from what it found; else runs the whole road. */
async function publishIfChanged({ allow }: RunRequest, settings: Settings, ports: Ports): Promise<RunReport> {
  const { site } = settings;
  // Notices name what changed, so that a run that they call need not list the content to find it.
  const seen = ports.named === undefined ? await look(ports) : undefined;
  const same = seen === undefined || allow.length > 0 ? undefined : unchangedSince(seen, ports, site);
  if (same !== undefined) return reportAgain(same.rest.report as RunReport, same.now, settings);
  if (seen === undefined || seen.sources.keys > (showsAll(site) ? manyShown : many)) collectAsUsual();
  // Later: it loads what reads and renders articles.
  const { publish } = await import("../run/pipeline.ts");
  const published = await publish(ports, site, allow, seen);
  const report = reportOf({ command: "publish", allow }, settings, { ...published, busy: published.kind === "busy" });
  const kept = await remembered(report, settings);
  // An alert that could not be sent is sent again by the next run, which must therefore be a whole one.
  const rest = kept === report ? restAfter(published, ports, site, unchangedReport(published, settings)) : undefined;
  if (rest !== undefined && published.after !== undefined) await commitRest(settings.state, published.after.state, rest);
  return summaryOf(kept);
}

/** The keys below the content's own prefix in its bucket, without it. */
function namedIn(address: string, named: readonly Key[] | undefined): Pick<Ports, "named"> {
  if (named === undefined) return {};
  const folder = /^s3:\/\/[^/]+\/(.+)$/.exec(address)?.[1];
  const root = folder === undefined ? "" : `${folder}/`;
  return { named: named.flatMap((key) => (key.startsWith(root) ? [key.slice(root.length)] : [])) };
}

/** Repeats a run until the lease is free or the time is up, so that nobody has to run the command again. */
export async function whenFree<P extends Applicable>(run: () => Promise<Published<P>>, end: number): Promise<Published<P>> {
  for (;;) {
    const published = await run();
    if (published.kind === "done" || performance.now() + step > end) return published;
    await sleep(step);
  }
}

/** Waits until no other run has the lease. False if the time for waiting ends first. `left`: how many milliseconds there still are for it. */
export async function leaseIsFree(settings: Settings, left: () => number): Promise<boolean> {
  const started = performance.now();
  const writer = { ...settings, elapsed: () => performance.now() - started };
  while (left() > step) {
    await sleep(step);
    if (!(await isLeaseTaken(writer))) return true;
  }
  return false;
}

/** Sends the announcements of earlier runs that are due now, and does nothing else. */
export async function runAnnouncements({ time }: Pick<RunRequest, "time">, settings: Settings): Promise<AnnounceReport> {
  const { announced } = await announceDue({ ...settings, ...worldOf(settings, time) });
  return { command: "announce", now: settings.now, site: settings.site.title, ...toldOf(announced) };
}

/** Of the code that this process runs, which stays as it was loaded, whatever is written to its files later. */
let own: Fingerprints | undefined;

async function ownFingerprints(): Promise<Fingerprints> {
  own ??= await fingerprintsOf(ownCode);
  return own;
}

/** The settings, plus the clients, clock and parser that a run needs. */
export async function portsOf({ time, tell, workers }: Pick<RunRequest, "time" | "tell" | "workers">, settings: Settings): Promise<Ports> {
  return { ...settings, ...worldOf(settings, time), ...(await ownFingerprints()), tell, ...omitUndefined({ workers }) };
}

function worldOf({ cloud }: Settings, time: number) {
  const [started, began] = [performance.now(), Date.now()];
  // performance.now() stops while the machine sleeps; Date.now() goes back when somebody sets the clock. The larger is right.
  const elapsed = () => Math.max(performance.now() - started, Date.now() - began);
  return {
    announcer: outboxAnnouncer(() => time - elapsed(), cloud.endpoints.cloudfront, cloud.reach),
    elapsed,
    every,
    ...omitUndefined({ distribution: cloud.distribution }),
  };
}

/** Calls `work` at an interval, without keeping the process alive. */
function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
