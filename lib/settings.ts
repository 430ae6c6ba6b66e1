import { domainToASCII } from "node:url";
import type { Node } from "constructs";
import * as z from "zod";
import { isRecurring, minutesBetweenRuns } from "./schedule.ts";
import { defaultStack, stackNameOf } from "./stack-name.ts";

/** The retentions that CloudWatch Logs knows, up to a year; any other number of days fails at deployment. */
const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/** Minutes. CloudWatch looks back seven days at most, and further than a day only in whole hours. */
const longestSilence = 10_080;

const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  .optional();

const days = z.int().min(1).max(3650);

/** A host as DNS has it: letters of other scripts as Punycode (`xn--…`, also in the top-level domain), no label over 63 letters. */
const hostName = z
  .string()
  .max(253)
  .regex(/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/, {
    error: ({ input }) =>
      `${JSON.stringify(input)} is no host name: write feeds.wire.example, and letters of other scripts as DNS has them (${punycode(input)})`,
  });

/** What a name with letters beyond ASCII is in DNS. */
function punycode(input: unknown): string {
  const host = domainToASCII(String(input));
  return host === "" || host === input ? "xn--bcher-kva.example" : host;
}

/** CloudFront takes names of 64 letters, in which the stack's name stands before the region and a mark (lib/edge-name.ts). */
const longestStackName = 40;

const schema = z.strictObject({
  /** When the function runs: `rate(…)` or `cron(…)`, in UTC. */
  schedule: z
    .string()
    .refine(isRecurring, { error: ({ input }) => `${JSON.stringify(input)} is no schedule: write rate(5 minutes) or cron(0/5 * * * ? *)` })
    .default("rate(5 minutes)"),
  /** MB. Lambda gives one whole CPU at 1,769 MB, and a run is one thread of parsing and rendering: less is slower, more idles. */
  memory: z.int().min(128).max(10_240).default(1769),
  /** Seconds until AWS ends a run. */
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
      names: z.array(hostName).min(1),
      certificate: z.string().regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/),
    })
    .optional(),
  /** Whether requests at the edge are logged, without addresses, for thirty days. Only a stack in us-east-1 can. */
  accessLogs: z.boolean().default(false),
  /** Dollars that the account may cost in a month before somebody is told; 0: nobody is. */
  budget: z.number().min(0).default(50),
  /** Who is told of alarms; AWS asks the address to confirm. Without it the topic stands, and others can subscribe to it. */
  alarmEmail: z.email().optional(),
  /** The stack's name. Another one is another newsroom beside the first. */
  stack: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: "begins with a letter, and has letters of English, digits and hyphens" })
    .default(defaultStack),
  /** A rehearsal of the newsroom beside it: the stack is called `<stack>-<stage>`, and everything in it has the tag `stage`. */
  stage: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, { error: "has letters of English, digits and hyphens" })
    .optional(),
  /** Tags of all that the stack holds. */
  tags: z
    .record(
      z
        .string()
        .min(1)
        .max(128)
        .regex(/^(?!aws:)/i, { error: 'may not begin with "aws:"' }),
      z.string().max(256),
    )
    .default({}),
  /** Where the stack lies; default: the region of the shell that deploys. */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: ({ input }) => `${JSON.stringify(input)} is no region: write eu-central-1` })
    .optional(),
});

export type Settings = Readonly<z.output<typeof schema> & { silence: number }>;

/** What everything of the newsroom is tagged with. */
export function tagsOf({ stage, tags }: Settings): Readonly<Record<string, string>> {
  return stage === undefined ? tags : { stage, ...tags };
}

/** What cdk.json's `context.wireroom` says, checked and completed. Throws an Error that names each wrong key. */
export function parseSettings(given: unknown): Settings {
  const result = schema.safeParse(given ?? {});
  if (!result.success) throw wrong(result.error.issues.map(line));
  const { schedule } = result.data;
  const name = stackNameOf(result.data);
  if (name.length > longestStackName)
    throw wrong([`  stack: ${name} has ${name.length} letters; a stack's name, with its stage, may have ${longestStackName}.`]);
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
