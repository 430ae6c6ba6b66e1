import { afterAll, beforeAll, expect, test } from "vitest";
import { ownGround } from "../support/a-ground.ts";
import { type Expected, type Lane, theLanes } from "../support/a-lane.ts";
import { pairsOf, race, story } from "./race.ts";

/** Every pair takes minutes; else some, spread over the whole table. */
const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";
const step = 37;

let lanes: readonly [Lane, ...Lane[]];
let expected: Expected;

beforeAll(async () => {
  ({ lanes, expected } = await theLanes(await ownGround(story), story, 4));
});
afterAll(async () => void (await Promise.all(lanes.map(({ close }) => close()))));

test("one run waits before any request until another has ended any of its own: nothing is damaged, and the next run converges", async () => {
  const { requests, table } = await pairsOf(lanes[0]);
  const pairs = table.filter((_, at) => whole || at % step === 0);
  const { breaches, ends } = await race(lanes, expected, pairs);
  expect(breaches).toEqual([]);
  process.stdout.write(`${pairs.length} of ${table.length} pairs of ${requests} requests each: ${ends}\n`);
});
