import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { schedulerClient } from "../../lambda/clients/scheduler.ts";
import { aServer } from "../support/a-server.ts";
import { aScheduler } from "../support/aws/a-scheduler.ts";
import { isSigned } from "../support/s3/aws-signature.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(() => void vi.unstubAllEnvs());

const schedule = "arn:aws:scheduler:eu-central-1:123456789012:schedule/Wireroom-Moments/next";
const role = "arn:aws:iam::123456789012:role/Wireroom-Moments";
const target = "arn:aws:lambda:eu-central-1:123456789012:function:wireroom";
const now = Date.parse("2026-11-23T09:00:30Z");

/** A schedule as GetSchedule returns it. */
const standing = (at: string, says: object = {}) =>
  JSON.stringify({ ScheduleExpression: `at(${at})`, State: "ENABLED", Target: { Arn: target, RoleArn: role }, ...says });
const over = standing("2026-11-22T09:00:00");

test("the one schedule of the group is set to the moment, and calls the function once, without retry", async () => {
  await using scheduler = await aScheduler(over);
  await schedulerClient({ schedule, role }, target, scheduler.url, () => now)("2026-11-23T12:00:00.000Z");
  const [looked, asked] = scheduler.asked;
  expect([looked?.method, looked?.path, isSigned(looked!, "test")]).toEqual(["GET", "/schedules/next?groupName=Wireroom-Moments", true]);
  expect([asked?.method, asked?.path]).toEqual(["PUT", "/schedules/next"]);
  expect(isSigned(asked!, "test")).toBe(true);
  expect(asked?.headers.authorization).toContain("/eu-central-1/scheduler/");
  expect(JSON.parse(asked?.body ?? "")).toMatchObject({
    GroupName: "Wireroom-Moments",
    ScheduleExpression: "at(2026-11-23T12:00:00)",
    ScheduleExpressionTimezone: "UTC",
    FlexibleTimeWindow: { Mode: "OFF" },
    State: "ENABLED",
    Target: { Arn: target, RoleArn: role, RetryPolicy: { MaximumRetryAttempts: 0 } },
  });
});

test("a missing schedule is created, once", async () => {
  await using scheduler = await aScheduler();
  const set = schedulerClient({ schedule, role }, target, scheduler.url, () => now);
  await set("2026-11-23T12:00:00.000Z");
  await set("2026-11-23T11:00:00.000Z");
  expect(scheduler.asked.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "PUT"]);
  expect(scheduler.at()).toEqual(["at(2026-11-23T12:00:00)", "at(2026-11-23T11:00:00)"]);
});

test("an earlier call in the future stays: an older run may come last", async () => {
  await using scheduler = await aScheduler(standing("2026-11-23T11:00:00"));
  const set = schedulerClient({ schedule, role }, target, scheduler.url, () => now);
  await set("2026-11-23T12:00:00.000Z");
  await set("2026-11-23T11:00:00.000Z");
  expect(scheduler.at()).toEqual([]);
  await set("2026-11-23T10:59:00.000Z");
  expect(scheduler.at()).toEqual(["at(2026-11-23T10:59:00)"]);
});

test.each([
  ["is over", over],
  ["was switched off", standing("2026-11-23T11:00:00", { State: "DISABLED" })],
  ["calls another function", standing("2026-11-23T11:00:00", { Target: { Arn: `${target}-old`, RoleArn: role } })],
  ["takes another role", standing("2026-11-23T11:00:00", { Target: { Arn: target, RoleArn: `${role}-old` } })],
  ["is not a single call", JSON.stringify({ ScheduleExpression: "rate(1 hour)" })],
])("a schedule that %s is set again", async (_, found) => {
  await using scheduler = await aScheduler(found);
  await schedulerClient({ schedule, role }, target, scheduler.url, () => now)("2026-11-23T12:00:00.000Z");
  expect(scheduler.at()).toEqual(["at(2026-11-23T12:00:00)"]);
});

test.each([
  ["2026-11-23T12:00:00.001Z", "at(2026-11-23T12:01:00)"],
  ["2026-11-23T12:00:59.999Z", "at(2026-11-23T12:01:00)"],
  ["2026-11-23T09:00:31.000Z", "at(2026-11-23T09:01:00)"],
  ["2026-11-23T08:00:00.000Z", "at(2026-11-23T09:01:00)"],
])("a call for %s comes neither before it nor in the past: %s", async (moment, expected) => {
  await using scheduler = await aScheduler(over);
  await schedulerClient({ schedule, role }, target, scheduler.url, () => now)(moment);
  expect(scheduler.at()).toEqual([expected]);
});

test("the scheduler's error is reported", async () => {
  await using scheduler = await aServer(() => ({ status: 403, body: '{"message":"no right to scheduler:UpdateSchedule"}' }));
  const set = schedulerClient({ schedule, role }, target, scheduler.url);
  await expect(set("2026-11-23T12:00:00.000Z")).rejects.toThrow("scheduler answered 403 no right to scheduler:UpdateSchedule");
  expect(scheduler.asked).toHaveLength(1);
});

test.each(["next", "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/x"])(
  "%j is not a schedule, which is wrong usage",
  (wrong) => {
    expect(() => schedulerClient({ schedule: wrong, role }, target)).toThrow(expect.objectContaining({ kind: "usage" }));
  },
);
