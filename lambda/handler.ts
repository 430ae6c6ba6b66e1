import { Logger } from "@aws-lambda-powertools/logger";
import { omitUndefined } from "./articles/model/json-value.ts";
import { queueClient } from "./clients/queue.ts";
import { schedulerClient } from "./clients/scheduler.ts";
import { printableLines } from "./fault.ts";
import type { CancelOrder } from "./operator/cancel.ts";
import { type Command, commandOf } from "./operator/commands.ts";
import { leaseIsFree, run, runAnnouncements } from "./operator/run.ts";
import { answerTo, type BatchAnswer, batchOf } from "./operator/sqs-batch.ts";
import { metricsOf } from "./reports/metrics.ts";
import type { KeyReport } from "./reports/partner-access.ts";
import type { AnnounceReport, CancelReport, RollbackReport, RunReport } from "./reports/report.ts";
import { bounded, summaryOf } from "./reports/summary.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { Key } from "./stores/store.ts";

/** Escapes control characters, so that logged text cannot manipulate the terminal of whoever reads the log. */
const jsonReplacerFn = (_: string, value: unknown) => (typeof value === "string" ? printableLines(value) : value);

const logger = new Logger({ serviceName: "wireroom", jsonReplacerFn });

/** The parts of Lambda's context that a run needs. */
type Context = { readonly getRemainingTimeInMillis?: () => number; readonly invokedFunctionArn?: string };

/** How long a run may take if Lambda sets no limit, in milliseconds. */
const unlimited = 15 * 60_000;

/**
 * The time that a run keeps for its work while it waits for another one, in milliseconds: twice as long as it took to plan, at least this
 * long, at most half of all its time.
 */
const shortestWork = 30_000;

/**
 * Door 1. The input is a schedule, a batch from the queue (S3 notices and reminders) or an operator's command. The answer is a summary of
 * the report or, for a batch, the messages that SQS must deliver again. A run that is fine, quarantined or held returns; only a fault
 * throws, and SQS then delivers the whole batch again.
 * Settings come from the environment (`WIREROOM_CONTENT`, `WIREROOM_TO`, `WIREROOM_STATE`, …).
 */
export async function handler(event: unknown, context: Context = {}): Promise<Done | AnnounceReport | KeyReport | BatchAnswer> {
  const batch = batchOf(event);
  if (batch === undefined) return summaryOf(await obey(commandOf(event), context));
  if (batch.strangers.length > 0) logger.error("messages in the queue that are not S3 notices", { messages: batch.strangers });
  if (batch.notices.length > 0) return answerTo(batch, (await publishNow([], context, batch.keys)).outcome);
  if (batch.reminders.length > 0) await announceNow(context);
  return answerTo(batch, undefined);
}

type Done = RunReport | CancelReport | RollbackReport;

function obey(command: Command, context: Context): Promise<Done | AnnounceReport | KeyReport> {
  switch (command.command) {
    case "publish":
      return publishNow([], context);
    case "plan":
      return planNow();
    case "allow":
      return publishNow(command.names, context);
    case "announce":
      return announceNow(context);
    case "cancel":
      return cancelNow(command, context);
    case "rollback":
      return rollBackNow(command.names, context);
    case "partner revoke":
      return revokeNow(command.name, context);
  }
}

/**
 * Publishes. While another run is writing, waits for its end and begins again, with the site.yaml of then: a message that returns to the
 * queue too often ends in the dead-letter queue, and a scheduled run that gives up is missed until the next.
 */
async function publishNow(allow: readonly string[], context: Context, named?: readonly Key[]): Promise<RunReport> {
  const limit = timeOf(context);
  const end = performance.now() + limit;
  for (;;) {
    const began = performance.now();
    const settings = await settingsOf({}, () => new Date(), leftOf(context));
    const order = { command: "publish", allow, time: timeOf(context), tell: () => {}, ...omitUndefined({ named }) } as const;
    const report = await run(order, settings);
    const work = Math.min(limit / 2, Math.max(shortestWork, 2 * (performance.now() - began)));
    if (report.outcome === "busy" && (await leaseIsFree(settings, () => end - performance.now() - work))) continue;
    await remind(report, settings);
    await comeBack(report, settings, context);
    log(report, settings);
    return report;
  }
}

/**
 * Plans the next run and writes nothing; also previews a new program before it is deployed (lib/deploy/plan.ts). It gets no time limit, because
 * a run near its limit saves its progress. It writes no log and no metrics, and returns the whole report to code that loads the bundle.
 */
export async function planNow(): Promise<RunReport> {
  return run({ command: "plan", allow: [], time: unlimited, tell: () => {} }, await settingsOf({}, () => new Date()));
}

/** Withdraws an article at once. The function may not write content, so it records the withdrawal in the ledger. */
async function cancelNow(asked: Pick<CancelOrder, "id" | "reason">, context: Context): Promise<CancelReport> {
  const settings = await settingsOf({}, () => new Date(), leftOf(context));
  const { cancel } = await import("./operator/cancel.ts");
  const report = await cancel({ ...asked, time: timeOf(context), tell: () => {} }, settings);
  await remind(report, settings);
  log(report, settings);
  return report;
}

async function rollBackNow(names: readonly string[], context: Context): Promise<RollbackReport> {
  const settings = await settingsOf({}, () => new Date(), leftOf(context));
  const { rollback } = await import("./operator/rollback.ts");
  const report = await rollback({ names, time: timeOf(context), tell: () => {} }, settings);
  await remind(report, settings);
  log(report, settings);
  return report;
}

/** Takes a partner's keys away at once. */
async function revokeNow(name: string, context: Context): Promise<KeyReport> {
  const settings = await settingsOf({}, () => new Date(), leftOf(context));
  const { changeKeys } = await import("./operator/partner/change-keys.ts");
  const report = await changeKeys({ action: "revoke", which: "all", name, time: timeOf(context), tell: () => {} }, settings);
  logger.info("partner revoke", { report });
  return report;
}

/** Logs one line for each problem and hold that the answer names, one for the run, and one with the metrics for CloudWatch. */
function log(report: Done, { site, cloud }: Settings): void {
  const took = Math.max(0, Date.now() - Date.parse(report.now));
  const memory = process.resourceUsage().maxRSS / 1024;
  const name = cloud.site ?? new URL(site.feedUrl).host;
  process.stdout.write(`${metricsOf(report, { site: name, took, freshness: site.freshness, memory })}\n`);
  const { findings, channels: _, files, ...told } = summaryOf<Done>(report);
  for (const finding of findings) if (finding.kind === "problem") logger.warn("problem", { finding });
  for (const hold of told.holds) logger.error("held", { hold: bounded(hold) });
  logger.info("run", { report: { ...told, kept: files.kept } });
}

/** Sends what an earlier run left in the outbox until CloudFront had the new files. A reminder triggers it. */
async function announceNow(context: Context): Promise<AnnounceReport> {
  const report = await runAnnouncements({ time: timeOf(context) }, await settingsOf({}, () => new Date(), leftOf(context)));
  logger.info("announced", { report });
  return report;
}

/** Queues a delayed message that calls the function when this run's pings are due. Without it, the next scheduled run sends them. */
async function remind({ due }: Pick<RunReport, "due">, { cloud }: Settings): Promise<void> {
  if (cloud.queue === undefined || due === undefined) return;
  try {
    await queueClient(cloud.queue, cloud.endpoints.sqs)({ command: "announce" }, (Date.parse(due) - Date.now()) / 1000);
  } catch (error) {
    logger.warn("could not send a reminder; the next run announces", error as Error);
  }
}

/**
 * Sets a one-off schedule that calls the function at the next moment when a date takes effect, so that an embargo ends on time and not
 * at the next scheduled run. Reads the present setting from the scheduler, because several processes change it independently.
 */
async function comeBack({ next, outcome }: RunReport, { cloud }: Settings, { invokedFunctionArn }: Context): Promise<void> {
  if (cloud.moment === undefined || invokedFunctionArn === undefined || next === undefined || outcome === "busy") return;
  try {
    await schedulerClient(cloud.moment, invokedFunctionArn, cloud.endpoints.scheduler)(next);
  } catch (error) {
    logger.warn("could not schedule the next moment; the next run publishes what is due", error as Error);
  }
}

/** Undefined if Lambda sets no limit. */
function leftOf(context: Context): (() => number) | undefined {
  return context.getRemainingTimeInMillis && (() => timeOf(context));
}

function timeOf(context: Context): number {
  return context.getRemainingTimeInMillis?.() ?? unlimited;
}
