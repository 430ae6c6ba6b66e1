import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { eventful, ownGround } from "../support/faults/a-ground.ts";
import { type Lane, theLanes } from "../support/faults/a-lane.ts";
import { befall, casesFor, requestsOf } from "./befall.ts";
import { befallCommand, likelyOf, trials } from "./command.ts";
import { cutFrom, cutShort, cutsOf, isWrite } from "./cut.ts";
import { pairsOf, race, story } from "./race.ts";

// A few cases of each table of this folder. The whole tables are in the files named *.long.test.ts.

const open: Lane[] = [];
const lanesOn = async (told: Parameters<typeof ownGround>[0], patience?: Parameters<typeof theLanes>[3], count = 1) => {
  const made = await theLanes(await ownGround(told), told, count, patience);
  open.push(...made.lanes);
  return made;
};

beforeAll(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.map(({ close }) => close()));
});

/** So many of them, spread over all. */
const spread = <Case>(cases: readonly Case[], count: number): readonly Case[] =>
  Array.from({ length: count }, (_, turn) => cases[Math.floor(((turn + 0.5) * cases.length) / count)] as Case);

test("a request that fails damages nothing, and the next run repairs the rest: one request for each kind of fault", async () => {
  // Clients wait before they try again: three lanes wait at the same time.
  const { lanes, expected } = await lanesOn(eventful, {}, 3);
  const cases = casesFor(await requestsOf(lanes[0]), true);
  const kinds = Object.values(Object.groupBy(cases, ({ what }) => what.slice(0, what.indexOf(": "))));
  const chosen = kinds.flatMap((all = [], turn) => spread(all, kinds.length).slice(turn, turn + 1));
  expect(await befall(lanes, expected, chosen)).toEqual([]);
  expect(chosen.length).toBeGreaterThan(15);
});

test("a run that is cut damages nothing, and the next run repairs the rest: after three of its writes", async () => {
  const { lanes, expected } = await lanesOn(eventful, { maxAttempts: 1 });
  expect(await cutShort(lanes, expected, spread(await cutsOf(lanes[0]), 3))).toEqual([]);
});

test("two runs at once damage nothing: three moments at which one waits for the other", async () => {
  const { lanes, expected } = await lanesOn(story);
  expect((await race(lanes, expected, spread((await pairsOf(lanes[0])).table, 3))).breaches).toEqual([]);
});

test.each(trials.filter(({ name }) => name === "cancel --erase" || name === "rollback"))(
  "wireroom $name that is cut damages nothing, and run again it does the rest",
  async (trial) => {
    const { lanes } = await lanesOn(trial.story);
    const { likely, requests } = await likelyOf(trial, lanes[0]);
    const writes = requests.filter(({ method }) => isWrite(method));
    const cuts = spread([...writes.keys()], 2).map((count) => ({
      what: `cut after write ${count}`,
      judge: () => cutFrom(count),
      hasty: false,
      mustEnd: false,
    }));
    expect(await befallCommand(trial, lanes, likely, cuts)).toEqual([]);
  },
);
