import { domainToASCII } from "node:url";
import type { Node } from "constructs";
import * as z from "zod";
import { isRecurring, minutesBetweenRuns } from "./schedule.ts";
import { defaultStack, stackNameOf } from "./stack-name.ts";

/** The retention periods of CloudWatch Logs, up to a year; any other number of days fails at deployment. */
const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/** Minutes. CloudWatch looks back at most seven days, and beyond one day only in whole hours. */
const longestSilence = 10_080;

const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  .optional();

const days = z.int().min(1).max(3650);

/**
 * A host name in DNS: letters of other scripts as Punycode (`xn--…`, also in the top-level domain), labels of at most 63 letters.
 */
const hostName = z
  .string()
  .max(253)
  .regex(/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/, {
    error: ({ input }) =>
      `${JSON.stringify(input)} is not a host name: write feeds.wire.example, and letters of other scripts as DNS has them (${punycode(input)})`,
  });

/** The form in DNS of a name with letters outside ASCII. */
function punycode(input: unknown): string {
  const host = domainToASCII(String(input));
  return host === "" || host === input ? "xn--bcher-kva.example" : host;
}

/** CloudFront takes names of 64 letters, which contain the stack's name, the region and a hash (lib/edge-name.ts). */
const longestStackName = 40;

const schema = z.strictObject({
  /**
   * When the function lists all content: `rate(…)` or `cron(…)`, in UTC. Notices of uploads call it besides; docs/costs.md says what
   * the listings cost.
   */
  schedule: z
    .string()
    .refine(isRecurring, {
      error: ({ input }) => `${JSON.stringify(input)} is not a schedule: write rate(5 minutes) or cron(0/5 * * * ? *)`,
    })
    .default("rate(5 minutes)"),
  /**
   * MB. Lambda gives a whole CPU at 1,769 MB, and a run parses and renders in one thread: with less memory it is slower, with
   * more the CPU idles.
   */
  memory: z.int().min(128).max(10_240).default(1769),
  /** Seconds until AWS ends a run. */
  timeout: z.int().min(10).max(900).default(300),
  /** Days for which run reports stay in the log. */
  logDays: z
    .int()
    .refine((value) => logRetentions.includes(value), { error: `CloudWatch Logs keeps logs for one of ${logRetentions.join(", ")} days` })
    .default(30),
  /** Minutes without a successful run before an alarm. Default: three runs of a `rate(…)`, a day for `cron(…)`. */
  silence: z.int().min(10).max(longestSilence).optional(),
  /** Days for which a replaced or deleted version can be restored. */
  oldVersions: z.strictObject({ content: days.default(90), feeds: days.default(7), state: days.default(30) }).prefault({}),
  /** Names of the buckets, if AWS should not generate them: for buckets to adopt (docs/operations.md), or for house rules. */
  buckets: z.strictObject({ content: bucketName, feeds: bucketName, state: bucketName }).prefault({}),
  /** The wire's own domain names, with their certificate, which must be in us-east-1 for CloudFront. */
  domain: z
    .strictObject({
      names: z.array(hostName).min(1),
      certificate: z.string().regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/),
    })
    .optional(),
  /** Whether requests at the edge are logged, without addresses, for thirty days. Only a stack in us-east-1 can do it. */
  accessLogs: z.boolean().default(false),
  /** Dollars that the account may cost in a month before an alarm; 0: no budget. */
  budget: z.number().min(0).default(50),
  /**
   * The address that gets alarms; AWS asks it to confirm. Without an address the topic still exists, and others can subscribe to
   * it.
   */
  alarmEmail: z.email().optional(),
  /** The name of the stack. Another name is another newsroom beside the first. */
  stack: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: "must begin with a letter, and contain only letters of English, digits and hyphens" })
    .default(defaultStack),
  /** A rehearsal beside the newsroom: the stack has the name `<stack>-<stage>`, and everything in it has the tag `stage`. */
  stage: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, { error: "must contain only letters of English, digits and hyphens" })
    .optional(),
  /** Tags of everything in the stack. */
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
  /** The region of the stack; default: the region of the deploying shell. */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: ({ input }) => `${JSON.stringify(input)} is not a region: write one such as eu-central-1` })
    .optional(),
});

export type Settings = Readonly<z.output<typeof schema> & { silence: number }>;

/** The tags of everything in the newsroom. */
export function tagsOf({ stage, tags }: Settings): Readonly<Record<string, string>> {
  return stage === undefined ? tags : { stage, ...tags };
}

/** The settings in cdk.json's `context.wireroom`, checked and completed. Throws an Error that names each wrong key. */
export function parseSettings(given: unknown): Settings {
  const result = schema.safeParse(given ?? {});
  if (!result.success) throw wrong(result.error.issues.map(line));
  const { schedule } = result.data;
  const name = stackNameOf(result.data);
  if (name.length > longestStackName)
    throw wrong([`  stack: ${name} has ${name.length} letters, but a stack's name, with its stage, may have at most ${longestStackName}.`]);
  const every = minutesBetweenRuns(schedule);
  const silence = wholeSteps(result.data.silence ?? usualSilence(every));
  if (every !== undefined && silence < 2 * every) {
    throw wrong([
      `  silence: ${silence} minutes would raise the alarm between two successful runs of ${schedule}. It must be at least ${2 * every}, and ` +
        `CloudWatch can look back at most ${longestSilence}.`,
    ]);
  }
  return { ...result.data, silence };
}

/** Rounds up to the steps of CloudWatch: five minutes, or an hour beyond one day. */
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

/** The settings that contain other settings. */
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
  return `  ${names}: no such setting. The known ones are: ${Object.keys(known).join(", ")}`;
}
