import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { handler } from "../lambda/handler.ts";
import { s3Store } from "../lambda/stores/s3/s3.ts";
import { aBatch, aNotice, scheduled } from "./runtime/notices.ts";
import { aFile, aSiteFile } from "./support/a-newsroom.ts";
import { aScheduler } from "./support/aws/a-scheduler.ts";
import { type S3Server, startS3 } from "./support/s3/s3-server.ts";

const schedule = "arn:aws:scheduler:us-east-1:123456789012:schedule/Wireroom-Moments/next";
const context = { invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:wireroom" };

let s3: S3Server;

beforeEach(async () => {
  s3 = await startS3({ buckets: ["content", "feeds", "state"] });
  const env = { ...s3.env, WIREROOM_CONTENT: "s3://content", WIREROOM_TO: "s3://feeds", WIREROOM_STATE: "s3://state" };
  const moment = { WIREROOM_MOMENT: schedule, WIREROOM_MOMENT_ROLE: "arn:aws:iam::123456789012:role/Wireroom-Moments" };
  for (const [name, value] of Object.entries({ ...env, ...moment })) vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-23T09:00:00Z") });
  await put("site.yaml", aSiteFile);
  await put("now.md", aFile({ title: "Now", date: "2026-11-20T09:00:00Z" }));
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await s3.close();
});

const put = (key: string, text: string) => s3Store({ bucket: "content", client: s3.client() }).write(key, Buffer.from(text));

async function theScheduler(refuses?: number) {
  const scheduler = await aScheduler(undefined, refuses);
  vi.stubEnv("AWS_ENDPOINT_URL_SCHEDULER", scheduler.url);
  return scheduler;
}

/** The function in a process of its own, which remembers what that process has seen and nothing else. */
async function anotherEnvironment(): Promise<typeof handler> {
  vi.resetModules();
  return (await import("../lambda/handler.ts")).handler;
}

test("a run schedules a call for the end of an embargo, once for each moment", async () => {
  await using scheduler = await theScheduler();
  await put("later.md", aFile({ title: "Later", date: "2026-11-24T12:00:00Z" }));
  await handler(scheduled, context);
  await handler(scheduled, context);
  expect(scheduler.at()).toEqual(["at(2026-11-24T12:00:00)"]);
  await put("sooner.md", aFile({ title: "Sooner", date: "2026-11-23T18:30:00Z" }));
  await handler(aBatch(aNotice("sooner.md")), context);
  expect(scheduler.at()).toEqual(["at(2026-11-24T12:00:00)", "at(2026-11-23T18:30:00)"]);
});

test("a scheduler that refuses fails no run, and the next run asks again", async () => {
  await put("later.md", aFile({ title: "Later", date: "2026-11-25T12:00:00Z" }));
  {
    await using refusing = await theScheduler(403);
    expect(await handler(scheduled, context)).toMatchObject({ outcome: "published" });
    expect(refusing.at()).toHaveLength(1);
  }
  await using scheduler = await theScheduler();
  expect(await handler(scheduled, context)).toMatchObject({ outcome: "unchanged" });
  expect(scheduler.at()).toEqual(["at(2026-11-25T12:00:00)"]);
});

test("an embargo ends on time if two environments set the schedule independently", async () => {
  await using scheduler = await theScheduler();
  const another = await anotherEnvironment();
  await put("later.md", aFile({ title: "Later", date: "2026-11-24T12:00:00Z" }));
  await handler(scheduled, context);
  await put("sooner.md", aFile({ title: "Sooner", date: "2026-11-23T18:30:00Z" }));
  await another(aBatch(aNotice("sooner.md")), context);
  vi.setSystemTime(new Date("2026-11-23T18:30:20Z"));
  // The call of the schedule meets the first, which set the later moment long ago.
  await handler(scheduled, context);
  expect(scheduler.at()).toEqual(["at(2026-11-24T12:00:00)", "at(2026-11-23T18:30:00)", "at(2026-11-24T12:00:00)"]);
});

test("a late run does not postpone what a newer one scheduled", async () => {
  await using scheduler = await theScheduler();
  const another = await anotherEnvironment();
  await put("later.md", aFile({ title: "Later", date: "2026-11-24T12:00:00Z" }));
  await put("sooner.md", aFile({ title: "Sooner", date: "2026-11-23T18:30:00Z" }));
  await another(scheduled, context);
  // Taken out again: to this run the later moment is the next.
  await s3Store({ bucket: "content", client: s3.client() }).remove("sooner.md");
  await handler(scheduled, context);
  expect(scheduler.at()).toEqual(["at(2026-11-23T18:30:00)"]);
});
