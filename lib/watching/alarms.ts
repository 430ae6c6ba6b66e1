import { ArnFormat, type CfnCondition, type CfnResource, Stack, Validations } from "aws-cdk-lib";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type Subscription, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Watch } from "./watches.ts";

type Props = {
  /** Its name. */
  readonly newsroom: string;
  readonly watches: readonly Watch[];
  /** Made only if the condition holds. */
  readonly conditional?: { readonly watches: readonly Watch[]; readonly condition: CfnCondition };
  readonly email: string | undefined;
};

/** The watched conditions, and the topic that reports them. Each alarm names its section of the runbook. */
export class Alarms extends Construct {
  readonly topic: Topic;
  /** The alarms that exist without any condition. */
  readonly everywhere: readonly Alarm[];

  constructor(scope: Construct, id: string, { newsroom, watches, conditional, email }: Props) {
    super(scope, id);
    this.topic = alarmTopic(this, newsroom, email);
    const action = new SnsAction(this.topic);
    const made = (watch: Watch): Alarm => {
      const alarm = new Alarm(this, watch.id, {
        alarmDescription: `${watch.says} What to do: docs/runbook.md#${watch.section}`,
        metric: watch.metric,
        comparisonOperator: watch.when,
        threshold: watch.threshold,
        evaluationPeriods: watch.periods,
        ...(watch.of === undefined ? {} : { datapointsToAlarm: watch.of }),
        treatMissingData: watch.missing,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    };
    this.everywhere = watches.map(made);
    if (conditional === undefined) return;
    for (const alarm of conditional.watches.map(made))
      (alarm.node.defaultChild as CfnResource).cfnOptions.condition = conditional.condition;
  }
}

function alarmTopic(scope: Construct, newsroom: string, email: string | undefined): Topic {
  // The sender of the mails, so that a person with two newsrooms sees which one it is.
  const topic = new Topic(scope, "Topic", { displayName: `${newsroom} alarms`, enforceSSL: true });
  // A topic with its own policy loses the default one, under which the account's alarms may publish.
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
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "BudgetPublishes",
      principals: [new ServicePrincipal("budgets.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
    }),
  );
  if (email !== undefined) acknowledge(topic.addSubscription(new EmailSubscription(email)));
  return topic;
}

function acknowledge(subscription: Subscription): void {
  Validations.of(subscription).acknowledge({
    id: "Serverless-SNSRedrivePolicy",
    reason:
      "A mail that cannot be delivered would become a dead letter, and its alarm would send the same mail. SNS tries for six hours, and alarms and their " +
      "history are in CloudWatch and on the dashboard, whether or not a mail arrived.",
  });
}
