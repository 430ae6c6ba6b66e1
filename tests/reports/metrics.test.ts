import { expect, test } from "vitest";
import { metricsOf } from "../../lambda/reports/metrics.ts";
import { aReport } from "../support/a-report.ts";

const now = "2026-11-23T09:00:00.000Z";
type Emf = Readonly<Record<string, unknown>> & {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[];
  };
};
const emf = (says: Parameters<typeof aReport>[0] = {}) =>
  JSON.parse(metricsOf(aReport({ now, ...says }), { site: "Wireroom", took: 1234.5, freshness: 86_400_000, memory: 229.7 })) as Emf;

test("a run is one line of the embedded metric format, with a number for each metric and the site as the only dimension", () => {
  const line = emf({ newest: "2026-11-23T08:00:00.000Z" });
  const [metrics] = line._aws.CloudWatchMetrics;
  expect(line._aws.Timestamp).toBe(Date.parse(now));
  expect(metrics).toMatchObject({ Namespace: "Wireroom", Dimensions: [["Site"]] });
  expect(metrics?.Metrics.length).toBeLessThanOrEqual(20);
  for (const { Name } of metrics?.Metrics ?? []) expect(line[Name], Name).toBeTypeOf("number");
  expect(line).toMatchObject({ Site: "Wireroom", Title: "The Wire", NewestAge: 3600, RunTime: 1235, MemoryUsed: 230, Busy: 0 });
});

test.each([
  ["2026-11-22T09:00:00.000Z", 0],
  ["2026-11-22T08:59:59.000Z", 1],
  ["2026-11-23T10:00:00.000Z", 0],
  [undefined, 1],
])("a site whose newest article has the date %s is stale (1) or not (0): %i", (newest, stale) => {
  expect(emf(newest === undefined ? {} : { newest })).toMatchObject({ Stale: stale });
});

test("NewestAge is left out if there is no article", () => {
  const line = emf();
  expect(line._aws.CloudWatchMetrics[0]?.Metrics.map(({ Name }) => Name)).not.toContain("NewestAge");
  expect(line).not.toHaveProperty("NewestAge");
});

test("holds and failed announcements are counted", () => {
  const hold = { name: "world", hash: "12345678", reasons: [], defective: false };
  const announcement = { kind: "ping" as const, hub: "https://hub.example/", topic: "t", since: now };
  expect(emf({ holds: [hold], outbox: [{ announcement }, { announcement, why: "down" }] })).toMatchObject({
    Holds: 1,
    AnnouncementsFailed: 1,
  });
});
