import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { describe, expect, it } from "vitest";
import type { WireroomProps } from "../../lib/properties.ts";
import { Wireroom } from "../../lib/wireroom.ts";
import { type Resource, templateOf } from "./synthesis.ts";

const code = Code.fromInline("exports.handler = () => {};");
const anApp = () => new App({ builtinCloudFormationValidation: false });
const arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/wire/abc";

type Resources = Readonly<Record<string, Resource>>;

function resourcesOf(stack: Stack): Resources {
  return (Template.fromStack(stack).toJSON() as { readonly Resources: Resources }).Resources;
}

/** The resources of a newsroom alone in a stack. */
function aNewsroom(props: WireroomProps = {}, id = "Herald"): Resources {
  const stack = new Stack(anApp(), "News");
  new Wireroom(stack, id, { ...props, code });
  return resourcesOf(stack);
}

function ofType(resources: Resources, type: string): readonly Record<string, unknown>[] {
  return Object.values(resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

/** The physical names that a template gives, without those of metrics. */
function namesIn(resources: Resources): readonly string[] {
  const walk = (type: string, value: unknown): readonly string[] =>
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) => {
          const isName = /Name$/.test(key) && !/^(MetricName|DomainName|FunctionName|RoleName|PolicyName)$/.test(key);
          const fixed = typeof inner === "string" || (typeof inner === "object" && inner !== null && "Fn::Join" in inner);
          return isName && fixed ? [`${type} ${key} ${JSON.stringify(inner)}`] : walk(type, inner);
        });
  const kept = Object.values(resources).filter(({ Type }) => !Type.startsWith("AWS::CloudWatch::"));
  return kept.flatMap(({ Type, Properties }) => walk(Type, Properties));
}

/** Two newsrooms of one app: in one stack, in two, and in two regions. */
const places: readonly [where: string, stacks: (app: App) => readonly [Stack, Stack]][] = [
  ["in one stack", (app) => ((stack) => [stack, stack])(new Stack(app, "News"))],
  ["in two stacks", (app) => [new Stack(app, "One"), new Stack(app, "Two")]],
  [
    "in two regions",
    (app) => [new Stack(app, "One", { env: { region: "us-east-1" } }), new Stack(app, "Two", { env: { region: "eu-west-1" } })],
  ],
];

describe.each(places)("two newsrooms %s", (_, stacksIn) => {
  const [one, two] = stacksIn(anApp());
  new Wireroom(one, "Herald", { accessLogs: true, code });
  new Wireroom(two, "Courier", { accessLogs: true, code });
  const all = one === two ? [resourcesOf(one)] : [resourcesOf(one), resourcesOf(two)];

  it("have no name in common", () => {
    const names = all.flatMap(namesIn);
    // A key value store, a function and an access control have one name; a policy of the cache and two of headers; three of logs.
    expect(names.length).toBeGreaterThanOrEqual(16);
    const twice = names.filter((name, at) => names.indexOf(name) !== at && !name.startsWith("AWS::Logs::Delivery DeliverySourceName"));
    expect(twice).toEqual([]);
  });

  it("have metrics and mails of their own", () => {
    const sites = all.flatMap((resources) =>
      ofType(resources, "AWS::Lambda::Function").map(
        ({ Environment }) =>
          (Environment as { readonly Variables: { readonly WIREROOM_METRICS_SITE: string } }).Variables.WIREROOM_METRICS_SITE,
      ),
    );
    expect(new Set(sites).size).toBe(2);
    const topics = all.flatMap((resources) => ofType(resources, "AWS::SNS::Topic").map(({ DisplayName }) => DisplayName));
    expect(topics.sort()).toEqual(sites.map((site) => `${site} alarms`).sort());
  });
});

describe("what holds data", () => {
  it("has the path of the construct in its logical id", () => {
    expect(Object.keys(aNewsroom())).toEqual(
      expect.arrayContaining(["HeraldContentBucket", "HeraldFeedsBucket", "HeraldStateBucket", "HeraldDeliveryDistribution45EACD51"]),
    );
  });

  it("has in a clone the ids that it had before there was the construct", () => {
    const { Resources: clone } = templateOf().toJSON() as { readonly Resources: Resources };
    expect(Object.keys(aNewsroom({ budget: 50 }, "Default")).sort()).toEqual(Object.keys(clone).sort());
  });
});

describe("a property", () => {
  it("names a new bucket, or is a bucket of the user's own, which is not changed", () => {
    const stack = new Stack(anApp(), "News");
    const articles = Bucket.fromBucketName(stack, "Articles", "articles") as IBucket;
    new Wireroom(stack, "Herald", { buckets: { content: articles, state: "herald-state" }, code });
    const buckets = ofType(resourcesOf(stack), "AWS::S3::Bucket");
    expect(buckets.map(({ BucketName }) => BucketName)).toEqual([undefined, "herald-state"]);
    const [rule] = ofType(resourcesOf(stack), "AWS::Events::Rule");
    expect(JSON.stringify(rule)).toContain('"name":["articles"]');
  });

  it("sets a web ACL and a price class", () => {
    const [distribution] = ofType(aNewsroom({ webAcl: arn, priceClass: "PriceClass_100" }), "AWS::CloudFront::Distribution");
    expect(distribution).toMatchObject({ DistributionConfig: { WebACLId: arn, PriceClass: "PriceClass_100" } });
  });

  it("names the newsroom and its stage, and tags everything", () => {
    const resources = aNewsroom({ name: "Courier", stage: "test", tags: { owner: "desk" } });
    const [topic] = ofType(resources, "AWS::SNS::Topic");
    const Tags = [
      { Key: "owner", Value: "desk" },
      { Key: "stage", Value: "test" },
    ];
    expect(topic).toMatchObject({ DisplayName: "Courier-test alarms", Tags });
  });

  it("is named if it is wrong, with the newsroom and what would be right", () => {
    expect(() => aNewsroom({ memory: 64, schedule: "hourly" })).toThrow(
      /The properties of the newsroom News-Herald are wrong:\n {2}schedule: "hourly" is not a schedule.*\n {2}memory: /,
    );
    expect(() => aNewsroom({ webAcl: "arn:aws:wafv2:eu-west-1:1:regional/webacl/a/b" })).toThrow("must be the ARN of a web ACL");
  });
});

it("a name that is too long for CloudFront ends in a hash", () => {
  const named = (name: string) => ofType(aNewsroom({ name }), "AWS::SNS::Topic")[0]?.DisplayName;
  const long = "a".repeat(60);
  expect(named(long)).toMatch(/^a{31}-[0-9a-f]{8} alarms$/);
  expect(named(`${long}b`)).not.toBe(named(long));
});

it("refuses two newsrooms of one name in one region", () => {
  const app = anApp();
  new Wireroom(new Stack(app, "One"), "Herald", { name: "Herald", code });
  expect(() => new Wireroom(new Stack(app, "Two"), "Herald", { name: "Herald", code })).toThrow(
    "Two newsrooms have the name Herald: One/Herald and Two/Herald. Give each a name of its own.",
  );
});
