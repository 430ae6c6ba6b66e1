import { Logger } from "@aws-lambda-powertools/logger";
import { queueClient } from "./clients/queue.ts";
import { momentsClient } from "./clients/scheduler.ts";
import { printableLines } from "./fault.ts";
import { type CancelOrder, cancel } from "./operator/cancel.ts";
import { type Command, commandOf } from "./operator/commands.ts";
import { rollback } from "./operator/rollback.ts";
import { run, runAnnouncements } from "./operator/run.ts";
import { answerTo, type BatchAnswer, batchOf } from "./operator/sqs-batch.ts";
import { metricsOf } from "./reports/metrics.ts";
import { type AnnounceReport, type CancelReport, dueAfter, type RollbackReport, type RunReport } from "./reports/report.ts";
import { bounded, type Summary, summaryOf } from "./reports/summary.ts";
import { type Settings, settingsOf } from "./settings.ts";

/** Whoever reads a log on a terminal sees what was written, and no more. */
const jsonReplacerFn = (_: string, value: unknown) => (typeof value === "string" ? printableLines(value) : value);

const logger = new Logger({ serviceName: "wireroom", jsonReplacerFn });

/** Of Lambda's context, what a run needs. */
type Context = { readonly getRemainingTimeInMillis?: () => number; readonly invokedFunctionArn?: string };

/** How long a run may take where Lambda does not say, milliseconds. */
const unlimited = 15 * 60_000;

/** How long notices wait for a run that is writing, milliseconds: those that are given back too often are laid aside. */
const patience = 20_000;

/**
 * Door 1. A schedule, S3 notices and reminders from the queue or an operator's command come in, a summary of the report goes out; to the queue goes which of its
 * messages shall come again. A run that is fine, quarantined or held returns; only a fault throws, and then a whole batch comes again.
 * Settings come from the environment (`WIREROOM_CONTENT`, `WIREROOM_TO`, `WIREROOM_STATE`, …).
 */
export async function handler(event: unknown, context: Context = {}): Promise<Summary<Done | AnnounceReport> | BatchAnswer> {
  const batch = batchOf(event);
  if (batch === undefined) return summaryOf(await obey(commandOf(event), context));
  if (batch.strangers.length > 0) logger.error("messages that are no notices of S3", { messages: batch.strangers });
  if (batch.notices.length > 0) return answerTo(batch, (await publishNow([], context, patience)).outcome);
  if (batch.reminders.length > 0) await announceNow(context);
  return answerTo(batch, undefined);
}

type Done = RunReport | CancelReport | RollbackReport;

function obey(command: Command, context: Context): Promise<Done | AnnounceReport> {
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
  }
}

async function publishNow(allow: readonly string[], context: Context, longest = 0): Promise<RunReport> {
  const settings = await settingsOf({}, () => new Date(), leftOf(context));
  const time = timeOf(context);
  const report = await run({ command: "publish", allow, time, tell: () => {}, patience: Math.min(longest, time / 4) }, settings);
  await remind(report, settings);
  await comeBack(report, settings, context);
  log(report, settings);
  return report;
}

/**
 * What this very program would do, and nothing done: a look at the next run, and at a new program before it is deployed (lib/plan.ts). It is told
 * of no end of its time, before which it would save what it has read; and it is no run, so neither log nor metrics hear of it. Whole, for whoever
 * loads the bundle itself.
 */
export async function planNow(): Promise<RunReport> {
  return run({ command: "plan", allow: [], time: unlimited, tell: () => {} }, await settingsOf({}, () => new Date()));
}

/** An article has to go at once. From the function it is the ledger that says so: it may not write content. */
async function cancelNow(asked: Pick<CancelOrder, "id" | "reason">, context: Context): Promise<CancelReport> {
  const settings = await settingsOf({}, () => new Date(), leftOf(context));
  const report = await cancel({ ...asked, time: timeOf(context), tell: () => {} }, settings);
  await remind(report, settings);
  log(report, settings);
  return report;
}

async function rollBackNow(names: readonly string[], context: Context): Promise<RollbackReport> {
  const settings = await settingsOf({}, () => new Date(), leftOf(context));
  const report = await rollback({ names, time: timeOf(context), tell: () => {} }, settings);
  await remind(report, settings);
  log(report, settings);
  return report;
}

/** One line for each problem and hold, one for the run, and one from which CloudWatch takes its metrics. */
function log(report: Done, { site, cloud }: Settings): void {
  const took = Math.max(0, Date.now() - Date.parse(report.now));
  const memory = process.resourceUsage().maxRSS / 1024;
  const name = cloud.site ?? new URL(site.feedUrl).host;
  process.stdout.write(`${metricsOf(report, { site: name, took, freshness: site.freshness, memory })}\n`);
  for (const finding of report.findings) if (finding.kind === "problem") logger.warn("problem", { finding });
  for (const hold of report.holds) logger.error("held", { hold: bounded(hold) });
  const { findings, channels, files, ...told } = report;
  logger.info("run", {
    report: { ...bounded(told), findings: findings.length, channels: channels.length, written: files.written.length, kept: files.kept },
  });
}

/** What an earlier run left to be told once the edge is fresh: its reminder has come. */
async function announceNow(context: Context): Promise<AnnounceReport> {
  const report = await runAnnouncements({ time: timeOf(context) }, await settingsOf({}, () => new Date(), leftOf(context)));
  logger.info("announced", { report });
  return report;
}

/** A delayed message calls the function when the pings of this run are due. Without it the next tick of the schedule sends them. */
async function remind({ outbox, now }: Pick<RunReport, "outbox" | "now">, { cloud }: Settings): Promise<void> {
  const due = dueAfter(outbox, now);
  if (cloud.queue === undefined || due === undefined) return;
  try {
    await queueClient(cloud.queue, cloud.endpoints.sqs)({ command: "announce" }, (Date.parse(due) - Date.now()) / 1000);
  } catch (error) {
    logger.warn("no reminder could be sent; the next run announces", error as Error);
  }
}

/**
 * A one-off schedule calls the function at the next moment at which time alone changes something, so that an embargo ends on time and not
 * at the next tick. What it is set to is asked of the scheduler: several processes set it, and none knows of the others.
 */
async function comeBack({ next, outcome }: RunReport, { cloud }: Settings, { invokedFunctionArn }: Context): Promise<void> {
  if (cloud.moment === undefined || invokedFunctionArn === undefined || next === undefined || outcome === "busy") return;
  try {
    await momentsClient(cloud.moment, invokedFunctionArn, cloud.endpoints.scheduler)(next);
  } catch (error) {
    logger.warn("the next moment could not be scheduled; the next run takes what is due", error as Error);
  }
}

/** Absent where Lambda does not say. */
function leftOf(context: Context): (() => number) | undefined {
  return context.getRemainingTimeInMillis && (() => timeOf(context));
}

function timeOf(context: Context): number {
  return context.getRemainingTimeInMillis?.() ?? unlimited;
}
