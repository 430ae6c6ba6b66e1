import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, templateOf } from "./synthesis.ts";

const template = templateOf();
const { Resources, Outputs } = template.toJSON() as { Resources: Record<string, { Type: string }>; Outputs: Record<string, unknown> };

describe("nothing that is deployed can prune or empty a bucket", () => {
  it("because the stack holds no custom resource, which is what every such deployment is made of", () => {
    const custom = Object.values(Resources).filter(({ Type }) => Type.startsWith("Custom::") || Type.includes("CustomResource"));
    expect(custom).toEqual([]);
  });

  it("and the only function is the one that publishes", () => {
    expect(Object.values(Resources).filter(({ Type }) => Type === "AWS::Lambda::Function")).toHaveLength(1);
  });

  it("and no program or source beside it names one, or deletes an object", () => {
    const folder = join(root, "lib");
    for (const file of readdirSync(folder)) {
      expect(readFileSync(join(folder, file), "utf8"), file).not.toMatch(
        /BucketDeployment|autoDeleteObjects|prune|DeleteObjects?Command|--delete\b/,
      );
    }
  });
});

it("tells an operator the names that AWS has generated", () => {
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

it("is the same template each time", () => {
  expect(templateOf().toJSON()).toEqual(template.toJSON());
});
