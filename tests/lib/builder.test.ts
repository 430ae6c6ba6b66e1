import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onlyOne, readable, root, templateOf } from "./synthesis.ts";

const template = templateOf();
const { Properties: handler } = onlyOne(template, "AWS::Lambda::Function");

describe("the function", () => {
  it("runs on Node 24 and arm64, from the file and the export of the bundle", () => {
    expect(handler).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "handler.handler" });
  });

  it("has no reserved concurrency, which a new account could not give", () => {
    expect(handler).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  it("gets its stores, the edge, its queue, its one-off schedule, its topic and nothing else", () => {
    expect(readable(handler.Environment)).toEqual({
      Variables: {
        WIREROOM_CONTENT: "s3://<ContentBucket>",
        WIREROOM_DISTRIBUTION: "<DeliveryDistribution>",
        WIREROOM_EDGE_TABLE: "<DeliveryEdgeTable.Arn>",
        WIREROOM_METRICS_SITE: "Wireroom",
        WIREROOM_QUEUE: "<NoticesQueue>",
        WIREROOM_MOMENT: expect.stringMatching(/^arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule\/[\w-]+\/next$/),
        WIREROOM_MOMENT_ROLE: "<MomentsRole.Arn>",
        WIREROOM_TO: "s3://<FeedsBucket>",
        WIREROOM_TOPIC: "<AlarmsTopic>",
        WIREROOM_STATE: "s3://<StateBucket>",
      },
    });
  });

  it("gets them by the names that it reads", () => {
    const reader = readFileSync(join(root, "lambda", "settings.ts"), "utf8");
    const { Variables } = handler.Environment as { Variables: Record<string, unknown> };
    for (const variable of Object.keys(Variables)) expect(reader).toContain(`"${variable}"`);
  });

  it("logs JSON into its own group, with a retention period", () => {
    expect(readable(handler.LoggingConfig)).toEqual({ LogFormat: "JSON", LogGroup: "<BuilderLog>" });
    expect(onlyOne(template, "AWS::Logs::LogGroup").Properties).toEqual({ RetentionInDays: 30 });
  });

  it("is traced", () => {
    expect(handler.TracingConfig).toEqual({ Mode: "Active" });
  });

  it("takes memory, time and the days of its log from the settings", () => {
    const other = templateOf({ memory: 512, timeout: 60, logDays: 90 });
    expect(onlyOne(other, "AWS::Lambda::Function").Properties).toMatchObject({ MemorySize: 512, Timeout: 60 });
    expect(onlyOne(other, "AWS::Logs::LogGroup").Properties).toEqual({ RetentionInDays: 90 });
  });

  it("is not retried after a failed run", () => {
    expect(onlyOne(template, "AWS::Lambda::EventInvokeConfig").Properties).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 3600,
    });
  });
});

describe("the schedule", () => {
  const { Properties: schedule } = onlyOne(template, "AWS::Scheduler::Schedule");
  const target = readable(schedule.Target) as Record<string, unknown>;

  /**
   * AWS's grammar of a rate, written a second time from its documentation: `rate(`, a positive number, a unit in the singular for
   * one and the plural for more, `)`. CDK and CloudFormation's schema accept any string, and a wrong one fails the deployment.
   */
  const grammar = /^rate\((1 (minute|hour|day)|(?!1 )[1-9][0-9]* (minutes|hours|days))\)$/;

  it("is an expression that AWS understands", () => {
    expect(schedule.ScheduleExpression).toMatch(grammar);
    expect(schedule).toMatchObject({ ScheduleExpression: "rate(5 minutes)", State: "ENABLED", FlexibleTimeWindow: { Mode: "OFF" } });
  });

  it("is the one from the settings", () => {
    const other = templateOf({ schedule: "cron(0/10 6-22 ? * MON-FRI *)" });
    expect(onlyOne(other, "AWS::Scheduler::Schedule").Properties.ScheduleExpression).toBe("cron(0/10 6-22 ? * MON-FRI *)");
  });

  it("calls the function itself, once: the next tick is the retry", () => {
    expect(target).toMatchObject({ Arn: "<BuilderFunction.Arn>", RoleArn: "<BuilderScheduleRole.Arn>" });
    expect(target.RetryPolicy).toMatchObject({ MaximumRetryAttempts: 0 });
  });

  it("leaves a dead letter after a failed call", () => {
    expect(target.DeadLetterConfig).toEqual({ Arn: "<DeadLetters.Arn>" });
  });

  it("sends a scheduled event with the time it was due", () => {
    expect(JSON.parse(target.Input as string)).toEqual({
      source: "aws.scheduler",
      "detail-type": "Scheduled Event",
      id: "<aws.scheduler.execution-id>",
      time: "<aws.scheduler.scheduled-time>",
    });
  });
});
