import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ownGround } from "../support/faults/a-ground.ts";
import { type Lane, theLanes } from "../support/faults/a-lane.ts";
import { aMemoryLane } from "../support/faults/a-memory-lane.ts";
import type { Passing } from "../support/faults/fault-proxy.ts";
import { casesFor } from "./befall.ts";
import { type Befalling, befallCommand, type Likely, likelyOf, trials } from "./command.ts";
import { cutFrom, isWrite } from "./cut.ts";

const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";
/** Else every so manieth case. */
const step = 17;

beforeAll(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterAll(() => void vi.unstubAllEnvs());

describe.each(trials)("wireroom $name", (trial) => {
  let lanes: readonly [Lane, ...Lane[]];
  let likely: Likely;
  let requests: readonly Passing[];

  beforeAll(async () => {
    ({ lanes } = await theLanes(await ownGround(trial.story), trial.story, whole ? 4 : 3));
    ({ likely, requests } = await likelyOf(trial, lanes[0]));
  });
  afterAll(async () => void (await Promise.all(lanes.map(({ close }) => close()))));

  const some = <Case>(cases: readonly Case[]) => cases.filter((_, turn) => whole || turn % step === 0);

  test("each of its requests fails once or for good: nothing is damaged, and run again it converges", async () => {
    const cases = some(casesFor(requests, false));
    const befalling = cases.map(({ judge, ...one }): Befalling => ({ ...one, judge: () => judge }));
    expect(await befallCommand(trial, lanes, likely, befalling)).toEqual([]);
    process.stdout.write(`${trial.name}: ${requests.length} requests, ${cases.length} faults\n`);
  });

  test("it is cut after each of its writes: nothing is damaged, and run again it converges", async () => {
    // In memory, where each cut takes milliseconds; some are made on S3, too (essentials.test.ts).
    const { lane } = await aMemoryLane(trial.story);
    const undisturbed = await likelyOf(trial, lane);
    const writes = undisturbed.requests.filter(({ method }) => isWrite(method));
    const befalling = [...writes.keys()].map(
      (count): Befalling => ({ what: `cut after write ${count}`, judge: () => cutFrom(count), hasty: false, mustEnd: false }),
    );
    expect(await befallCommand(trial, [lane], undisturbed.likely, befalling)).toEqual([]);
    process.stdout.write(`${trial.name}: cut after each of ${writes.length} writes\n`);
  });
});
