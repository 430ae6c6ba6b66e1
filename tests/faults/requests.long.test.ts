import { afterAll, beforeAll, expect, test } from "vitest";
import { eventfulSite } from "../support/faults/a-bucket-newsroom.ts";
import { eventful, ownGround } from "../support/faults/a-ground.ts";
import { type Expected, type Lane, theLanes } from "../support/faults/a-lane.ts";
import type { Passing } from "../support/faults/fault-proxy.ts";
import { befall, casesFor, requestsOf } from "./befall.ts";

const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";

/** Every kind of request, and no more of each than it takes: without feeds of tags. */
const site = whole ? eventfulSite : eventfulSite.replace(", { by: tag }", "");

let lanes: readonly [Lane, ...Lane[]];
let expected: Expected;
let requests: readonly Passing[];

beforeAll(async () => {
  const small = { ...eventful, site };
  ({ lanes, expected } = await theLanes(await ownGround(small), small, 5));
  requests = await requestsOf(lanes[0], site);
});
afterAll(async () => void (await Promise.all(lanes.map(({ close }) => close()))));

test("each request of a run fails once or for good: nothing is damaged, and the next run converges", async () => {
  const cases = casesFor(requests, whole);
  expect(await befall(lanes, expected, cases, site)).toEqual([]);
  const more = whole ? "" : " (all of them: WIREROOM_TEST_FAULTS=all)";
  process.stdout.write(`${requests.length} requests a run, ${cases.length} faults${more}\n`);
  expect(new Set(cases.map(({ at }) => at)).size).toBe(requests.length);
});
