import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { Distribution, IKeyValueStore } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, type Code, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { objectPrefixes, stateKeys } from "../lambda/state/state-keys.ts";
import { type Buckets, rightsOn, rightsOnDistribution, rightsOnQueue, rightsOnTable, rightsOnTopic } from "./rights.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Settings } from "./settings.ts";

type Props = {
  readonly settings: Settings;
  readonly code: Code;
  readonly buckets: Buckets;
  readonly edgeTable: IKeyValueStore;
  readonly distribution: Distribution;
  /** The queue that calls the function, and into which it puts reminders. */
  readonly queue: IQueue;
  readonly scheduler: Scheduler;
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

  /** Sends new holds and problems to the people who get alarms. The topic is made after the function, which its alarms watch. */
  tellPeople(topic: ITopic): void {
    this.handler.addEnvironment("WIREROOM_TOPIC", topic.topicArn);
    this.handler.addToRolePolicy(rightsOnTopic(topic));
  }
}

function publisher(scope: Construct, { settings, code, buckets, edgeTable, distribution, queue, scheduler }: Props): LambdaFunction {
  const logGroup = new LogGroup(scope, "Log", { retention: settings.logDays, removalPolicy: RemovalPolicy.DESTROY });
  // Our own role, because the one that CDK makes may write to every log group of the account.
  const role = new Role(scope, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  const beside = [rightsOnTable(edgeTable), rightsOnDistribution(distribution), rightsOnQueue(queue), ...scheduler.rights()];
  for (const statement of [...rightsOn(buckets), ...beside]) role.addToPolicy(statement);
  role.addToPolicy(
    new PolicyStatement({ sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }),
  );

  const handler = new LambdaFunction(scope, "Function", {
    description: "Wireroom: publishes feeds from articles",
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code,
    handler: "handler.handler",
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
      WIREROOM_METRICS_SITE: settings.name,
      WIREROOM_MOMENT: scheduler.schedule,
      WIREROOM_MOMENT_ROLE: scheduler.role.roleArn,
    },
    // The scheduler calls asynchronously, and Lambda would try such a call three times; here the next tick is the retry.
    retryAttempts: 0,
    // A call without free concurrency is tried again; after an hour, later ticks have replaced it.
    maxEventAge: Duration.hours(1),
    // No reserved concurrency: a new account has none to give, and the deployment would fail. The lease ensures a single writer.
  });
  acknowledgeRights(role, buckets);
  const reason =
    "A call of the schedule carries no data that could be lost: it lists everything, and the next tick repeats it. A failed run raises the " +
    "alarms RunFailed and NoGoodRun, and the log explains it; a queue of empty calls would keep an alarm on after the wire has recovered.";
  Validations.of(handler).acknowledge({ id: "Serverless-LambdaDLQ", reason }, { id: "Serverless-LambdaAsyncFailureDestination", reason });
  return handler;
}

function schedule(scope: Construct, settings: Settings, handler: LambdaFunction, deadLetters: IQueue): void {
  new Schedule(scope, "Schedule", {
    description: "Wireroom: looks for what changed and publishes it",
    schedule: ScheduleExpression.expression(settings.schedule),
    target: new LambdaInvoke(handler, {
      // EventBridge's form of scheduled events, written out so that it does not depend on a default.
      input: ScheduleTargetInput.fromObject({
        source: "aws.scheduler",
        "detail-type": "Scheduled Event",
        id: ContextAttribute.executionId,
        time: ContextAttribute.scheduledTime,
      }),
      retryAttempts: 0,
      deadLetterQueue: deadLetters,
      // Complete already: CDK would add every version and alias of the function.
      role: scheduleRole(scope, handler, deadLetters).withoutPolicyUpdates(),
    }),
  });
}

/** The permissions of the scheduler, limited to the schedules in this account's default group. */
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

function acknowledgeRights(role: Role, { content, feeds, state }: Buckets): void {
  const prefix =
    "Each is every object under one prefix of one of the stack's own buckets, because authors choose the rest of a key. The actions are " +
    "listed one by one, without any that may delete or write more than needed (lib/rights.ts, tests/lib/rights.test.ts).";
  Validations.of(role).acknowledge(
    ...[
      content.arnForObjects("*"),
      feeds.arnForObjects("*"),
      ...[stateKeys.kept, ...objectPrefixes].map((prefix) => state.arnForObjects(`${prefix}*`)),
    ].map((objects) => ({
      id: `AwsSolutions-IAM5[Resource::${readable(Stack.of(role).resolve(objects))}]`,
      reason: prefix,
    })),
    {
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "X-Ray accepts no narrower resource for trace segments and telemetry; the two actions cannot read anything.",
    },
  );
}

/** An ARN as cdk-nag writes it in its findings: `<ContentBucket.Arn>/*`. */
function readable(resolved: unknown): string {
  if (typeof resolved === "string") return resolved;
  const {
    Ref: name,
    "Fn::GetAtt": attribute,
    "Fn::Join": joined,
  } = resolved as {
    readonly Ref?: string;
    readonly "Fn::GetAtt"?: readonly string[];
    readonly "Fn::Join"?: readonly [string, readonly unknown[]];
  };
  if (joined !== undefined) return joined[1].map(readable).join(joined[0]);
  return `<${name ?? attribute?.join(".")}>`;
}
