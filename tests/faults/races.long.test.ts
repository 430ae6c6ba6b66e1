import { expect, test } from "vitest";
import { aMemoryLane } from "../support/faults/a-memory-lane.ts";
import { pairsOf, race, story } from "./race.ts";

/** Every pair takes minutes; else some, spread over the whole table. */
const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";
const step = 37;

// In memory, where each pair takes milliseconds; some are tried on S3, too (essentials.test.ts, ceph.test.ts).
test("one run waits before any request until another has ended any of its own: nothing is damaged, and the next run converges", async () => {
  const { lane, expected } = await aMemoryLane(story);
  const { requests, table } = await pairsOf(lane);
  const pairs = table.filter((_, at) => whole || at % step === 0);
  const { breaches, ends } = await race([lane], expected, pairs);
  expect(breaches).toEqual([]);
  process.stdout.write(`${pairs.length} of ${table.length} pairs of ${requests} requests each: ${ends}\n`);
});
