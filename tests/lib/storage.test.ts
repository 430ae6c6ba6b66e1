import { describe, expect, it } from "vitest";
import { readable, resourcesOf, statements, templateOf } from "./synthesis.ts";

const template = templateOf();
const buckets = resourcesOf(template, "AWS::S3::Bucket");

type Rule = { readonly Prefix?: string; readonly NoncurrentVersionExpiration: Record<string, number> };

function rulesOf(id: string, from = buckets): readonly Rule[] {
  return (from[id]!.Properties.LifecycleConfiguration as { Rules: Rule[] }).Rules;
}

it("keeps the logical ids of data: another id would be another, empty bucket", () => {
  expect(Object.keys(buckets).sort()).toEqual(["ContentBucket", "FeedsBucket", "StateBucket"]);
});

describe.each(["ContentBucket", "FeedsBucket", "StateBucket"])("%s", (id) => {
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = buckets[id]!;

  it("outlives the stack once it exists", () => {
    expect({ DeletionPolicy, UpdateReplacePolicy }).toEqual({ DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" });
  });

  it("keeps versions", () => {
    expect(Properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
  });

  it("is private, whatever a policy or an object's owner says", () => {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(Properties.OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] });
  });

  it("is encrypted with keys that S3 manages", () => {
    expect(Properties.BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
    });
  });

  it("refuses plain HTTP and TLS older than 1.2", () => {
    const policy = Object.values(resourcesOf(template, "AWS::S3::BucketPolicy")).find(
      ({ Properties: of }) => readable(of.Bucket) === `<${id}>`,
    );
    const refused = statements(policy?.Properties.PolicyDocument).filter(({ Effect }) => Effect === "Deny");
    const everything = { Effect: "Deny", Principal: { AWS: "*" }, Action: ["s3:*"], Resource: [`<${id}.Arn>`, `<${id}.Arn>/*`] };
    expect(refused).toEqual([
      { ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } },
    ]);
  });

  it("has a name that AWS generates, unless the settings have one", () => {
    expect(Properties).not.toHaveProperty("BucketName");
    const own = { [id.replace("Bucket", "").toLowerCase()]: "a-name-of-the-house" };
    const named = resourcesOf(templateOf({ buckets: own }), "AWS::S3::Bucket");
    expect(named[id]?.Properties.BucketName).toBe("a-name-of-the-house");
  });

  it("removes old versions, never present ones", () => {
    const rules = rulesOf(id);
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) {
      expect(rule.NoncurrentVersionExpiration.NoncurrentDays).toBeGreaterThan(0);
      for (const ending of ["ExpirationInDays", "ExpirationDate", "Transitions"]) expect(rule).not.toHaveProperty(ending);
    }
  });
});

it("sends events only about the content to EventBridge", () => {
  const told = Object.entries(buckets).map(([id, { Properties }]) => [id, Properties.NotificationConfiguration]);
  expect(Object.fromEntries(told)).toEqual({
    ContentBucket: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    FeedsBucket: undefined,
    StateBucket: undefined,
  });
});

describe("old versions of state", () => {
  it("keep ten heads however old, and finally remove articles that were taken down", () => {
    const ends = rulesOf("StateBucket").map(({ Prefix, NoncurrentVersionExpiration }) => [Prefix, NoncurrentVersionExpiration]);
    expect(Object.fromEntries(ends)).toEqual({
      "head.json": { NoncurrentDays: 30, NewerNoncurrentVersions: 10 },
      "lease.json": { NoncurrentDays: 7 },
      "report.json.gz": { NoncurrentDays: 7 },
      "ledger/": { NoncurrentDays: 30 },
      "catalog/": { NoncurrentDays: 30 },
      "details/": { NoncurrentDays: 30 },
      "manifest/": { NoncurrentDays: 30 },
      "articles/": { NoncurrentDays: 30 },
    });
  });

  it("match one rule each, because S3 takes the shorter period if two match", () => {
    const prefixes = rulesOf("StateBucket").map(({ Prefix }) => Prefix ?? "");
    for (const prefix of prefixes) expect(prefixes.filter((other) => prefix.startsWith(other))).toEqual([prefix]);
  });
});

it("keeps old versions for as many days as the settings say", () => {
  const other = resourcesOf(templateOf({ oldVersions: { content: 365, feeds: 3, state: 5 } }), "AWS::S3::Bucket");
  expect(rulesOf("ContentBucket", other)[0]?.NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 365 });
  expect(rulesOf("FeedsBucket", other)[0]?.NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 3 });
  expect(rulesOf("StateBucket", other).map((rule) => rule.NoncurrentVersionExpiration.NoncurrentDays)).toEqual(Array(8).fill(5));
});
