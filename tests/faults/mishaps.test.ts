import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { runOn } from "../support/faults/a-bucket-newsroom.ts";
import { eventful, ownGround } from "../support/faults/a-ground.ts";
import { breachesAfterwards, breachesInTheEnd, type Expected, type Lane, moments, theLanes } from "../support/faults/a-lane.ts";

let lane: Lane;
let expected: Expected;

beforeAll(async () => {
  const made = await theLanes(await ownGround(eventful), eventful, 1);
  [lane] = made.lanes;
  expected = made.expected;
});
afterAll(() => lane.close());

const endOf = (run: Promise<{ readonly kind: string }>) =>
  run.then(
    ({ kind }) => kind,
    (error: unknown) => String(error),
  );

describe("rights that are missing", () => {
  const verbs = ["GET", "HEAD", "PUT", "DELETE"].flatMap((method) =>
    ["content", "target", "state"].map((place) => [method, place] as const),
  );
  test.each([...verbs, ["GET", "list-type"], ["GET", "versions"]] as const)(
    "a denied %s on %s stops a run that needs it, and nothing is damaged",
    async (method, place) => {
      const { tried, calm, held } = await lane.begin();
      const announced: Announcement[] = [];
      const denied = { kind: "answer", status: 403, code: "AccessDenied" } as const;
      lane.proxy.begin((one) => (one.method === method && one.url.includes(place) ? denied : { kind: "pass" }));
      const end = await endOf(runOn(tried, moments.tried, announced));
      lane.proxy.begin();
      const needless = (method === "HEAD" || method === "DELETE" || method === "PUT") && place === "content";
      expect(end).toMatch(needless ? /^done$/ : /^Fault: .*403/);
      expect(breachesAfterwards(await held(), expected, needless)).toEqual([]);
      await runOn(calm, moments.clean, announced);
      expect(breachesInTheEnd(await held(), expected, announced)).toEqual([]);
    },
  );
});

test("the lease of a dead run is respected until it expires", async () => {
  const { calm, held } = await lane.begin();
  const announced: Announcement[] = [];
  await calm.state.write(stateKeys.lease, Buffer.from(JSON.stringify({ holder: "dead", until: "2026-11-20T13:05:00.000Z" })));
  const before = await held();
  expect(await endOf(runOn(calm, moments.tried, announced))).toBe("busy");
  expect(await held()).toEqual(before);
  expect(await endOf(runOn(calm, moments.clean, announced))).toBe("done");
  expect(breachesInTheEnd(await held(), expected, announced)).toEqual([]);
});

test("a clock that is a day behind stops the run before it touches anything", async () => {
  const { calm, held } = await lane.begin();
  expect(await endOf(runOn(calm, "2026-11-19T13:00:00Z", []))).toMatch(/The clock went back/);
  expect(await held()).toEqual(expected.before);
  const announced: Announcement[] = [];
  await runOn(calm, moments.clean, announced);
  expect(breachesInTheEnd(await held(), expected, announced)).toEqual([]);
});

test("a clock a day ahead publishes, and the right clock touches nothing until it gets there", async () => {
  const { calm, held } = await lane.begin();
  const ahead = "2026-11-21T13:00:00Z";
  await runOn(calm, ahead, []);
  const published = await held();
  expect(breachesAfterwards(published, { ...expected, likely: [published, published] }, true)).toEqual([]);
  expect(await endOf(runOn(calm, moments.clean, []))).toMatch(/The clock went back/);
  expect(await held()).toEqual(published);
  await runOn(calm, "2026-11-21T13:10:00Z", []);
  expect((await held()).target).toEqual(published.target);
});
