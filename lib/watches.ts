import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, type IMetric, MathExpression, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { runMetric } from "./metrics.ts";
import { visibilityOf } from "./notices.ts";
import type { Settings } from "./settings.ts";

export type Watch = {
  readonly id: string;
  /** What has happened, in a sentence for whoever is woken by it. */
  readonly says: string;
  /** The heading of its section in docs/runbook.md, as an anchor. */
  readonly section: string;
  readonly metric: IMetric;
  readonly when: ComparisonOperator;
  readonly threshold: number;
  readonly periods: number;
  readonly missing: TreatMissingData;
  /** Its numbers are in us-east-1 alone. */
  readonly ofTheEdge?: true;
};

export type Watched = {
  readonly settings: Settings;
  readonly handler: IFunction;
  readonly notices: IQueue;
  readonly deadLetters: IQueue;
  readonly distributionId: string;
};

const fiveMinutes = Duration.minutes(5);
const sum = { period: fiveMinutes, statistic: Stats.SUM };
const quietIsFine = { missing: TreatMissingData.NOT_BREACHING } as const;
const atLeastOne = { when: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: 1, periods: 1, ...quietIsFine } as const;

export function watches(watched: Watched): readonly Watch[] {
  return [...ofRuns(watched), ...ofReports(watched), ...ofQueues(watched), ...ofTheEdge(watched)];
}

function ofRuns({ settings, handler }: Watched): readonly Watch[] {
  const quiet = { ...sum, period: silencePeriod(settings.silence) };
  return [
    {
      id: "RunFailed",
      says: "A run of Wireroom ended with a fault. Feeds stand as they were.",
      section: "a-run-failed",
      metric: handler.metricErrors(sum),
      ...atLeastOne,
    },
    {
      id: "RunThrottled",
      says: "AWS refused to start a run of Wireroom: the account has no free concurrency.",
      section: "a-run-was-throttled",
      metric: handler.metricThrottles(sum),
      ...atLeastOne,
    },
    {
      id: "NoGoodRun",
      says: `No run of Wireroom has ended well for ${settings.silence} minutes. Feeds grow old.`,
      section: "no-good-run",
      metric: new MathExpression({
        label: "runs that ended well",
        expression: "started - failed",
        usingMetrics: { started: handler.metricInvocations(quiet), failed: handler.metricErrors(quiet) },
        period: quiet.period,
      }),
      when: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      periods: settings.silence / quiet.period.toMinutes(),
      // Without calls there are no numbers at all: a stopped schedule must not look like peace.
      missing: TreatMissingData.BREACHING,
    },
  ];
}

function ofReports({ settings, handler }: Watched): readonly Watch[] {
  const quiet = silencePeriod(settings.silence);
  const told = (metricName: string, statistic: string, period = fiveMinutes) => runMetric(handler, metricName, { statistic, period });
  return [
    {
      id: "ChannelHeld",
      says: "Wireroom holds a change that looks like damage. The feed stays as it was until somebody looks.",
      section: "a-channel-is-held",
      metric: told("Holds", Stats.MAXIMUM),
      ...atLeastOne,
    },
    {
      id: "ManyQuarantined",
      says: "Five articles or more have files that cannot be read. New ones stay out, published ones stay as they were.",
      section: "articles-are-quarantined",
      metric: told("ArticlesQuarantined", Stats.MAXIMUM),
      ...atLeastOne,
      threshold: 5,
    },
    {
      id: "NothingNew",
      says: "No article is newer than the freshness of site.yaml, or no run has said so.",
      section: "nothing-new",
      metric: told("Stale", Stats.MINIMUM, quiet),
      ...atLeastOne,
      periods: settings.silence / quiet.toMinutes(),
      // Numbers that do not come are no sign of news.
      missing: TreatMissingData.BREACHING,
    },
  ];
}

/** CloudWatch looks back a day in steps of minutes, and seven days in steps of an hour. */
function silencePeriod(minutes: number): Duration {
  return minutes <= 1440 ? fiveMinutes : Duration.hours(1);
}

function ofQueues({ settings, notices, deadLetters }: Watched): readonly Watch[] {
  return [
    {
      id: "DeadLetters",
      says: "A call of Wireroom's schedule did not arrive, or a notice of the content bucket was given up.",
      section: "dead-letters",
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ ...sum, statistic: Stats.MAXIMUM }),
      ...atLeastOne,
    },
    {
      id: "NoticesWait",
      says: "Notices of the content bucket have been waiting for long. What is uploaded is published by the schedule alone.",
      section: "notices-wait",
      metric: notices.metricApproximateAgeOfOldestMessage({ ...sum, statistic: Stats.MAXIMUM }),
      when: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // A notice that is given back comes again once; the second time is a reason to look.
      threshold: 2 * visibilityOf(settings),
      periods: 2,
      ...quietIsFine,
    },
  ];
}

/** Of few requests one mistyped address would be a large part. */
const fewRequests = 200;

function ofTheEdge({ distributionId }: Watched): readonly Watch[] {
  const at = { namespace: "AWS/CloudFront", dimensionsMap: { DistributionId: distributionId, Region: "Global" }, period: fiveMinutes };
  const requests = new Metric({ ...at, metricName: "Requests", statistic: Stats.SUM });
  const rate = (metricName: string, label: string, least: number) =>
    new MathExpression({
      label,
      expression: `IF(requests >= ${least}, rate, 0)`,
      usingMetrics: { requests, rate: new Metric({ ...at, metricName, statistic: Stats.AVERAGE }) },
      period: fiveMinutes,
    });
  const above = { when: ComparisonOperator.GREATER_THAN_THRESHOLD, ...quietIsFine, ofTheEdge: true } as const;
  return [
    {
      id: "EdgeRefuses",
      says: "More than a fifth of the requests for feeds are answered with 4xx. Readers that meet one stay away for days.",
      section: "the-edge-refuses",
      metric: rate("4xxErrorRate", "4xx, percent", fewRequests),
      threshold: 20,
      periods: 3,
      ...above,
    },
    {
      id: "EdgeFails",
      says: "More than a hundredth of the requests for feeds are answered with 5xx.",
      section: "the-edge-fails",
      metric: rate("5xxErrorRate", "5xx, percent", 20),
      threshold: 1,
      periods: 2,
      ...above,
    },
  ];
}
