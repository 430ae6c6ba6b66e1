import { describe, expect, it } from "vitest";
import { onlyOne, readable, resourcesOf, statements, templateOf } from "../synthesis.ts";

const template = templateOf({ accessLogs: true });

describe("access logs", () => {
  it("are kept only on request", () => {
    expect(resourcesOf(templateOf(), "AWS::Logs::Delivery")).toEqual({});
    expect(Object.keys(resourcesOf(templateOf(), "AWS::S3::Bucket"))).toHaveLength(3);
  });

  it("are Parquet, of this distribution", () => {
    expect(readable(onlyOne(template, "AWS::Logs::DeliveryDestination").Properties)).toMatchObject({
      OutputFormat: "parquet",
      DestinationResourceArn: "<AccessLogsBucket.Arn>",
    });
    expect(readable(onlyOne(template, "AWS::Logs::DeliverySource").Properties)).toMatchObject({
      LogType: "ACCESS_LOGS",
      ResourceArn: "arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<DeliveryDistribution>",
    });
  });

  it("contain nothing that identifies a reader: no address, no port, no cookie, no query", () => {
    const { RecordFields } = onlyOne(template, "AWS::Logs::Delivery").Properties as { readonly RecordFields: readonly string[] };
    expect(RecordFields.length).toBeGreaterThan(10);
    const telling = ["c-ip", "c-port", "c-country", "x-forwarded-for", "cs(Cookie)", "cs-uri-query", "asn", "x-edge-request-id"];
    expect(RecordFields.filter((field) => telling.includes(field))).toEqual([]);
  });

  it("are deleted after thirty days, in a private bucket that only the delivery may write to", () => {
    const [, bucket] = Object.entries(resourcesOf(template, "AWS::S3::Bucket")).find(([id]) => id.startsWith("AccessLogs")) ?? [];
    expect(bucket?.Properties).toMatchObject({
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: "Enabled" }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
    });
    const allowed = Object.values(resourcesOf(template, "AWS::S3::BucketPolicy"))
      .filter(({ Properties }) => readable(Properties.Bucket) === "<AccessLogsBucket>")
      .flatMap(({ Properties }) => statements(Properties.PolicyDocument))
      .filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toMatchObject([
      {
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: ["<AccessLogsBucket.Arn>/*"],
        Condition: { StringEquals: { "aws:SourceAccount": "<AWS::AccountId>" } },
      },
    ]);
  });

  it("are requested after the delivery may write to the bucket, which outlives the stack", () => {
    const [policy] = Object.keys(resourcesOf(template, "AWS::S3::BucketPolicy")).filter((id) => id.startsWith("AccessLogs"));
    expect(onlyOne(template, "AWS::Logs::Delivery").DependsOn).toEqual(expect.arrayContaining([policy]));
    expect(resourcesOf(template, "AWS::S3::Bucket").AccessLogsBucketCD784A59?.DeletionPolicy).toBe("RetainExceptOnCreate");
  });

  it("are delivered in CloudFront's home region, and not requested elsewhere", () => {
    for (const type of ["AWS::Logs::Delivery", "AWS::Logs::DeliverySource", "AWS::Logs::DeliveryDestination"])
      expect(onlyOne(template, type).Condition).toBe("AtHome");
  });
});
