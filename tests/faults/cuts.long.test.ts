import { beforeAll, expect, test } from "vitest";
import { aFile } from "../support/a-newsroom.ts";
import { outOfPlace } from "../support/a-state.ts";
import { beginning, change, eventfulSite, events, type Places, runOn } from "../support/faults/a-bucket-newsroom.ts";
import type { Story } from "../support/faults/a-ground.ts";
import { type Expected, type Lane, moments, onLanes } from "../support/faults/a-lane.ts";
import { aMemoryLane } from "../support/faults/a-memory-lane.ts";
import { breachesIn, brokenPromises } from "../support/faults/what-must-hold.ts";
import { cutAfter, cutShort, cutsOf } from "./cut.ts";

// In memory, where each cut takes milliseconds; some are made on S3, too (essentials.test.ts, ceph.test.ts).

/** All of them a second time: only where the whole table is asked for. */
const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";
/** As many heads as a sweep spares (lambda/state/sweep.ts). */
const heads = 40;
const site = `${eventfulSite.replace(", { by: tag }", "")}partners: [{ name: acme, profile: generic, channel: all }]\n`;
const noted = (turn: number) => ({ "kept.md": aFile({ title: "Story 03-01", date: "2026-03-01T09:00:00Z" }, `Edition ${turn}.`) });
/** Last swept two days ago, and with more heads since than a sweep spares: the tried run removes what only the older ones name. */
const due: Story = {
  site,
  first: "2026-11-18T12:00:00Z",
  beginning,
  events: noted(0),
  later: Array.from({ length: 16 }, (_, turn) => ({
    at: `2026-11-18T12:${10 + turn}:00Z`,
    events: turn === 15 ? events : noted(turn + 1),
  })),
};
/** What a run wrote that was cut before its head, in each kind of object. */
const strays = [
  "ledger/entries-0-0123456789abcdef0123456789abcdef.json.br",
  "catalog/records-0-0123456789abcdef0123456789abcdef.json.br",
  "details/records-0-0123456789abcdef0123456789abcdef.json.br",
  "manifest/files-0-0123456789abcdef0123456789abcdef.json.br",
];

let lane: Lane;
let expected: Expected;
let cuts: readonly number[];

beforeAll(async () => {
  ({ lane, expected } = await aMemoryLane(due, async ({ state }) => {
    for (const key of strays) await state.write(key, Buffer.from("stray"));
  }));
  cuts = await cutsOf(lane, site);
});

/** A day later something changes, and the sweep is due again. */
async function afterTheSweep(places: Places): Promise<readonly string[]> {
  await change(places.content, noted(99));
  await runOn(places, "2026-11-22T13:00:00Z", [], { site });
  return outOfPlace(places.state, heads, 3);
}

test("a run that sweeps is cut after each of its writes: nothing is damaged, the next run converges, and the next sweep leaves nothing over", async () => {
  const swept = lane.proxy.seen.filter(({ method, url }) => method === "DELETE" && /^state\/(?!lease|articles)/.test(url));
  expect(swept.length).toBeGreaterThan(strays.length);
  expect(await cutShort([lane], expected, cuts, { site, further: afterTheSweep })).toEqual([]);
  process.stdout.write(`cut after each of ${cuts.length} writes\n`);
});

test("the same holds if the editors revert everything before the next run", async () => {
  const undone = Object.fromEntries(Object.keys(events).map((key) => [key, beginning[key]]));
  const some = cuts.filter((count) => whole || count % 3 === 0);
  const results = await onLanes([lane], some, async (count, one) => {
    const { calm, held } = await cutAfter(count, one, [], site);
    await change(calm.content, undone);
    const middle = await held();
    await runOn(calm, moments.clean, [], { site });
    const after = await held();
    return [...breachesIn(after), ...brokenPromises(middle, after), ...(await afterTheSweep(calm))].map(
      (breach) => `after write ${count}: ${breach}`,
    );
  });
  expect(results.flat()).toEqual([]);
});
