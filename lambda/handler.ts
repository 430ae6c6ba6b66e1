import { Logger } from "@aws-lambda-powertools/logger";
import type { Instant } from "./articles/article.ts";
import { momentsClient } from "./clients/moments.ts";
import { queueClient } from "./clients/queue.ts";
import { Fault } from "./fault.ts";
import { answerTo, type BatchAnswer, batchOf } from "./notices.ts";
import { type AnnounceReport, dueAfter, type RunReport } from "./report.ts";
import { run, runAnnouncements } from "./run.ts";
import { type Settings, settingsOf } from "./settings.ts";

const logger = new Logger({ serviceName: "wireroom" });

/** The moment for which this process has last set the one-off schedule. */
let set: Instant | undefined;

/** What an operator may ask of the function; any other event is a reason to publish. */
type Command = Publication | { readonly command: "announce" };
type Publication = { readonly command: "publish" } | { readonly command: "allow"; readonly names: readonly string[] };

/** Of Lambda's context, what a run needs. */
type Context = { readonly getRemainingTimeInMillis?: () => number; readonly invokedFunctionArn?: string };

/** How long a run may take where Lambda does not say, milliseconds. */
const unlimited = 15 * 60_000;

/**
 * Door 1. A schedule, S3 notices and reminders from the queue or an operator's command come in, the report goes out; to the queue goes which of its
 * messages shall come again. A run that is fine, quarantined or held returns; only a fault throws, and then a whole batch comes again.
 * Settings come from the environment (`WIREROOM_CONTENT`, `WIREROOM_TO`, `WIREROOM_STATE`, …).
 */
export async function handler(event: unknown, context: Context = {}): Promise<RunReport | AnnounceReport | BatchAnswer> {
  const batch = batchOf(event);
  if (batch === undefined) {
    const command = commandOf(event);
    return command.command === "announce" ? announceNow(context) : publishNow(command, context);
  }
  if (batch.strangers.length > 0) logger.error("messages that are no notices of S3", { messages: batch.strangers });
  if (batch.notices.length > 0) return answerTo(batch, (await publishNow({ command: "publish" }, context)).outcome);
  if (batch.reminders.length > 0) await announceNow(context);
  return answerTo(batch, undefined);
}

async function publishNow(command: Publication, context: Context): Promise<RunReport> {
  const settings = await settingsOf({}, () => new Date());
  const allow = command.command === "allow" ? command.names : [];
  const report = await run({ command: "publish", allow, time: timeOf(context), tell: () => {} }, settings);
  await remind(report, settings);
  await comeBack(report, settings, context);
  for (const finding of report.findings) if (finding.kind === "problem") logger.warn("problem", { finding });
  for (const hold of report.holds) logger.error("held", { hold });
  const { findings, channels, files, ...summary } = report;
  logger.info("run", {
    report: { ...summary, findings: findings.length, channels: channels.length, written: files.written.length, kept: files.kept },
  });
  return report;
}

/** What an earlier run left to be told once the edge is fresh: its reminder has come. */
async function announceNow(context: Context): Promise<AnnounceReport> {
  const report = await runAnnouncements({ time: timeOf(context) }, await settingsOf({}, () => new Date()));
  logger.info("announced", { report });
  return report;
}

/** A delayed message calls the function when the pings of this run are due. Without it the next tick of the schedule sends them. */
async function remind({ outbox, now }: RunReport, { cloud }: Settings): Promise<void> {
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
 * at the next tick. Set anew where the moment is another than this process has set.
 */
async function comeBack({ next, outcome }: RunReport, { cloud }: Settings, { invokedFunctionArn }: Context): Promise<void> {
  if (cloud.moment === undefined || invokedFunctionArn === undefined || next === undefined || next === set || outcome === "busy") return;
  try {
    await momentsClient(cloud.moment, invokedFunctionArn, cloud.endpoints.scheduler)(next);
    set = next;
  } catch (error) {
    logger.warn("the next moment could not be scheduled; the next run takes what is due", error as Error);
  }
}

function timeOf(context: Context): number {
  return context.getRemainingTimeInMillis?.() ?? unlimited;
}

function commandOf(event: unknown): Command {
  const asked = (typeof event === "object" && event !== null ? event : {}) as { readonly command?: unknown; readonly names?: unknown };
  if (asked.command === undefined || asked.command === "publish") return { command: "publish" };
  if (asked.command === "announce") return { command: "announce" };
  const names = Array.isArray(asked.names) ? asked.names.filter((name) => typeof name === "string") : [];
  if (asked.command === "allow" && names.length > 0) return { command: "allow", names };
  throw new Fault(
    `The function does not know this command: ${JSON.stringify(event)}. Send {"command":"publish"} or {"command":"allow","names":["world@1f3c9a2b"]}.`,
    { kind: "usage" },
  );
}
