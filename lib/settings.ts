import type { Node } from "constructs";
import * as z from "zod";
import { isRecurring, minutesBetweenRuns } from "./schedule.ts";

/** The retentions that CloudWatch Logs knows, up to a year; any other number of days fails at deployment. */
const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/** Minutes. CloudWatch looks back seven days at most, and further than a day only in whole hours. */
const longestSilence = 10_080;

const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  .optional();

const days = z.int().min(1).max(3650);

const schema = z.strictObject({
  /** When the function runs: `rate(…)` or `cron(…)`, in UTC. */
  schedule: z
    .string()
    .refine(isRecurring, { error: ({ input }) => `${JSON.stringify(input)} is no schedule: write rate(5 minutes) or cron(0/5 * * * ? *)` })
    .default("rate(5 minutes)"),
  /** MB. Lambda gives one whole CPU at 1,769 MB, and a run is one thread of parsing and rendering: less is slower, more idles. */
  memory: z.int().min(128).max(10_240).default(1769),
  /** Seconds until AWS ends a run. The lease of a run lasts as long and a minute more. */
  timeout: z.int().min(10).max(900).default(300),
  /** Days for which run reports stay in the log. */
  logDays: z
    .int()
    .refine((value) => logRetentions.includes(value), { error: `CloudWatch Logs keeps logs for one of ${logRetentions.join(", ")} days` })
    .default(30),
  /** Minutes without a run that ended well after which somebody is told. Default: three runs of a `rate(…)`, a day for `cron(…)`. */
  silence: z.int().min(10).max(longestSilence).optional(),
  /** Days for which a version that was replaced or deleted can still be brought back. */
  oldVersions: z.strictObject({ content: days.default(90), feeds: days.default(7), state: days.default(30) }).prefault({}),
  /** Names of the buckets, where AWS shall not make them up: those of buckets to be adopted (docs/operations.md), or of a house's own custom. */
  buckets: z.strictObject({ content: bucketName, feeds: bucketName, state: bucketName }).prefault({}),
  /** Names of the wire's own, with their certificate, which for CloudFront lies in us-east-1. */
  domain: z
    .strictObject({
      names: z.array(z.string().regex(/^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/)).min(1),
      certificate: z.string().regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/),
    })
    .optional(),
  /** Whether requests at the edge are logged, without addresses, for thirty days. Only a stack in us-east-1 can. */
  accessLogs: z.boolean().default(false),
  /** Dollars that the account may cost in a month before somebody is told; 0: nobody is. */
  budget: z.number().min(0).default(50),
  /** Who is told of alarms; AWS asks the address to confirm. Without it the topic stands, and others can subscribe to it. */
  alarmEmail: z.email().optional(),
});

export type Settings = Readonly<z.output<typeof schema> & { silence: number }>;

/** What cdk.json's `context.wireroom` says, checked and completed. Throws an Error that names each wrong key. */
export function parseSettings(given: unknown): Settings {
  const result = schema.safeParse(given ?? {});
  if (!result.success) throw wrong(result.error.issues.map(line));
  const { schedule } = result.data;
  const every = minutesBetweenRuns(schedule);
  const silence = wholeSteps(result.data.silence ?? usualSilence(every));
  if (every !== undefined && silence < 2 * every) {
    throw wrong([
      `  silence: ${silence} minutes would raise the alarm between two good runs of ${schedule}. It must be at least ${2 * every}, and ` +
        `CloudWatch looks back no further than ${longestSilence}.`,
    ]);
  }
  return { ...result.data, silence };
}

/** Up to the steps in which CloudWatch can look back: five minutes, or an hour beyond a day. */
function wholeSteps(minutes: number): number {
  const step = minutes <= 1440 ? 5 : 60;
  return Math.ceil(minutes / step) * step;
}

function usualSilence(every: number | undefined): number {
  return every === undefined ? 1440 : Math.min(Math.max(30, 3 * every), longestSilence);
}

function wrong(lines: readonly string[]): Error {
  return new Error(`context.wireroom in cdk.json is wrong:\n${lines.join("\n")}`);
}

/** The settings that hold settings. */
const nested: Readonly<Record<string, object>> = {
  oldVersions: schema.shape.oldVersions.def.innerType.shape,
  buckets: schema.shape.buckets.def.innerType.shape,
  domain: schema.shape.domain.def.innerType.shape,
};

/** The settings of the construct tree that `node` belongs to. */
export function settingsOf(node: Node): Settings {
  return parseSettings(node.tryGetContext("wireroom"));
}

function line(issue: z.core.$ZodIssue): string {
  const where = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return `  ${where === "" ? "wireroom" : where}: ${issue.message}`;
  const names = issue.keys.map((key) => (where === "" ? key : `${where}.${key}`)).join(", ");
  const known = issue.path.length === 0 ? schema.shape : (nested[String(issue.path[0])] ?? {});
  return `  ${names}: no such setting. There are: ${Object.keys(known).join(", ")}`;
}
