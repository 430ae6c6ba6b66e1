import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { metricsOf } from "../../lambda/reports/metrics.ts";
import { resourcesOf, templateOf } from "../lib/synthesis.ts";
import { aReport } from "../support/a-report.ts";

const text = readFileSync(join(import.meta.dirname, "../..", "docs", "costs.md"), "utf8");
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.slice(2, -2).split(" | "));
const number = (written: string) => Number(written.replaceAll(",", ""));

/** `2 × 8,653 = 17,306`, or `8,640 × 5 + 13 × 150 = 45,150`. */
const sums = [...text.matchAll(/((?:[\d,.]+ × [\d,.]+(?: \+ )?)+) = ([\d,]+)/g)].map(([, left = "", right = ""]) => [left, right] as const);

test.each(sums)("%s is %s", (left, right) => {
  const terms = left.split(" + ").map((term) => term.split(" × ").reduce((product, factor) => product * number(factor), 1));
  expect(terms.reduce((sum, term) => sum + term, 0)).toBe(number(right));
});

test("the schedule's listings cost what their requests cost, at a thousand objects a request", () => {
  const [head = [], ...sizes] = rows.slice(rows.findIndex(([first]) => first === "objects"));
  expect(head).toEqual(["objects", "every five minutes, LIST", "dollars", "every hour, LIST", "dollars"]);
  const listings = sizes.slice(0, 4).map(([objects = "", ...cells]) => ({ pages: number(objects) / 1000, cells }));
  expect(listings.map(({ pages }) => pages)).toEqual([1, 10, 100, 1000]);
  for (const { pages, cells } of listings)
    for (const [at, minutes] of [5, 60].entries()) {
      const requests = pages * ((30 * 24 * 60) / minutes);
      expect(number(cells[2 * at]?.split(" = ")[1] ?? "")).toBe(requests);
      expect(cells[2 * at + 1]).toBe((requests * 0.000005).toFixed(2));
    }
});

test("GB-seconds are the seconds of all runs, at the memory of the function", () => {
  const seconds = rows.find(([first = ""]) => first.startsWith("seconds of runs"))?.slice(1) ?? [];
  const made = rows.find(([first = ""]) => first.startsWith("GB-seconds"))?.slice(1) ?? [];
  expect(seconds.length).toBe(3);
  expect(made.map(number)).toEqual(seconds.map((cell) => Math.round((number(cell.split(" = ")[1] ?? "") * 1769) / 1024)));
});

test("the table has every service of the stack that is paid by use", () => {
  const named = rows.map(([first = ""]) => first).join("\n");
  for (const service of [
    "S3",
    "Lambda",
    "CloudFront, requests",
    "CloudFront, transfer",
    "edge function",
    "edge table",
    "CloudWatch",
    "logs",
    "X-Ray",
    "SNS",
  ])
    expect(named).toContain(service);
  expect(text).toContain("**needs a web ACL**");
});

test("transfer beyond the free terabyte is what it costs", () => {
  const sent = rows.find(([first = ""]) => first.startsWith("KB sent"))?.slice(1) ?? [];
  const paid = rows.find(([first = ""]) => first.startsWith("**CloudFront, transfer**"))?.slice(1) ?? [];
  const gigabytes = sent.map((cell) => number(cell.split(" = ")[1] ?? "") / 1e6);
  expect(paid.map((cell) => Number(/\*\*([\d.]+)\*\*/.exec(cell)?.[1]))).toEqual(
    gigabytes.map((sum) => Math.round(Math.max(0, sum - 1000) * 8.5) / 100),
  );
});

test("there are such products for all three newsrooms", () => {
  expect(sums.length).toBeGreaterThanOrEqual(13);
});

test("CloudWatch's row is of the metrics that a run has, and of the alarms of the stack with theirs", () => {
  const run = JSON.parse(
    metricsOf(aReport({ newest: "2026-11-20T12:00:00Z" }), { site: "Wireroom", took: 0, freshness: 0, memory: 0 }),
  )._aws.CloudWatchMetrics.flatMap(({ Metrics }: { Metrics: readonly unknown[] }) => Metrics).length;
  const alarms = Object.values(resourcesOf(templateOf(), "AWS::CloudWatch::Alarm"));
  const watched = alarms.flatMap(({ Properties: { Metrics: several } }) =>
    several === undefined
      ? [{}]
      : (several as readonly { readonly Expression?: string }[]).filter(({ Expression }) => Expression === undefined),
  ).length;
  const [first = "", ...paid] = rows.find(([one = ""]) => one.startsWith("**CloudWatch**")) ?? [];
  expect(first).toBe(`**CloudWatch**: ${run} metrics; ${alarms.length} alarms, of ${watched} metrics`);
  expect(new Set(paid)).toEqual(new Set([`**${(0.3 * (run - 10) + 0.1 * (watched - 10)).toFixed(2)}**`]));
});

test.each([1, 2, 3])("column %i of the newsrooms adds up to what a month costs, to the dollar", (column) => {
  const money = rows.filter(([first = "", ...rest]) => first.startsWith("**") && rest.length === 3 && first !== "**a month**");
  const total = rows.find(([first]) => first === "**a month**") ?? [];
  const dollars = money.map((row) => Number(/\*\*([\d.]+)\*\*/.exec(row[column] ?? "")?.[1]));
  expect(money.length).toBe(12);
  expect(Math.round(dollars.reduce((sum, one) => sum + one, 0))).toBe(Number(total[column]?.replaceAll("*", "")));
});
