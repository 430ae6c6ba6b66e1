import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { name, resourcesOf, root, type Statement, statements, templateOf } from "./synthesis.ts";

const template = templateOf();

/** All statements in all policies of a role, as `action -> resources`. */
function rightsOf(role: string): Readonly<Record<string, readonly string[]>> {
  const rights: Record<string, string[]> = {};
  for (const { Properties } of Object.values(resourcesOf(template, "AWS::IAM::Policy"))) {
    const roles = Properties.Roles as { Ref: string }[];
    if (!roles.some(({ Ref }) => name(Ref) === role)) continue;
    for (const { Effect, Action, Resource, Condition } of statements(Properties.PolicyDocument)) {
      // Only the scheduler may be given a role; no other permission has a condition.
      const handed = (Action as string[]).includes("iam:PassRole");
      const passed = { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } };
      expect({ Effect, Condition }).toEqual({ Effect: "Allow", Condition: handed ? passed : undefined });
      for (const action of Action as string[]) rights[action] = [...(rights[action] ?? []), ...(Resource as string[])].sort();
    }
  }
  return rights;
}

const content = "<ContentBucket.Arn>";
const feeds = "<FeedsBucket.Arn>";
const state = "<StateBucket.Arn>";
const within = (...keys: readonly string[]) => keys.map((key) => `${state}/${key}`);
const objects = ["articles/*", "catalog/*", "details/*"];
const values = [...within(...objects, "head.json", "lease.json", "ledger/*", "manifest/*", "report.json.gz")];
const read = [...values, ...within("ledger.json.gz", "manifest.json.gz")].sort();

const moment = expect.stringMatching(/^arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule\/[\w-]+\/next$/) as string;

describe("the permissions of the function", () => {
  it("are these, each on these resources, and no others", () => {
    expect(rightsOf("BuilderRole")).toEqual({
      "s3:ListBucket": [content, feeds, state],
      "s3:ListBucketVersions": [content, feeds, state],
      "s3:GetObject": [`${content}/*`, `${feeds}/*`, ...read],
      "s3:GetObjectVersion": [`${content}/*`, `${feeds}/*`, ...read],
      "s3:PutObject": [`${feeds}/*`, ...values],
      "s3:DeleteObject": [`${feeds}/*`, ...within(...objects, "lease.json", "ledger/*", "manifest/*")],
      "cloudfront:CreateInvalidation": ["arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<DeliveryDistribution>"],
      "cloudfront:GetInvalidation": ["arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<DeliveryDistribution>"],
      "cloudfront-keyvaluestore:DescribeKeyValueStore": ["<DeliveryEdgeTable.Arn>"],
      "cloudfront-keyvaluestore:ListKeys": ["<DeliveryEdgeTable.Arn>"],
      "cloudfront-keyvaluestore:UpdateKeys": ["<DeliveryEdgeTable.Arn>"],
      "logs:CreateLogStream": ["<BuilderLog.Arn>"],
      "logs:PutLogEvents": ["<BuilderLog.Arn>"],
      "iam:PassRole": ["<MomentsRole.Arn>"],
      "scheduler:CreateSchedule": [moment],
      "scheduler:GetSchedule": [moment],
      "scheduler:UpdateSchedule": [moment],
      ...Object.fromEntries(
        ["DeleteMessage", "GetQueueAttributes", "ReceiveMessage", "SendMessage"].map((action) => [`sqs:${action}`, ["<NoticesQueue.Arn>"]]),
      ),
      "sns:Publish": ["<AlarmsTopic>"],
      "xray:PutTelemetryRecords": ["*"],
      "xray:PutTraceSegments": ["*"],
    });
  });

  it("list every bucket without a condition on the prefix, so that an absent key is 404 and not 403", () => {
    const listing = Object.values(resourcesOf(template, "AWS::IAM::Policy"))
      .flatMap(({ Properties }) => statements(Properties.PolicyDocument))
      .filter(({ Action }) => (Action as string[]).includes("s3:ListBucket"));
    expect(listing).toEqual([{ Sid: "ListBuckets", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [content, feeds, state] }]);
  });

  it("change nothing in content", () => {
    const onContent = Object.entries(rightsOf("BuilderRole")).filter(([, on]) => on.some((resource) => resource.startsWith(content)));
    expect(onContent.map(([action]) => action).sort()).toEqual([
      "s3:GetObject",
      "s3:GetObjectVersion",
      "s3:ListBucket",
      "s3:ListBucketVersions",
    ]);
  });

  it("delete neither the head of state, nor any version of what it names", () => {
    const deletes = Object.entries(rightsOf("BuilderRole")).filter(([action]) => action.includes("Delete") || action.includes("*"));
    expect(deletes.map(([action]) => action).filter((action) => action.startsWith("s3:"))).toEqual(["s3:DeleteObject"]);
    expect(deletes.flatMap(([, on]) => on).filter((resource) => resource.startsWith(state))).toEqual(
      within("articles/*", "catalog/*", "details/*", "lease.json", "ledger/*", "manifest/*"),
    );
  });

  it("read what they write under a condition", () => {
    const rights = rightsOf("BuilderRole");
    for (const resource of [...(rights["s3:PutObject"] ?? []), ...(rights["s3:DeleteObject"] ?? [])]) {
      expect(rights["s3:GetObject"]).toContain(resource);
    }
  });
});

describe("each request of the program", () => {
  /** IAM's names for requests whose permission has another name. */
  const calledOtherwise: Readonly<Record<string, readonly string[]>> = {
    ListObjectsV2: ["s3:ListBucket"],
    ListObjectVersions: ["s3:ListBucketVersions"],
    HeadObject: ["s3:GetObject"],
    CopyObject: ["s3:GetObject", "s3:PutObject"],
  };
  const source = (file: string) => readFileSync(join(root, "lambda", file), "utf8");
  const named = (file: string, pattern: RegExp) => [...source(file).matchAll(pattern)].map(([, name = ""]) => name);
  const sent = [
    ...named("stores/s3/s3-requests.ts", /new sdk\.(\w+)Command/g).flatMap((name) => calledOtherwise[name] ?? [`s3:${name}`]),
    ...named("stores/table/kvs-requests.ts", /new sdk\.(\w+)Command/g).map((name) => `cloudfront-keyvaluestore:${name}`),
    ...named("clients/cloudfront.ts", /CloudFront's (\w+)/g).map((name) => `cloudfront:${name}`),
    ...named("clients/queue.ts", /AmazonSQS\.(\w+)/g).map((name) => `sqs:${name}`),
    ...named("clients/topic.ts", /Action: "(\w+)"/g).map((name) => `sns:${name}`),
    ...named("clients/scheduler.ts", /\b((?:Update|Create|Get)Schedule)\b/g).map((name) => `scheduler:${name}`),
  ];

  it("has a permission of the function's role", () => {
    expect(sent.length).toBeGreaterThan(12);
    expect(Object.keys(rightsOf("BuilderRole"))).toEqual(expect.arrayContaining(sent));
  });

  it("and every permission of the role is used by the program, by Lambda for it, or to read an older version", () => {
    const ofLambda = /^(sqs:(DeleteMessage|GetQueueAttributes|ReceiveMessage)|logs:|xray:|iam:PassRole|s3:GetObjectVersion)/;
    expect(Object.keys(rightsOf("BuilderRole")).filter((action) => !sent.includes(action) && !ofLambda.test(action))).toEqual([]);
  });
});

describe("the permissions of others", () => {
  it("let the schedule call the function, leave a dead letter, and nothing else", () => {
    expect(rightsOf("BuilderScheduleRole")).toEqual({
      "lambda:InvokeFunction": ["<BuilderFunction.Arn>"],
      "sqs:SendMessage": ["<DeadLetters.Arn>"],
    });
  });

  it("let the one-off schedule call the function, and nothing else", () => {
    expect(rightsOf("MomentsRole")).toEqual({ "lambda:InvokeFunction": ["<BuilderFunction.Arn>"] });
  });

  it("give no role a policy that AWS manages", () => {
    for (const { Properties } of Object.values(resourcesOf(template, "AWS::IAM::Role")))
      expect(Properties).not.toHaveProperty("ManagedPolicyArns");
  });

  it("let only its own service take each role", () => {
    const trusts = Object.entries(resourcesOf(template, "AWS::IAM::Role")).map(([id, { Properties }]) => [
      name(id),
      (Properties.AssumeRolePolicyDocument as { Statement: Statement[] }).Statement.map(({ Principal }) => Principal),
    ]);
    expect(Object.fromEntries(trusts)).toEqual({
      BuilderRole: [{ Service: "lambda.amazonaws.com" }],
      BuilderScheduleRole: [{ Service: "scheduler.amazonaws.com" }],
      MomentsRole: [{ Service: "scheduler.amazonaws.com" }],
    });
  });

  it("let CloudFront, only for this distribution, read and list feeds, and nobody else into any bucket", () => {
    const allowed = Object.values(resourcesOf(template, "AWS::S3::BucketPolicy"))
      .flatMap(({ Properties }) => statements(Properties.PolicyDocument))
      .filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: [`${feeds}/*`, feeds],
        Condition: {
          StringEquals: {
            "AWS:SourceArn": "arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<DeliveryDistribution>",
          },
        },
      },
    ]);
  });
});
