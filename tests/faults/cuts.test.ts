import { afterAll, beforeAll, expect, test } from "vitest";
import type { Announcement } from "../../lambda/publish/manifest.ts";
import { beginning, change, events, runOn } from "../support/a-bucket-newsroom.ts";
import { eventful, ownGround } from "../support/a-ground.ts";
import { breachesAfterwards, breachesInTheEnd, type Expected, type Lane, moments, onLanes, theLanes } from "../support/a-lane.ts";
import type { Judge } from "../support/fault-proxy.ts";
import { breachesIn, brokenPromises } from "../support/what-must-hold.ts";

let lanes: readonly [Lane, ...Lane[]];
let expected: Expected;
let writes: number;

const isWrite = (method: string) => method === "PUT" || method === "DELETE";

beforeAll(async () => {
  ({ lanes, expected } = await theLanes(await ownGround(eventful), eventful, 3, { maxAttempts: 1 }));
  const [{ proxy, begin }] = lanes;
  const { tried } = await begin();
  proxy.begin();
  await runOn(tried, moments.tried, []);
  writes = proxy.seen.filter(({ method }) => isWrite(method)).length;
});
afterAll(async () => void (await Promise.all(lanes.map(({ close }) => close()))));

/** A run whose process is gone after so many writes: nothing of it reaches the server any more, no lease is given back. */
async function cutAfter(count: number, { proxy, begin }: Lane, announced: Announcement[]) {
  const ground = await begin();
  let done = 0;
  const judge: Judge = ({ method }) => {
    if (done >= count) return { kind: "reset" };
    if (isWrite(method)) done += 1;
    return { kind: "pass" };
  };
  proxy.begin(judge);
  const outcome = await runOn(ground.tried, moments.tried, announced).then(
    ({ kind }) => kind,
    () => "cut",
  );
  proxy.begin();
  return { ...ground, outcome };
}

/** All of them a second time: only where the whole table is asked for. */
const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";
const everyCut = () => Array.from({ length: writes }, (_, count) => count);

test("a run is cut after each of its writes: nothing is damaged, and the next run makes it as if nothing had been", {
  timeout: 600_000,
}, async () => {
  const results = await onLanes(lanes, everyCut(), async (count, lane) => {
    const announced: Announcement[] = [];
    const { outcome, calm, held } = await cutAfter(count, lane, announced);
    const breaches = [...breachesAfterwards(await held(), expected, false), ...(outcome === "cut" ? [] : [outcome])];
    await runOn(calm, moments.clean, announced);
    return [...breaches, ...breachesInTheEnd(await held(), expected, announced)].map((breach) => `after write ${count}: ${breach}`);
  });
  expect(results.flat()).toEqual([]);
  process.stdout.write(`cut after each of ${writes} writes\n`);
});

test("so it is when the editors have taken everything back before the next run", { timeout: 600_000 }, async () => {
  const undone = Object.fromEntries(Object.keys(events).map((key) => [key, beginning[key]]));
  const results = await onLanes(
    lanes,
    everyCut().filter((count) => whole || count % 4 === 2),
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
