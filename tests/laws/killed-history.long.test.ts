import { existsSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { followOn, someTurns, type Turn } from "../support/histories/a-disturbed-history.ts";
import { aWireOfProcesses } from "../support/histories/a-wire-of-processes.ts";

const [turns, numRuns] = [12, 1];
/** So that there is something to damage. */
const opening: Turn = {
  pause: 0,
  deeds: [0, 1, 2, 3, 4].map((where) => ({ kind: "write", which: where, where, days: -20 * where, named: false })),
  before: "cut",
  at: 40,
  more: [],
  harm: null,
  site: { limit: 2, gzip: true, pages: true },
  operator: null,
};

/** Runs are only interrupted; nothing else happens to them. */
const undone = (turn: Turn): Turn => ({ ...turn, before: turn.before === "race" ? "cut" : turn.before, harm: null, operator: null });

test.skipIf(!existsSync("/proc/self/stat"))(
  "a process killed at any moment leaves no feed in pieces, and the next run makes what an undisturbed one makes (needs Linux)",
  async () => {
    const kills = { count: 0 };
    await fc.assert(
      fc.asyncProperty(someTurns(turns), fc.infiniteStream(fc.nat({ max: 90 })), async (history, moments) => {
        await using newsroom = await aWireOfProcesses(moments, kills);
        const { breaches } = await followOn(newsroom.wire, [opening, ...history.map(undone)]);
        expect(breaches).toEqual([]);
      }),
      { numRuns, endOnFailure: true, seed: Number(process.env.WIREROOM_LAW_SEED ?? 61) },
    );
    expect(kills.count).toBeGreaterThan(0);
    process.stdout.write(`${kills.count} kills\n`);
  },
);
