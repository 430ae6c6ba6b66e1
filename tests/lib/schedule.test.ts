import { describe, expect, it } from "vitest";
import { isRecurring, minutesBetweenRuns } from "../../lib/schedule.ts";

describe("AWS accepts", () => {
  it.each([
    "rate(1 minute)",
    "rate(5 minutes)",
    "rate(1 hour)",
    "rate(12 hours)",
    "rate(10 days)",
    "cron(0/5 * * * ? *)",
    "cron(15 10 ? * MON-FRI 2026-2030)",
    "cron(0 8 1 * ? *)",
    "cron(0,30 6-22/2 L * ? *)",
    "cron(0 9 ? JAN,JUL 6#3 *)",
    "cron(0 9 15W * ? *)",
    "cron(0 9 ? * 6L *)",
  ])("%s", (expression) => {
    expect(isRecurring(expression)).toBe(true);
  });
});

describe("AWS refuses, or it runs only once:", () => {
  it.each([
    "",
    "5 minutes",
    "rate(5 minute)",
    "rate(1 minutes)",
    "rate(0 minutes)",
    "rate(05 minutes)",
    "rate(5 seconds)",
    "rate( 5 minutes)",
    "Rate(5 minutes)",
    "*/5 * * * *",
    "cron(*/5 * * * *)",
    "cron(0/5 * * * * *)",
    "cron(0/5 * ? * ? *)",
    "cron(60 * * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 0 32 * ? *)",
    "cron(0 0 ? 13 MON *)",
    "cron(0 0 ? * 0 *)",
    "cron(0 0  * * ? *)",
    "cron(0 0 * * ?)",
    "at(2026-11-23T09:00:00)",
  ])("%s", (expression) => {
    expect(isRecurring(expression)).toBe(false);
  });
});

it.each([
  ["rate(1 minute)", 1],
  ["rate(2 hours)", 120],
  ["rate(3 days)", 4320],
  ["cron(0/5 * * * ? *)", undefined],
])("%s runs every %s minutes", (expression, minutes) => {
  expect(minutesBetweenRuns(expression)).toBe(minutes);
});
