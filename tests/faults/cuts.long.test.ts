import { afterAll, beforeAll, expect, test } from "vitest";
import { beginning, change, events, runOn } from "../support/a-bucket-newsroom.ts";
import { eventful, ownGround } from "../support/a-ground.ts";
import { type Expected, type Lane, moments, onLanes, theLanes } from "../support/a-lane.ts";
import { breachesIn, brokenPromises } from "../support/what-must-hold.ts";
import { cutAfter, cutShort, cutsOf } from "./cut.ts";

/** All of them a second time: only where the whole table is asked for. */
const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";

let lanes: readonly [Lane, ...Lane[]];
let expected: Expected;
let cuts: readonly number[];

beforeAll(async () => {
  ({ lanes, expected } = await theLanes(await ownGround(eventful), eventful, 3, { maxAttempts: 1 }));
  cuts = await cutsOf(lanes[0]);
});
afterAll(async () => void (await Promise.all(lanes.map(({ close }) => close()))));

test("a run is cut after each of its writes: nothing is damaged, and the next run converges", async () => {
  expect(await cutShort(lanes, expected, cuts)).toEqual([]);
  process.stdout.write(`cut after each of ${cuts.length} writes\n`);
});

test("the same holds if the editors revert everything before the next run", async () => {
  const undone = Object.fromEntries(Object.keys(events).map((key) => [key, beginning[key]]));
  const results = await onLanes(
    lanes,
    cuts.filter((count) => whole || count % 4 === 2),
    async (count, lane) => {
      const { calm, held } = await cutAfter(count, lane, []);
      await change(calm.content, undone);
      const middle = await held();
      await runOn(calm, moments.clean, []);
      return [...breachesIn(await held()), ...brokenPromises(middle, await held())].map((breach) => `after write ${count}: ${breach}`);
    },
  );
  expect(results.flat()).toEqual([]);
});
