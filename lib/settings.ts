import { domainToASCII } from "node:url";
import { Token } from "aws-cdk-lib";
import type { Code } from "aws-cdk-lib/aws-lambda";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Node } from "constructs";
import * as z from "zod";
import { longestName, nameOf } from "./names.ts";
import type { WireroomProps } from "./properties.ts";
import { isRecurring, minutesBetweenRuns } from "./schedule.ts";
import { defaultStack, stackNameOf } from "./stack-name.ts";

/** The retention periods of CloudWatch Logs, up to a year; any other number of days fails at deployment. */
const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/** Minutes. CloudWatch looks back at most seven days, and beyond one day only in whole hours. */
const longestSilence = 10_080;

const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);

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

const lettersOfNames = "must begin with a letter, and contain only letters of English, digits and hyphens";

/** An ARN; one that only the deployment knows, such as that of a certificate of the same app, cannot be checked. */
function arnLike(pattern: RegExp, error: string) {
  return z.string().refine((value) => Token.isUnresolved(value) || pattern.test(value), { error });
}

const bucket = z.union([bucketName, z.custom<IBucket>((value) => typeof value === "object" && value !== null && "bucketArn" in value)], {
  error: "must be the name of a bucket, or a bucket",
});

/** What each property must be; lib/properties.ts says what it means. */
const properties = {
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: lettersOfNames })
    .optional(),
  stage: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, { error: "must contain only letters of English, digits and hyphens" })
    .optional(),
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
  schedule: z
    .string()
    .refine(isRecurring, {
      error: ({ input }) => `${JSON.stringify(input)} is not a schedule: write rate(5 minutes) or cron(0/5 * * * ? *)`,
    })
    .default("rate(5 minutes)"),
  memory: z.int().min(128).max(10_240).default(1769),
  timeout: z.int().min(10).max(900).default(300),
  logDays: z
    .int()
    .refine((value) => logRetentions.includes(value), { error: `CloudWatch Logs keeps logs for one of ${logRetentions.join(", ")} days` })
    .default(30),
  silence: z.int().min(10).max(longestSilence).optional(),
  oldVersions: z.strictObject({ content: days.default(90), feeds: days.default(7), state: days.default(30) }).prefault({}),
  buckets: z.strictObject({ content: bucket.optional(), feeds: bucket.optional(), state: bucket.optional() }).prefault({}),
  domain: z
    .strictObject({
      names: z.array(hostName).min(1),
      certificate: arnLike(
        /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
        "must be the ARN of a certificate in us-east-1, where CloudFront looks for it",
      ),
    })
    .optional(),
  webAcl: arnLike(
    /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/,
    "must be the ARN of a web ACL of the scope CLOUDFRONT in us-east-1",
  ).optional(),
  priceClass: z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"]).default("PriceClass_All"),
  accessLogs: z.boolean().default(false),
  alarmEmail: z.email().optional(),
  budget: z.number().min(0).default(0),
  code: z.custom<Code>().optional(),
} satisfies { readonly [Property in keyof Required<WireroomProps>]: z.ZodType };

const newsroom = z.strictObject(properties);
const { name: _, code: __, buckets: ___, ...inFile } = properties;

/** The settings in cdk.json of a clone: the properties, without what only a program can give, and the stack. */
const file = z.strictObject({
  ...inFile,
  buckets: z.strictObject({ content: bucketName.optional(), feeds: bucketName.optional(), state: bucketName.optional() }).prefault({}),
  budget: properties.budget.unwrap().default(50),
  /** The name of the stack. Another name is another newsroom beside the first. */
  stack: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: lettersOfNames })
    .default(defaultStack),
  /** The region of the stack; default: the region of the deploying shell. */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: ({ input }) => `${JSON.stringify(input)} is not a region: write one such as eu-central-1` })
    .optional(),
});

/** The properties of a newsroom, checked and completed. */
export type Settings = Readonly<Omit<z.output<typeof newsroom>, "name"> & { name: string; silence: number }>;
type StackSettings = Readonly<z.output<typeof file> & { silence: number }>;

/** The tags of everything in the newsroom. */
export function tagsOf({ stage, tags }: Pick<Settings, "stage" | "tags">): Readonly<Record<string, string>> {
  return stage === undefined ? tags : { stage, ...tags };
}

/**
 * The properties of the newsroom, which has `path` if it gives itself no name.
 * @throws Error that names each wrong property.
 */
export function completed(props: WireroomProps, path: string): Settings {
  const subject = `The properties of the newsroom ${props.name ?? path} are`;
  const settings = checked(newsroom, props, subject);
  return { ...settings, name: nameOf(settings.name ?? path, settings.stage), silence: silenceOf(settings, subject) };
}

/** The settings in cdk.json's `context.wireroom`, checked and completed. Throws an Error that names each wrong key. */
export function parseSettings(given: unknown): StackSettings {
  const subject = "context.wireroom in cdk.json is";
  const settings = checked(file, given ?? {}, subject);
  const name = stackNameOf(settings);
  if (name.length > longestName)
    throw wrong(subject, [
      `  stack: ${name} has ${name.length} letters, but a stack's name, with its stage, may have at most ${longestName}.`,
    ]);
  return { ...settings, silence: silenceOf(settings, subject) };
}

function checked<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape, z.core.$strict>, given: unknown, subject: string) {
  const result = schema.safeParse(given);
  if (!result.success)
    throw wrong(
      subject,
      result.error.issues.map((issue) => line(issue, schema.shape)),
    );
  return result.data;
}

function silenceOf(
  { schedule, silence: given }: { readonly schedule: string; readonly silence?: number | undefined },
  subject: string,
): number {
  const every = minutesBetweenRuns(schedule);
  const silence = wholeSteps(given ?? usualSilence(every));
  if (every === undefined || silence >= 2 * every) return silence;
  throw wrong(subject, [
    `  silence: ${silence} minutes would raise the alarm between two successful runs of ${schedule}. It must be at least ${2 * every}, and ` +
      `CloudWatch can look back at most ${longestSilence}.`,
  ]);
}

/** Rounds up to the steps of CloudWatch: five minutes, or an hour beyond one day. */
function wholeSteps(minutes: number): number {
  const step = minutes <= 1440 ? 5 : 60;
  return Math.ceil(minutes / step) * step;
}

function usualSilence(every: number | undefined): number {
  return every === undefined ? 1440 : Math.min(Math.max(30, 3 * every), longestSilence);
}

function wrong(subject: string, lines: readonly string[]): Error {
  return new Error(`${subject} wrong:\n${lines.join("\n")}`);
}

/** The settings that contain other settings. */
const nested: Readonly<Record<string, object>> = {
  oldVersions: properties.oldVersions.def.innerType.shape,
  buckets: properties.buckets.def.innerType.shape,
  domain: properties.domain.def.innerType.shape,
};

/** The settings of the construct tree that `node` belongs to. */
export function settingsOf(node: Node): StackSettings {
  return parseSettings(node.tryGetContext("wireroom"));
}

function line(issue: z.core.$ZodIssue, shape: object): string {
  const where = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return `  ${where === "" ? "wireroom" : where}: ${issue.message}`;
  const names = issue.keys.map((key) => (where === "" ? key : `${where}.${key}`)).join(", ");
  const known = issue.path.length === 0 ? shape : (nested[String(issue.path[0])] ?? {});
  return `  ${names}: no such setting. The known ones are: ${Object.keys(known).join(", ")}`;
}
