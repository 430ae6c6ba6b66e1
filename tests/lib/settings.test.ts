import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { parseSettings, settingsOf } from "../../lib/settings.ts";
import { root } from "./synthesis.ts";

it("needs nothing: every setting has a default", () => {
  expect(parseSettings(undefined)).toEqual({
    priceClass: "PriceClass_All",
    schedule: "rate(5 minutes)",
    memory: 1769,
    timeout: 300,
    logDays: 30,
    silence: 30,
    oldVersions: { content: 90, feeds: 7, state: 30 },
    buckets: {},
    accessLogs: false,
    budget: 50,
    stack: "Wireroom",
    tags: {},
  });
});

it("reads the settings of cdk.json", () => {
  const { context } = JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")) as { context: Record<string, unknown> };
  expect(() => settingsOf(new App({ context }).node)).not.toThrow();
  expect(settingsOf(new App({ context: { wireroom: { memory: 512 } } }).node).memory).toBe(512);
});

describe("a wrong setting is an error that names the key", () => {
  it.each([
    [{ memroy: 512 }, "memroy: no such setting. The known ones are: stage, tags, schedule, memory, timeout"],
    [{ oldVersions: { contents: 1 } }, "oldVersions.contents: no such setting. The known ones are: content, feeds, state"],
    [{ buckets: { feed: "a-bucket" } }, "buckets.feed: no such setting. The known ones are: content, feeds, state"],
    [{ buckets: { feeds: "A_Bucket" } }, "buckets.feeds: "],
    [{ domain: { names: ["feeds.wire.example"] } }, "domain.certificate: "],
    [{ domain: { names: ["feeds"], certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" } }, "domain.names.0: "],
    [
      { domain: { names: ["feeds.wire.example"], certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/1" } },
      "domain.certificate: ",
    ],
    [{ domain: { names: ["новости.example"], certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" } }, "xn--b1amnebsh.example"],
    [{ domain: { names: ["xn--.example"], certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" } }, "domain.names.0: "],
    [
      { domain: { names: [`${"a".repeat(64)}.example`], certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" } },
      "domain.names.0: ",
    ],
    [{ budget: -1 }, "budget: "],
    [{ stack: "1st" }, "stack: must begin with a letter"],
    [{ stack: "Herald", stage: "a".repeat(40) }, "stack: Herald-aaa"],
    [{ stage: "" }, "stage: "],
    [{ tags: { "aws:owner": "x" } }, "tags.aws:owner: "],
    [{ region: "Frankfurt" }, 'region: "Frankfurt" is not a region: write one such as eu-central-1'],
    [{ memory: 64 }, "memory: "],
    [{ memory: "512" }, "memory: "],
    [{ timeout: 901 }, "timeout: "],
    [{ logDays: 31 }, "logDays: CloudWatch Logs keeps logs for one of 1, 3, 5, 7"],
    [{ oldVersions: { feeds: 0 } }, "oldVersions.feeds: "],
    [{ alarmEmail: "desk" }, "alarmEmail: "],
    [{ schedule: "every 5 minutes" }, 'schedule: "every 5 minutes" is not a schedule: write rate(5 minutes)'],
    [{ schedule: "rate(1 hour)", silence: 60 }, "silence: 60 minutes would raise the alarm between two successful runs of rate(1 hour)"],
    [{ schedule: "rate(4 days)" }, "silence: "],
    ["memory=512", "wireroom: "],
  ])("%j", (given, message) => {
    expect(() => parseSettings(given)).toThrow(message);
  });

  it("and every wrong key, not only the first", () => {
    const given = { memroy: 1, timeout: 0 };
    expect(() => parseSettings(given)).toThrow("timeout: ");
    expect(() => parseSettings(given)).toThrow("memroy: ");
  });
});

describe("silence", () => {
  it.each([
    [{ schedule: "rate(1 minute)" }, 30],
    [{ schedule: "rate(11 minutes)" }, 35],
    [{ schedule: "rate(1 hour)" }, 180],
    [{ schedule: "rate(1 day)" }, 4320],
    [{ schedule: "cron(0 6 * * ? *)" }, 1440],
    [{ silence: 44 }, 45],
    [{ silence: 1450 }, 1500],
  ])("of %j is %i minutes", (given, minutes) => {
    expect(parseSettings(given).silence).toBe(minutes);
  });
});
