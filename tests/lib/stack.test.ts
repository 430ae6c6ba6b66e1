import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Resource, root, stackOf, templateOf } from "./synthesis.ts";

const template = templateOf();
const { Resources, Outputs } = template.toJSON() as { Resources: Record<string, { Type: string }>; Outputs: Record<string, unknown> };

describe("nothing in a deployment can prune or empty a bucket", () => {
  it("because the stack has no custom resource, which every such deployment needs", () => {
    const custom = Object.values(Resources).filter(({ Type }) => Type.startsWith("Custom::") || Type.includes("CustomResource"));
    expect(custom).toEqual([]);
  });

  it("and the only function is the one that publishes", () => {
    expect(Object.values(Resources).filter(({ Type }) => Type === "AWS::Lambda::Function")).toHaveLength(1);
  });

  it("and no program or source beside it names one, or deletes an object", () => {
    const folder = join(root, "lib");
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))) {
      expect(readFileSync(join(folder, file), "utf8"), file).not.toMatch(
        /BucketDeployment|autoDeleteObjects|prune|DeleteObjects?Command|--delete\b/,
      );
    }
  });
});

it("outputs the names that AWS has generated", () => {
  expect(Object.keys(Outputs).sort()).toEqual([
    "AlarmTopicArn",
    "ContentBucketName",
    "DeadLettersUrl",
    "DistributionId",
    "EdgeTableArn",
    "FeedsBucketName",
    "FeedsUrl",
    "FunctionName",
    "NoticesUrl",
    "StateBucketName",
  ]);
});

it("keeps the logical ids of data and of everything that readers and people have subscribed to", () => {
  const { Resources: all } = templateOf({ accessLogs: true }).toJSON() as { Resources: Record<string, Resource> };
  const kept = {
    ContentBucket: "AWS::S3::Bucket",
    FeedsBucket: "AWS::S3::Bucket",
    StateBucket: "AWS::S3::Bucket",
    AccessLogsBucketCD784A59: "AWS::S3::Bucket",
    DeliveryDistribution45EACD51: "AWS::CloudFront::Distribution",
    AlarmsTopic3A2DFEBA: "AWS::SNS::Topic",
  };
  expect(Object.fromEntries(Object.keys(kept).map((id) => [id, all[id]?.Type]))).toEqual(kept);
});

it("is protected against accidental deletion", () => {
  expect(stackOf().terminationProtection).toBe(true);
});

it("can be created again after a failure or deletion: the kept resources have no name that it needs", () => {
  const { Resources: all } = templateOf({ accessLogs: true }).toJSON() as { Resources: Record<string, Resource> };
  const left = Object.entries(all).filter(([, { DeletionPolicy }]) => String(DeletionPolicy).startsWith("Retain"));
  expect(left.length).toBeGreaterThan(8);
  const named = (value: unknown): readonly unknown[] =>
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) => (/^(Bucket)?Name$/.test(key) ? [inner] : named(inner)));
  const fixed = left.flatMap(([id, { Properties }]) =>
    named(Properties).flatMap((name) => (JSON.stringify(name).includes("AWS::StackId") ? [] : [id])),
  );
  expect(fixed).toEqual([]);
  expect(all.MomentsGroup2D813545).toMatchObject({ DeletionPolicy: "Delete", UpdateReplacePolicy: "Delete" });
});

describe("two newsrooms in one account", () => {
  /** Each fixed name of a template, as AWS would see it in one region of one account. */
  const names = (settings: Record<string, unknown>): readonly string[] => {
    const { Resources: all } = templateOf(settings).toJSON() as { Resources: Record<string, Resource> };
    const walk = (type: string, value: unknown): readonly string[] =>
      typeof value !== "object" || value === null
        ? []
        : Object.entries(value).flatMap(([key, inner]) => {
            const isName = /^(\w*Name)$/.test(key) && !/^(MetricName|DomainName|FunctionName|RoleName|PolicyName)$/.test(key);
            const fixed = typeof inner === "string" || (typeof inner === "object" && inner !== null && "Fn::Join" in inner);
            return isName && fixed ? [`${type} ${key} ${JSON.stringify(inner)}`] : walk(type, inner);
          });
    return Object.values(all)
      .filter(({ Type }) => !Type.startsWith("AWS::CloudWatch::"))
      .flatMap(({ Type, Properties }) => walk(Type, Properties));
  };
  const other = { stack: "Herald", accessLogs: true };

  it("have no name in common", () => {
    const [ours, theirs] = [names({ accessLogs: true }), names(other)];
    expect(ours.length).toBeGreaterThanOrEqual(8);
    expect(theirs).toHaveLength(ours.length);
    expect(ours.filter((name) => theirs.includes(name))).toEqual([]);
    expect(names({ ...other, stage: "test" }).filter((name) => theirs.includes(name))).toEqual([]);
  });

  it("are separate in metrics and alarms, and share only the default namespace", () => {
    const text = JSON.stringify(templateOf(other).toJSON());
    expect(text).toContain('"WIREROOM_METRICS_SITE":"Herald"');
    expect(text).toContain('"Dimensions":[{"Name":"Site","Value":"Herald"}]');
    expect(text).not.toMatch(/"Value":"Wireroom"/);
  });

  it("are named Wireroom only by default: in no program and no command of the docs", () => {
    const folder = join(root, "lib");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const naming = files.filter((file) => /(?<!namespace: )"Wireroom"/.test(readFileSync(join(folder, file), "utf8")));
    expect(naming).toEqual(["stack-name.ts"]);
    for (const page of ["runbook.md", "operations.md", "costs.md"])
      expect(readFileSync(join(root, "docs", page), "utf8")).not.toMatch(/--stack-name "?Wireroom|cdk \w+ Wireroom/);
    expect(readFileSync(join(root, ".github", "workflows", "deploy.yml"), "utf8")).not.toContain("Wireroom");
  });

  it("keep the logical ids of the first", () => {
    expect(Object.keys((templateOf(other).toJSON() as { Resources: object }).Resources)).toEqual(
      Object.keys((templateOf({ accessLogs: true }).toJSON() as { Resources: object }).Resources),
    );
  });
});

it("tags everything in it with the tags of the settings and the stage", () => {
  const tagged = templateOf({ stage: "test", tags: { owner: "desk" } });
  const tags = [
    { Key: "owner", Value: "desk" },
    { Key: "stage", Value: "test" },
  ];
  for (const type of ["AWS::S3::Bucket", "AWS::Lambda::Function", "AWS::SNS::Topic"]) tagged.allResourcesProperties(type, { Tags: tags });
  expect(stackOf({ stage: "test" }).stackName).toBe("Wireroom-test");
});

it("is in the region of the settings", () => {
  expect(stackOf({ region: "eu-central-1" }).region).toBe("eu-central-1");
});

it("is the same template each time", () => {
  expect(templateOf().toJSON()).toEqual(template.toJSON());
});
