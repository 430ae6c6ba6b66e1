import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, type IMetric, MathExpression, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { visibilityOf } from "../notices.ts";
import { minutesBetweenRuns } from "../schedule.ts";
import type { Settings } from "../settings.ts";
import { runMetric } from "./metrics.ts";

export type Watch = {
  readonly id: string;
  /** What has happened, in one sentence for the person who gets the alarm. */
  readonly says: string;
  /** The heading of its section in docs/runbook.md, as an anchor. */
  readonly section: string;
  readonly metric: IMetric;
  readonly when: ComparisonOperator;
  readonly threshold: number;
  readonly periods: number;
  /** In how many of the periods; default: in all. */
  readonly of?: number;
  readonly missing: TreatMissingData;
};

export type Watched = {
  readonly settings: Settings;
  readonly handler: IFunction;
  readonly notices: IQueue;
  readonly deadLetters: IQueue;
};

const fiveMinutes = Duration.minutes(5);
const sum = { period: fiveMinutes, statistic: Stats.SUM };
const quietIsFine = { missing: TreatMissingData.NOT_BREACHING } as const;
/** With rare runs, most periods have no data: the last value stays valid until another comes. */
const lastWordStands = { missing: TreatMissingData.IGNORE } as const;
const atLeastOne = { when: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: 1, periods: 1, ...quietIsFine } as const;

export function watches(watched: Watched): readonly Watch[] {
  return [...ofRuns(watched), ...ofRoom(watched), ...ofReports(watched), ...ofAnnouncements(watched), ...ofQueues(watched)];
}

/**
 * Two of three runs, so that a single failure corrected by the next run wakes nobody; the periods follow the schedule. If the
 * pace is unknown (`cron`), or days lie between two runs, the first failure counts.
 */
function paceOf({ schedule }: Settings): { readonly period: Duration; readonly periods: number; readonly of: number } {
  const every = minutesBetweenRuns(schedule);
  if (every === undefined || every > 1440) return { period: fiveMinutes, periods: 1, of: 1 };
  return { period: Duration.minutes(Math.max(5, every)), periods: 3, of: 2 };
}

/** An hour, and at least two runs of a slow schedule, up to CloudWatch's longest period. */
function anHour({ schedule }: Settings): Duration {
  return Duration.minutes(Math.min(1440, Math.max(60, 2 * (minutesBetweenRuns(schedule) ?? 0))));
}

function ofRuns({ settings, handler }: Watched): readonly Watch[] {
  const pace = paceOf(settings);
  const quiet = { ...sum, period: silencePeriod(settings.silence) };
  return [
    {
      id: "RunFailed",
      says: "Two recent runs of Wireroom ended with a fault. Feeds stayed as they were.",
      section: "a-run-failed",
      metric: handler.metricErrors({ ...sum, period: pace.period }),
      ...atLeastOne,
      periods: pace.periods,
      of: pace.of,
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
      says: `No run of Wireroom has succeeded for ${settings.silence} minutes. The feeds are getting out of date.`,
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
      // Without calls there are no data at all: a stopped schedule must not look healthy.
      missing: TreatMissingData.BREACHING,
    },
  ];
}

/** Reports that a run is close to its limits of time and memory before it reaches them. */
function ofRoom({ settings, handler }: Watched): readonly Watch[] {
  const { period, periods, of } = paceOf(settings);
  const above = { when: ComparisonOperator.GREATER_THAN_THRESHOLD, periods, of } as const;
  return [
    {
      id: "RunTakesLong",
      says: `Runs of Wireroom take more than four fifths of the ${settings.timeout} seconds after which AWS ends them.`,
      section: "runs-take-long",
      metric: handler.metricDuration({ period, statistic: Stats.MAXIMUM }),
      threshold: 800 * settings.timeout,
      ...above,
      ...quietIsFine,
    },
    {
      id: "MemoryIsShort",
      says: `Runs of Wireroom take more than 85 % of the ${settings.memory} MB beyond which AWS ends them.`,
      section: "memory-is-short",
      metric: runMetric(settings, "MemoryUsed", { period, statistic: Stats.MAXIMUM }),
      threshold: Math.round(0.85 * settings.memory),
      ...above,
      ...lastWordStands,
    },
  ];
}

/** What every run within an hour reported. */
function ofAnnouncements({ settings }: Watched): readonly Watch[] {
  const everyRun = { period: anHour(settings), statistic: Stats.MINIMUM };
  return [
    {
      id: "AnnouncementsFail",
      says: "For an hour no run of Wireroom could tell the hub or CloudFront about its changes.",
      section: "announcements-fail",
      metric: runMetric(settings, "AnnouncementsFailed", everyRun),
      ...atLeastOne,
      ...lastWordStands,
    },
    {
      id: "LeaseBusy",
      says: "For an hour every run of Wireroom has found another run writing. Nothing new is published.",
      section: "the-lease-is-busy",
      metric: runMetric(settings, "Busy", everyRun),
      ...atLeastOne,
      ...lastWordStands,
    },
  ];
}

function ofReports({ settings }: Watched): readonly Watch[] {
  const quiet = silencePeriod(settings.silence);
  const told = (metricName: string, statistic: string, period = fiveMinutes) => runMetric(settings, metricName, { statistic, period });
  return [
    {
      id: "ChannelHeld",
      says: "Wireroom holds a change that looks like damage. The feed stays as it was until somebody releases or corrects it.",
      section: "a-channel-is-held",
      metric: told("Holds", Stats.MAXIMUM),
      ...atLeastOne,
      ...lastWordStands,
    },
    {
      id: "ManyQuarantined",
      says: "At least five articles have files that cannot be read. New ones stay out; published ones stay as they were.",
      section: "articles-are-quarantined",
      metric: told("ArticlesQuarantined", Stats.MAXIMUM),
      ...atLeastOne,
      ...lastWordStands,
      threshold: 5,
    },
    {
      id: "NothingNew",
      says: "No article is newer than the freshness in site.yaml, or no run has reported one.",
      section: "nothing-new",
      metric: told("Stale", Stats.MINIMUM, quiet),
      ...atLeastOne,
      periods: settings.silence / quiet.toMinutes(),
      // Missing data are not a sign of news.
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
      says: "A call of Wireroom's schedule did not arrive, or the queue gave up a notice of the content bucket.",
      section: "dead-letters",
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ ...sum, statistic: Stats.MAXIMUM }),
      ...atLeastOne,
    },
    {
      id: "NoticesWait",
      says: "Notices of the content bucket have waited for a long time. Only the schedule publishes uploads now.",
      section: "notices-wait",
      metric: notices.metricApproximateAgeOfOldestMessage({ ...sum, statistic: Stats.MAXIMUM }),
      when: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // A returned notice comes again once; the second time is a reason to look.
      threshold: 2 * visibilityOf(settings),
      periods: 2,
      ...quietIsFine,
    },
  ];
}
