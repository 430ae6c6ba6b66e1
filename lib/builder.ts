import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { Distribution, IKeyValueStore } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { bundledCode } from "./code.ts";
import { siteOf } from "./metrics.ts";
import type { Moments } from "./moments.ts";
import { type Buckets, rightsOn, rightsOnDistribution, rightsOnQueue, rightsOnTable, rightsOnTopic } from "./rights.ts";
import type { Settings } from "./settings.ts";

type Props = {
  readonly settings: Settings;
  readonly buckets: Buckets;
  readonly edgeTable: IKeyValueStore;
  readonly distribution: Distribution;
  /** What the function is called from, and puts reminders into. */
  readonly queue: IQueue;
  readonly moments: Moments;
  readonly deadLetters: IQueue;
};

/** The function that publishes, and the schedule that calls it. */
export class Builder extends Construct {
  readonly handler: LambdaFunction;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const { settings } = props;
    this.handler = publisher(this, props);
    schedule(this, settings, this.handler, props.deadLetters);
  }

  /** New holds and problems go to those who are told of alarms. The topic comes after the function, which its alarms watch. */
  tellPeople(topic: ITopic): void {
    this.handler.addEnvironment("WIREROOM_TOPIC", topic.topicArn);
    this.handler.addToRolePolicy(rightsOnTopic(topic));
  }
}

function publisher(scope: Construct, { settings, buckets, edgeTable, distribution, queue, moments }: Props): LambdaFunction {
  const logGroup = new LogGroup(scope, "Log", { retention: settings.logDays, removalPolicy: RemovalPolicy.DESTROY });
  // A role of our own, because the one that CDK makes may write to every log group of the account.
  const role = new Role(scope, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  const beside = [rightsOnTable(edgeTable), rightsOnDistribution(distribution), rightsOnQueue(queue), ...moments.rights()];
  for (const statement of [...rightsOn(buckets), ...beside]) role.addToPolicy(statement);
  role.addToPolicy(
    new PolicyStatement({ sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }),
  );

  const handler = new LambdaFunction(scope, "Function", {
    description: "Wireroom: publishes feeds from articles",
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    ...bundledCode(),
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
    memorySize: settings.memory,
    timeout: Duration.seconds(settings.timeout),
    environment: {
      WIREROOM_CONTENT: `s3://${buckets.content.bucketName}`,
      WIREROOM_TO: `s3://${buckets.feeds.bucketName}`,
      WIREROOM_STATE: `s3://${buckets.state.bucketName}`,
      WIREROOM_EDGE_TABLE: edgeTable.keyValueStoreArn,
      WIREROOM_DISTRIBUTION: distribution.distributionId,
      WIREROOM_QUEUE: queue.queueUrl,
      WIREROOM_METRICS_SITE: siteOf(scope),
      WIREROOM_MOMENT: moments.schedule,
      WIREROOM_MOMENT_ROLE: moments.role.roleArn,
    },
    // The scheduler calls without waiting, and Lambda would try such a call three times: the next tick is the retry.
    retryAttempts: 0,
    // A call that finds no free concurrency is tried again; an hour later the ticks since have made it pointless.
    maxEventAge: Duration.hours(1),
    // No reserved concurrency: a new account has none to give and the deployment would fail. The lease keeps one writer.
  });
  acknowledgeRights(role);
  const reason =
    "A call carries nothing that could be lost: each one looks at everything, and the next tick repeats it. A failed run is told by the " +
    "alarms RunFailed and NoGoodRun and explained in the log; a queue of empty calls would hold an alarm up after the wire has recovered.";
  Validations.of(handler).acknowledge({ id: "Serverless-LambdaDLQ", reason }, { id: "Serverless-LambdaAsyncFailureDestination", reason });
  return handler;
}

function schedule(scope: Construct, settings: Settings, handler: LambdaFunction, deadLetters: IQueue): void {
  new Schedule(scope, "Schedule", {
    description: "Wireroom: looks for what changed and publishes it",
    schedule: ScheduleExpression.expression(settings.schedule),
    target: new LambdaInvoke(handler, {
      // The shape that EventBridge gives to scheduled events, said here so that it does not hang on a default.
      input: ScheduleTargetInput.fromObject({
        source: "aws.scheduler",
        "detail-type": "Scheduled Event",
        id: ContextAttribute.executionId,
        time: ContextAttribute.scheduledTime,
      }),
      retryAttempts: 0,
      deadLetterQueue: deadLetters,
      // Complete as it is: CDK would add every version and alias of the function.
      role: scheduleRole(scope, handler, deadLetters).withoutPolicyUpdates(),
    }),
  });
}

/** What the scheduler may do, and that only for the schedules of this account's default group. */
function scheduleRole(scope: Construct, handler: LambdaFunction, deadLetters: IQueue): Role {
  const stack = Stack.of(scope);
  const group = stack.formatArn({ service: "scheduler", resource: "schedule-group", resourceName: "default" });
  const role = new Role(scope, "ScheduleRole", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": stack.account, "aws:SourceArn": group } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ sid: "Call", actions: ["lambda:InvokeFunction"], resources: [handler.functionArn] }));
  role.addToPolicy(new PolicyStatement({ sid: "GiveUp", actions: ["sqs:SendMessage"], resources: [deadLetters.queueArn] }));
  return role;
}

function acknowledgeRights(role: Role): void {
  const prefix =
    "Each is every object under one prefix of one of the stack's own buckets, because keys are made of what people write; the actions are " +
    "named one by one, and what may not be deleted or written is left out (lib/rights.ts, tests/lib/rights.test.ts).";
  Validations.of(role).acknowledge(
    { id: "AwsSolutions-IAM5[Resource::<ContentBucket.Arn>/*]", reason: prefix },
    { id: "AwsSolutions-IAM5[Resource::<FeedsBucket.Arn>/*]", reason: prefix },
    { id: "AwsSolutions-IAM5[Resource::<StateBucket.Arn>/articles/*]", reason: prefix },
    {
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "X-Ray takes trace segments and telemetry for no narrower resource than all of them; the two actions can read nothing.",
    },
  );
}
