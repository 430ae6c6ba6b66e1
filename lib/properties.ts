import type { PriceClass } from "aws-cdk-lib/aws-cloudfront";
import type { Code } from "aws-cdk-lib/aws-lambda";
import type { IBucket } from "aws-cdk-lib/aws-s3";

/** The settings of a newsroom. All are optional. */
export interface WireroomProps {
  /**
   * The newsroom's name in metrics, alarms' mails and names that CloudFront wants; with the stage, when there is one. Two newsrooms of
   * an app have two names. Letters of English, digits and hyphens.
   * @default the stack's name and the path of the construct in it
   */
  readonly name?: string | undefined;
  /** A rehearsal beside the newsroom: everything has the tag `stage`, and names end with it. */
  readonly stage?: string | undefined;
  /** Tags of everything in the newsroom. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /**
   * When the function lists all content: `rate(…)` or `cron(…)`, in UTC. Notices of uploads call it besides, within seconds;
   * docs/costs.md says what the listings cost.
   * @default "rate(5 minutes)"
   */
  readonly schedule?: string | undefined;
  /**
   * Memory of the function in MB, 128 to 10,240. Lambda gives a whole CPU at 1,769 MB: with less memory a run is slower.
   * @default 1769
   */
  readonly memory?: number | undefined;
  /**
   * Seconds until AWS ends a run, 10 to 900. What is left is done by the next run.
   * @default 300
   */
  readonly timeout?: number | undefined;
  /**
   * Days for which the reports of runs stay in the log: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365.
   * @default 30
   */
  readonly logDays?: number | undefined;
  /**
   * Minutes without a successful run before an alarm, 10 to 10,080, and at least two runs of the schedule.
   * @default three runs of a `rate(…)`, at least 30 minutes; a day for `cron(…)`
   */
  readonly silence?: number | undefined;
  /**
   * Days for which a replaced or deleted version can be restored, 1 to 3,650; buckets of your own are left as they are.
   * @default { content: 90, feeds: 7, state: 30 }
   */
  readonly oldVersions?:
    | { readonly content?: number | undefined; readonly feeds?: number | undefined; readonly state?: number | undefined }
    | undefined;
  /**
   * The buckets of content, feeds and state. A name makes a new bucket of that name, or takes one into the stack with `cdk import`. A
   * bucket of your own (`Bucket.fromBucketName(…)`, or one of your app) is used and not changed: all three must be versioned, that of
   * content must send its events to EventBridge, and where the feeds' is imported you give CloudFront the right to read and list it.
   * @default new buckets, which outlive the stack, with names that AWS generates
   */
  readonly buckets?:
    | {
        readonly content?: string | IBucket | undefined;
        readonly feeds?: string | IBucket | undefined;
        readonly state?: string | IBucket | undefined;
      }
    | undefined;
  /**
   * The wire's own domain names in DNS (letters of other scripts as Punycode), and the ARN of their certificate, which must be in
   * us-east-1 for CloudFront. You point the names to the distribution.
   * @default a name of CloudFront's
   */
  readonly domain?: { readonly names: readonly string[]; readonly certificate: string } | undefined;
  /**
   * The ARN of a web ACL (WAF) of the scope CLOUDFRONT in us-east-1. CloudFront's flat-rate plans want one.
   * @default none: there is nothing to inspect
   */
  readonly webAcl?: string | undefined;
  /**
   * The edge locations that answer: `PriceClass_100`, `PriceClass_200` or `PriceClass_All`.
   * @default "PriceClass_All"
   */
  readonly priceClass?: `${PriceClass}` | undefined;
  /**
   * Whether requests at the edge are logged, without addresses of readers, for thirty days. Only a stack in us-east-1 can do it.
   * @default false
   */
  readonly accessLogs?: boolean | undefined;
  /**
   * The address that gets alarms; AWS asks it to confirm.
   * @default nobody: others can subscribe to `alarms`
   */
  readonly alarmEmail?: string | undefined;
  /**
   * Dollars that the whole account may cost in a month before an alarm; 0: no budget.
   * @default 0; in cdk.json of a clone 50
   */
  readonly budget?: number | undefined;
  /**
   * The function's code.
   * @default the bundle in the package
   */
  readonly code?: Code | undefined;
}
