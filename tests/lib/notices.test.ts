import { describe, expect, it } from "vitest";
import { leaseTerm } from "../../lambda/run/process/lease.ts";
import { skew } from "../../lambda/state/state-owner.ts";
import { onlyOne, readable, resourcesOf, statements, templateOf } from "./synthesis.ts";

const template = templateOf();
const queues = Object.values(resourcesOf(template, "AWS::SQS::Queue")).map(
  ({ Properties }) => readable(Properties) as Record<string, unknown>,
);
const queue = queues.find(({ RedrivePolicy }) => RedrivePolicy !== undefined) ?? {};

describe("the queue of notices", () => {
  it("moves a message to the dead letters after five attempts", () => {
    expect(queue.RedrivePolicy).toEqual({ deadLetterTargetArn: "<DeadLetters.Arn>", maxReceiveCount: 5 });
  });

  it("returns unfinished messages after six times the function's timeout, when the lease of a killed run is free too", () => {
    const visibility = (settings: Record<string, unknown>) =>
      Object.values(resourcesOf(templateOf(settings), "AWS::SQS::Queue")).map(({ Properties }) => Properties.VisibilityTimeout);
    expect(visibility({ timeout: 300 })).toContain(6 * 300);
    expect(visibility({ timeout: 10 })).toContain(10 + (leaseTerm + skew) / 1000 + 10);
    expect(visibility({ timeout: 60 })).toContain(60 + (leaseTerm + skew) / 1000 + 10);
    expect(visibility({ timeout: 900 })).toContain(6 * 900);
  });

  it("is encrypted, like all queues, and no queue is first in, first out", () => {
    for (const one of queues) {
      expect(one.SqsManagedSseEnabled).toBe(true);
      expect(one).not.toHaveProperty("FifoQueue");
    }
  });

  it("accepts messages only from EventBridge's one rule, over TLS", () => {
    const policies = Object.values(resourcesOf(template, "AWS::SQS::QueuePolicy")).flatMap(({ Properties }) =>
      statements(Properties.PolicyDocument),
    );
    const allowed = policies.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.length).toBeGreaterThan(0);
    for (const one of allowed)
      expect(one).toMatchObject({
        Principal: { Service: "events.amazonaws.com" },
        Action: expect.not.arrayContaining(["sqs:*"]),
        Condition: { ArnEquals: { "aws:SourceArn": "<NoticesRule.Arn>" } },
      });
    expect(
      policies.filter(({ Effect, Condition }) => Effect === "Deny" && JSON.stringify(Condition).includes("SecureTransport")),
    ).toHaveLength(2);
  });
});

it("the rule matches created and deleted objects of the content bucket, and no others", () => {
  const { EventPattern, Targets, State } = readable(onlyOne(template, "AWS::Events::Rule").Properties) as Record<string, unknown>;
  expect(EventPattern).toEqual({
    source: ["aws.s3"],
    "detail-type": ["Object Created", "Object Deleted"],
    detail: { bucket: { name: ["<ContentBucket>"] } },
  });
  expect([State, Targets]).toMatchObject(["ENABLED", [{ Arn: "<NoticesQueue.Arn>", DeadLetterConfig: { Arn: "<DeadLetters.Arn>" } }]]);
});

it("the queue calls the function after ten seconds of gathering, at most twice at once, and gets unfinished messages back", () => {
  expect(readable(onlyOne(template, "AWS::Lambda::EventSourceMapping").Properties)).toMatchObject({
    EventSourceArn: "<NoticesQueue.Arn>",
    FunctionName: "<BuilderFunction>",
    MaximumBatchingWindowInSeconds: 10,
    ScalingConfig: { MaximumConcurrency: 2 },
    FunctionResponseTypes: ["ReportBatchItemFailures"],
  });
});
