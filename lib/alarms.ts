import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, MathExpression, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Settings } from "./settings.ts";

type Watch = {
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
};

/** CloudWatch looks back a day in steps of minutes, and seven days in steps of an hour. */
function silencePeriod(minutes: number): Duration {
  return minutes <= 1440 ? Duration.minutes(5) : Duration.hours(1);
}

/** What is watched, and the topic that tells of it. Each alarm says which section of the runbook to open. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly settings: Settings; readonly handler: IFunction; readonly deadLetters: IQueue },
  ) {
    super(scope, id);
    this.topic = alarmTopic(this, props.settings.alarmEmail);
    const action = new SnsAction(this.topic);
    for (const watch of watches(props.settings, props.handler, props.deadLetters)) {
      const alarm = new Alarm(this, watch.id, {
        alarmDescription: `${watch.says} What to do: docs/runbook.md#${watch.section}`,
        metric: watch.metric,
        comparisonOperator: watch.when,
        threshold: watch.threshold,
        evaluationPeriods: watch.periods,
        treatMissingData: watch.missing,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
}

function watches(settings: Settings, handler: IFunction, deadLetters: IQueue): readonly Watch[] {
  const sum = { period: Duration.minutes(5), statistic: Stats.SUM };
  const quiet = { ...sum, period: silencePeriod(settings.silence) };
  const atLeastOne = { when: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: 1, periods: 1 } as const;
  return [
    {
      id: "RunFailed",
      says: "A run of Wireroom ended with a fault. Feeds stand as they were.",
      section: "a-run-failed",
      metric: handler.metricErrors(sum),
      ...atLeastOne,
      missing: TreatMissingData.NOT_BREACHING,
    },
    {
      id: "RunThrottled",
      says: "AWS refused to start a run of Wireroom: the account has no free concurrency.",
      section: "a-run-was-throttled",
      metric: handler.metricThrottles(sum),
      ...atLeastOne,
      missing: TreatMissingData.NOT_BREACHING,
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
    {
      id: "DeadLetters",
      says: "The schedule of Wireroom could not call the function.",
      section: "dead-letters",
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ ...sum, statistic: Stats.MAXIMUM }),
      ...atLeastOne,
      missing: TreatMissingData.NOT_BREACHING,
    },
  ];
}

function alarmTopic(scope: Construct, email: string | undefined): Topic {
  const topic = new Topic(scope, "Topic", { displayName: "Wireroom alarms", enforceSSL: true });
  // A topic with a policy of its own loses the default one, under which the account's alarms may publish.
  const stack = Stack.of(scope);
  const alarms = stack.formatArn({
    service: "cloudwatch",
    resource: "alarm",
    resourceName: "*",
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "AlarmsPublish",
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { "aws:SourceAccount": stack.account },
        ArnLike: { "aws:SourceArn": alarms },
      },
    }),
  );
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
