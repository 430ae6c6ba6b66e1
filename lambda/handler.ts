import { Logger } from "@aws-lambda-powertools/logger";
import { Fault } from "./fault.ts";
import { answerTo, type BatchAnswer, batchOf } from "./notices.ts";
import type { RunReport } from "./report.ts";
import { run } from "./run.ts";
import { settingsOf } from "./settings.ts";

const logger = new Logger({ serviceName: "wireroom" });

/** What an operator may ask of the function; any other event is a reason to publish. */
type Command = { readonly command: "publish" } | { readonly command: "allow"; readonly names: readonly string[] };

/** Of Lambda's context, what a run needs. */
type Context = { readonly getRemainingTimeInMillis?: () => number };

/** How long a run may take where Lambda does not say, milliseconds. */
const unlimited = 15 * 60_000;

/**
 * Door 1. A schedule, S3 notices from the queue or an operator's command come in, the report goes out; to the queue goes which of its
 * messages shall come again. A run that is fine, quarantined or held returns; only a fault throws, and then a whole batch comes again.
 * Settings come from the environment (`WIREROOM_CONTENT`, `WIREROOM_TO`, `WIREROOM_STATE`, …).
 */
export async function handler(event: unknown, context: Context = {}): Promise<RunReport | BatchAnswer> {
  const batch = batchOf(event);
  if (batch === undefined) return once(event, context);
  if (batch.strangers.length > 0) logger.error("messages that are no notices of S3", { messages: batch.strangers });
  return answerTo(batch, batch.notices.length === 0 ? undefined : (await once({}, context)).outcome);
}

async function once(event: unknown, context: Context): Promise<RunReport> {
  const command = commandOf(event);
  const settings = await settingsOf({}, () => new Date());
  const report = await run(
    {
      command: "publish",
      allow: command.command === "allow" ? command.names : [],
      time: context.getRemainingTimeInMillis?.() ?? unlimited,
      tell: () => {},
      announcer: async (announcement) => logger.info("announce", { announcement }),
    },
    settings,
  );
  for (const finding of report.findings) if (finding.kind === "problem") logger.warn("problem", { finding });
  for (const hold of report.holds) logger.error("held", { hold });
  const { findings, channels, files, ...summary } = report;
  logger.info("run", {
    report: { ...summary, findings: findings.length, channels: channels.length, written: files.written.length, kept: files.kept },
  });
  return report;
}

function commandOf(event: unknown): Command {
  const asked = (typeof event === "object" && event !== null ? event : {}) as { readonly command?: unknown; readonly names?: unknown };
  if (asked.command === undefined || asked.command === "publish") return { command: "publish" };
  const names = Array.isArray(asked.names) ? asked.names.filter((name) => typeof name === "string") : [];
  if (asked.command === "allow" && names.length > 0) return { command: "allow", names };
  throw new Fault(
    `The function does not know this command: ${JSON.stringify(event)}. Send {"command":"publish"} or {"command":"allow","names":["world@1f3c9a2b"]}.`,
    { kind: "usage" },
  );
}
