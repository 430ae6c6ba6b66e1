import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { name, onlyOne, readable, resourcesOf, root, stacksOf, statements, templateOf } from "../synthesis.ts";

const template = templateOf();
const runbook = join(root, "docs", "runbook.md");

function alarmsOf(from = template): Readonly<Record<string, Record<string, unknown>>> {
  const found = Object.entries(resourcesOf(from, "AWS::CloudWatch::Alarm"));
  return Object.fromEntries(found.map(([id, { Properties }]) => [name(id), readable(Properties) as Record<string, unknown>]));
}

const alarms = alarmsOf();

function sectionOf(alarm: Record<string, unknown>): string | undefined {
  return /docs\/runbook\.md#([a-z0-9-]+)$/.exec(String(alarm.AlarmDescription))?.[1];
}

/** GitHub's anchors of headings: lower case, punctuation removed, spaces to hyphens. */
function anchors(markdown: string): readonly string[] {
  const headings = [...markdown.matchAll(/^#+ +(.+)$/gm)].map((match) => match[1] ?? "");
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

it("watches runs, their limits, their reports, queues and the edge, with at most fourteen alarms", () => {
  expect(Object.keys(alarms).sort()).toEqual(
    [
      ...["AnnouncementsFail", "ChannelHeld", "DeadLetters", "EdgeFails", "EdgeRefuses", "LeaseBusy", "ManyQuarantined", "MemoryIsShort"],
      ...["NoGoodRun", "NothingNew", "NoticesWait", "RunFailed", "RunTakesLong", "RunThrottled"],
    ].map((id) => `Alarms${id}`),
  );
  expect(Object.keys(alarms).length).toBeLessThanOrEqual(14);
});

it("watches the edge in us-east-1, where its metrics are, and makes no useless alarm elsewhere", () => {
  const conditional = Object.entries(resourcesOf(template, "AWS::CloudWatch::Alarm")).filter(
    ([, { Condition }]) => Condition !== undefined,
  );
  expect(conditional.map(([id, { Condition }]) => [name(id), Condition]).sort()).toEqual([
    ["AlarmsEdgeFails", "AtHome"],
    ["AlarmsEdgeRefuses", "AtHome"],
  ]);
  expect((template.toJSON() as { Conditions: unknown }).Conditions).toEqual({
    AtHome: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] },
  });
});

it.each([
  ["AlarmsEdgeRefuses", "4xxErrorRate", 20, 3],
  ["AlarmsEdgeFails", "5xxErrorRate", 1, 2],
])("%s is about a share of the requests, and needs enough of them", (id, metric, threshold, periods) => {
  const { Metrics, ...alarm } = alarms[id] ?? {};
  expect(alarm).toMatchObject({ Threshold: threshold, EvaluationPeriods: periods, TreatMissingData: "notBreaching" });
  const [result, ...counted] = Metrics as { Expression?: string; MetricStat?: { Metric: { MetricName: string; Dimensions: unknown } } }[];
  expect(result?.Expression).toMatch(/^IF\(requests >= \d+, rate, 0\)$/);
  expect(counted.map(({ MetricStat }) => MetricStat?.Metric.MetricName)).toEqual(["Requests", metric]);
  for (const { MetricStat } of counted)
    expect(MetricStat?.Metric.Dimensions).toEqual([
      { Name: "DistributionId", Value: "<DeliveryDistribution>" },
      { Name: "Region", Value: "Global" },
    ]);
});

it.each([
  ["AlarmsChannelHeld", "Holds", 1, "ignore"],
  ["AlarmsManyQuarantined", "ArticlesQuarantined", 5, "ignore"],
  ["AlarmsAnnouncementsFail", "AnnouncementsFailed", 1, "ignore"],
  ["AlarmsLeaseBusy", "Busy", 1, "ignore"],
  ["AlarmsNothingNew", "Stale", 1, "breaching"],
])("%s is about metrics from runs, under the site's name", (id, metric, threshold, missing) => {
  expect(alarms[id]).toMatchObject({
    Namespace: "Wireroom",
    MetricName: metric,
    Dimensions: [{ Name: "Site", Value: "Wireroom" }],
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    Threshold: threshold,
    TreatMissingData: missing,
  });
  expect(readFileSync(join(root, "lambda", "reports", "metrics.ts"), "utf8")).toMatch(new RegExp(`^ +${metric}: `, "m"));
  expect(onlyOne(template, "AWS::Lambda::Function").Properties.Environment).toMatchObject({
    Variables: { WIREROOM_METRICS_SITE: "Wireroom" },
  });
});

it.each([{}, { schedule: "rate(1 hour)" }, { schedule: "rate(1 day)" }])(
  "with %j no new alarm goes off while runs may be silent",
  (settings) => {
    const { EvaluationPeriods, Period, Statistic } = alarmsOf(templateOf(settings)).AlarmsNothingNew ?? {};
    const silence = alarmsOf(templateOf(settings)).AlarmsNoGoodRun?.EvaluationPeriods;
    expect([EvaluationPeriods, Statistic]).toEqual([silence, "Minimum"]);
    expect(Number(EvaluationPeriods) * Number(Period)).toBeLessThanOrEqual(Number(Period) < 3600 ? 86_400 : 604_800);
  },
);

it("waits for two rounds of returned notices", () => {
  const { VisibilityTimeout } = Object.values(resourcesOf(template, "AWS::SQS::Queue"))
    .map(({ Properties }) => Properties)
    .find((properties) => properties.RedrivePolicy !== undefined) ?? { VisibilityTimeout: Number.NaN };
  expect(alarms.AlarmsNoticesWait).toMatchObject({
    MetricName: "ApproximateAgeOfOldestMessage",
    Threshold: 2 * Number(VisibilityTimeout),
  });
});

describe.each(Object.entries(alarms))("%s", (_id, alarm) => {
  it("names its section of the runbook", () => {
    expect(sectionOf(alarm)).toBeDefined();
  });

  it.skipIf(!existsSync(runbook))("has that section (skipped where docs/runbook.md is not written yet)", () => {
    expect(anchors(readFileSync(runbook, "utf8"))).toContain(sectionOf(alarm));
  });

  it("tells the topic when it begins and when it ends", () => {
    expect(alarm).toMatchObject({ AlarmActions: ["<AlarmsTopic>"], OKActions: ["<AlarmsTopic>"] });
  });
});

it("gives every alarm a section of its own", () => {
  const sections = Object.values(alarms).map(sectionOf);
  expect(new Set(sections).size).toBe(sections.length);
});

it.each([
  [{}, 300, 3, 2],
  [{ schedule: "rate(1 minute)" }, 300, 3, 2],
  [{ schedule: "rate(1 hour)" }, 3600, 3, 2],
  [{ schedule: "rate(1 day)" }, 86_400, 3, 2],
  [{ schedule: "rate(2 days)" }, 300, 1, 1],
  [{ schedule: "cron(0 6 * * ? *)" }, 300, 1, 1],
])("with %j two of three runs raise the alarms on failures, time and memory, if the pace is known", (settings, period, periods, of) => {
  const made = alarmsOf(templateOf(settings));
  for (const id of ["AlarmsRunFailed", "AlarmsRunTakesLong", "AlarmsMemoryIsShort"])
    expect(made[id], id).toMatchObject({ Period: period, EvaluationPeriods: periods, DatapointsToAlarm: of });
  // CloudWatch's limit: a day for periods under an hour, otherwise seven days.
  expect(periods * period).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
});

it("warns of time and memory before AWS ends a run", () => {
  const made = alarmsOf(templateOf({ timeout: 100, memory: 1000 }));
  const above = { ComparisonOperator: "GreaterThanThreshold", Statistic: "Maximum" };
  expect(made.AlarmsRunTakesLong).toMatchObject({ ...above, Namespace: "AWS/Lambda", MetricName: "Duration", Threshold: 80_000 });
  expect(made.AlarmsMemoryIsShort).toMatchObject({ ...above, Namespace: "Wireroom", MetricName: "MemoryUsed", Threshold: 850 });
  expect(readFileSync(join(root, "lambda", "reports", "metrics.ts"), "utf8")).toContain('{ Name: "MemoryUsed", Unit: "Megabytes" }');
});

it.each([
  [{}, 3600],
  [{ schedule: "rate(1 hour)" }, 7200],
  [{ schedule: "rate(1 day)" }, 86_400],
  [{ schedule: "cron(0 6 * * ? *)" }, 3600],
])("with %j the alarms on lease and announcements go off if every run of %i seconds reports it", (settings, period) => {
  const made = alarmsOf(templateOf(settings));
  for (const id of ["AlarmsLeaseBusy", "AlarmsAnnouncementsFail"])
    expect(made[id], id).toMatchObject({ Period: period, EvaluationPeriods: 1, Statistic: "Minimum" });
});

it("of a slow schedule no alarm goes off again at every run, because there are no data between two runs", () => {
  const made = alarmsOf(templateOf({ schedule: "rate(1 hour)" }));
  for (const [id, { Namespace, TreatMissingData }] of Object.entries(made))
    if (Namespace === "Wireroom" && id !== "AlarmsNothingNew") expect([id, TreatMissingData]).toEqual([id, "ignore"]);
});

describe("if the stack is in another region than CloudFront's metrics", () => {
  const made = stacksOf({ region: "eu-central-1", alarmEmail: "desk@wire.example", tags: { owner: "desk" } });
  const edge = Template.fromStack(made["Wireroom-Edge"]!);

  it("a small stack in us-east-1 has the alarms on the edge, with its own topic for the same people", () => {
    expect(Object.keys(made)).toEqual(["Wireroom", "Wireroom-Edge"]);
    expect([made.Wireroom?.region, made["Wireroom-Edge"]?.region]).toEqual(["eu-central-1", "us-east-1"]);
    const ofEdge = alarmsOf(edge);
    expect(Object.keys(ofEdge).sort()).toEqual(["AlarmsEdgeFails", "AlarmsEdgeRefuses"]);
    for (const alarm of Object.values(ofEdge)) {
      expect(alarm).toMatchObject({ AlarmActions: ["<AlarmsTopic>"], OKActions: ["<AlarmsTopic>"] });
      expect(alarm).not.toHaveProperty("Condition");
    }
    expect(onlyOne(edge, "AWS::SNS::Subscription").Properties).toMatchObject({ Protocol: "email", Endpoint: "desk@wire.example" });
    expect(onlyOne(edge, "AWS::SNS::Topic").Properties.Tags).toEqual([{ Key: "owner", Value: "desk" }]);
  });

  it("it gets the id of its distribution as a parameter, and has nothing that copies it between regions", () => {
    const { Parameters, Resources } = edge.toJSON() as { Parameters: Record<string, object>; Resources: Record<string, { Type: string }> };
    expect(Object.keys(Parameters)).toContain("DistributionId");
    expect(JSON.stringify(Resources)).toContain('{"Name":"DistributionId","Value":{"Ref":"DistributionId"}}');
    expect(new Set(Object.values(Resources).map(({ Type }) => Type))).toEqual(
      new Set(["AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "AWS::SNS::Subscription", "AWS::CloudWatch::Alarm"]),
    );
  });

  it("the region comes from the deploying shell, unless the settings have one; in us-east-1 there is one stack", () => {
    expect(Object.keys(stacksOf({}, "eu-west-1"))).toEqual(["Wireroom", "Wireroom-Edge"]);
    expect(Object.keys(stacksOf({ stage: "test" }, "eu-west-1"))).toEqual(["Wireroom-test", "Wireroom-test-Edge"]);
    expect(Object.keys(stacksOf({ region: "us-east-1" }, "eu-west-1"))).toEqual(["Wireroom"]);
    expect(Object.keys(stacksOf({}, "us-east-1"))).toEqual(["Wireroom"]);
    expect(Object.keys(stacksOf({}))).toEqual(["Wireroom"]);
  });
});

it.each([
  ["AlarmsRunFailed", "Errors"],
  ["AlarmsRunThrottled", "Throttles"],
])("%s is about Lambda's own metrics, and missing data are not a failure", (id, metric) => {
  expect(alarms[id]).toMatchObject({
    Namespace: "AWS/Lambda",
    MetricName: metric,
    Dimensions: [{ Name: "FunctionName", Value: "<BuilderFunction>" }],
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    Threshold: 1,
    TreatMissingData: "notBreaching",
  });
});

describe("the alarm on missing successful runs", () => {
  it("counts successful runs, and takes missing data for a stopped wire", () => {
    const { Metrics, ...alarm } = alarms.AlarmsNoGoodRun ?? {};
    expect(alarm).toMatchObject({ ComparisonOperator: "LessThanThreshold", Threshold: 1, TreatMissingData: "breaching" });
    const [result, ...counted] = Metrics as { Expression?: string; Id: string; MetricStat?: { Metric: { MetricName: string } } }[];
    expect(result?.Expression).toBe("started - failed");
    expect(counted.map(({ Id, MetricStat }) => [Id, MetricStat?.Metric.MetricName])).toEqual([
      ["started", "Invocations"],
      ["failed", "Errors"],
    ]);
  });

  it.each([
    [{}, 6, 300],
    [{ silence: 45 }, 9, 300],
    [{ schedule: "rate(1 hour)" }, 36, 300],
    [{ schedule: "rate(1 day)" }, 72, 3600],
  ])("looks back as far as %j says, within CloudWatch's limit", (settings, periods, seconds) => {
    const { EvaluationPeriods, Metrics } = alarmsOf(templateOf(settings)).AlarmsNoGoodRun ?? {};
    const lengths = (Metrics as { MetricStat?: { Period: number } }[]).flatMap(({ MetricStat }) => MetricStat?.Period ?? []);
    expect({ EvaluationPeriods, lengths }).toEqual({ EvaluationPeriods: periods, lengths: [seconds, seconds] });
    // CloudWatch's limit: a day for periods under an hour, otherwise seven days.
    expect(periods * seconds).toBeLessThanOrEqual(seconds < 3600 ? 86_400 : 604_800);
  });
});

describe("the topic", () => {
  it("is open to this account's alarms and its budget, only over TLS", () => {
    const { Properties } = onlyOne(template, "AWS::SNS::TopicPolicy");
    expect(statements(Properties.PolicyDocument)).toMatchObject([
      { Effect: "Deny", Action: ["sns:Publish"], Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["sns:Publish"],
        Condition: { StringEquals: { "aws:SourceAccount": "<AWS::AccountId>" } },
      },
      {
        Effect: "Allow",
        Principal: { Service: "budgets.amazonaws.com" },
        Action: ["sns:Publish"],
        Condition: { StringEquals: { "aws:SourceAccount": "<AWS::AccountId>" } },
      },
    ]);
  });

  it("writes to nobody unless the settings have an address", () => {
    expect(resourcesOf(template, "AWS::SNS::Subscription")).toEqual({});
    const told = templateOf({ alarmEmail: "desk@wire.example" });
    expect(onlyOne(told, "AWS::SNS::Subscription").Properties).toMatchObject({ Protocol: "email", Endpoint: "desk@wire.example" });
  });
});
