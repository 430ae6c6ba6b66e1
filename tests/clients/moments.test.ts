import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { momentsClient } from "../../lambda/clients/moments.ts";
import { aServer } from "../support/a-server.ts";
import { isSigned } from "../support/aws-signature.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(() => void vi.unstubAllEnvs());

const schedule = "arn:aws:scheduler:eu-central-1:123456789012:schedule/Wireroom-Moments/next";
const role = "arn:aws:iam::123456789012:role/Wireroom-Moments";
const target = "arn:aws:lambda:eu-central-1:123456789012:function:wireroom";
const now = Date.parse("2026-11-23T09:00:30Z");

/** A scheduler with or without the schedule: UpdateSchedule wants it to be there, CreateSchedule that it is not. */
const aScheduler = (there: boolean) => {
  let made = there;
  return aServer(({ method }) => {
    if (method === "PUT" && !made) return { status: 404, body: '{"Message":"Schedule next does not exist."}' };
    if (method === "POST" && made) return { status: 409, body: '{"Message":"Schedule next already exists."}' };
    made = true;
    return { status: 200, body: "{}" };
  });
};

const expressions = (asked: readonly { readonly body: string }[]) =>
  asked.map(({ body }) => (JSON.parse(body) as { readonly ScheduleExpression: string }).ScheduleExpression);

test("the one schedule of the group is set to the moment, and calls the function once, without retry", async () => {
  await using scheduler = await aScheduler(true);
  await momentsClient({ schedule, role }, target, scheduler.url, () => now)("2026-11-23T12:00:00.000Z");
  const [asked] = scheduler.asked;
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

test("where there is no schedule yet, it is made, once", async () => {
  await using scheduler = await aScheduler(false);
  const set = momentsClient({ schedule, role }, target, scheduler.url, () => now);
  await set("2026-11-23T12:00:00.000Z");
  await set("2026-11-23T13:00:00.000Z");
  expect(scheduler.asked.map(({ method }) => method)).toEqual(["PUT", "POST", "PUT"]);
  expect(expressions(scheduler.asked)).toEqual(["at(2026-11-23T12:00:00)", "at(2026-11-23T12:00:00)", "at(2026-11-23T13:00:00)"]);
});

test.each([
  ["2026-11-23T12:00:00.001Z", "at(2026-11-23T12:01:00)"],
  ["2026-11-23T12:00:59.999Z", "at(2026-11-23T12:01:00)"],
  ["2026-11-23T09:00:31.000Z", "at(2026-11-23T09:01:00)"],
  ["2026-11-23T08:00:00.000Z", "at(2026-11-23T09:01:00)"],
])("a call for %s comes not before it, and never in the past: %s", async (moment, expected) => {
  await using scheduler = await aScheduler(true);
  await momentsClient({ schedule, role }, target, scheduler.url, () => now)(moment);
  expect(expressions(scheduler.asked)).toEqual([expected]);
});

test("what the scheduler says against it is told", async () => {
  await using scheduler = await aServer(() => ({ status: 403, body: '{"message":"no right to scheduler:UpdateSchedule"}' }));
  const set = momentsClient({ schedule, role }, target, scheduler.url);
  await expect(set("2026-11-23T12:00:00.000Z")).rejects.toThrow("scheduler answered 403 no right to scheduler:UpdateSchedule");
  expect(scheduler.asked).toHaveLength(1);
});

test.each(["next", "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/x"])("%j is no schedule, which is wrong usage", (wrong) => {
  expect(() => momentsClient({ schedule: wrong, role }, target)).toThrow(expect.objectContaining({ kind: "usage" }));
});
