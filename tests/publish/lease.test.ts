import { expect, test } from "vitest";
import { giveBack, takeLease, underLease } from "../../lambda/publish/lease.ts";
import { stateKeys } from "../../lambda/publish/state-keys.ts";
import { memoryStore } from "../../lambda/stores/memory.ts";

const now = "2026-11-21T00:00:00.000Z";
const mine = { holder: "me", until: "2026-11-21T00:05:00.000Z" };
const theirs = { holder: "they", until: "2026-11-21T00:03:00.000Z" };
const text = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

test("a lease that nobody has can be taken, and is then busy for everybody else", async () => {
  const state = memoryStore();
  expect((await takeLease(state, theirs, now)).kind).toBe("taken");
  expect(await takeLease(state, mine, now)).toEqual({ kind: "busy", lease: theirs });
});

test("a lease that was given back can be taken", async () => {
  const state = memoryStore();
  const taken = await takeLease(state, theirs, now);
  await giveBack(state, taken.kind === "taken" ? taken.version : "");
  expect((await takeLease(state, mine, now)).kind).toBe("taken");
});

test.each([
  ["has time left", "2026-11-21T00:02:59.999Z", "busy"],
  ["runs out now", "2026-11-21T00:03:00.000Z", "taken"],
])("a lease that %s at %s is %s", async (_, moment, kind) => {
  const state = memoryStore();
  await takeLease(state, theirs, now);
  expect((await takeLease(state, mine, moment)).kind).toBe(kind);
});

test("whoever gives back a lease that another has taken over leaves it to him", async () => {
  const state = memoryStore();
  const old = await takeLease(state, theirs, now);
  await takeLease(state, mine, "2026-11-21T00:04:00.000Z");
  await giveBack(state, old.kind === "taken" ? old.version : "");
  expect(JSON.parse(Buffer.from((await state.read(stateKeys.lease))?.bytes ?? []).toString())).toEqual(mine);
});

test("of two who try at the same time one has it", async () => {
  const state = memoryStore();
  const outcomes = await Promise.all([takeLease(state, mine, now), takeLease(state, theirs, now)]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["busy", "taken"]);
});

test.each(["", "{broken", "null", "[]", { holder: "they" }, { holder: "they", until: "some day" }, { holder: 1, until: theirs.until }])(
  "a lease that cannot be read has run out: %j",
  async (written) => {
    const state = memoryStore();
    await state.write(stateKeys.lease, text(written));
    expect((await takeLease(state, mine, now)).kind).toBe("taken");
  },
);

test("what is done under a lease gives it back, done or failed; what failed is told, also where the lease cannot be given back", async () => {
  const state = memoryStore();
  const taken = async () => {
    const lease = await takeLease(state, mine, now);
    return lease.kind === "taken" ? lease.version : "";
  };
  expect(await underLease(state, await taken(), async () => "done")).toBe("done");
  expect(await state.list()).toEqual([]);
  const fails = async () => Promise.reject(new Error("the disk is full"));
  await expect(underLease(state, await taken(), fails)).rejects.toThrow("the disk is full");
  expect(await state.list()).toEqual([]);
  const denying = { ...state, remove: async () => Promise.reject(new Error("denied")) };
  await expect(underLease(denying, await taken(), fails)).rejects.toThrow("the disk is full");
  await expect(underLease(denying, await taken(), async () => "done")).rejects.toThrow("denied");
});
