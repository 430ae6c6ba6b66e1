import { expect, test } from "vitest";
import { type Lease, leaseTerm, type ProcessName, underLease, type Writer } from "../../../lambda/run/process/lease.ts";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const now = "2026-11-21T00:00:00.000Z";
const theirs: Lease = { holder: "they", until: "2026-11-21T00:01:00.000Z" };
const text = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const standing = async (state: Store) => {
  const found = await state.read(stateKeys.lease);
  return found === undefined ? undefined : (JSON.parse(Buffer.from(found.bytes).toString("utf8")) as Lease);
};
const laid = async (lease: unknown) => {
  const state = memoryStore();
  await state.write(stateKeys.lease, text(lease));
  return state;
};
const writer = (state: Store, says: Partial<Writer> = {}): Writer => ({ state, holder: "me", now, elapsed: () => 0, ...says });
const kindOf = async (one: Writer) => (await underLease(one, async () => "worked")).kind;

test("a free lease is taken for a minute, busy for others, and released when the work ends", async () => {
  const state = memoryStore();
  const done = await underLease(writer(state), async () => {
    expect(await standing(state)).toEqual({ holder: "me", until: "2026-11-21T00:01:00.000Z" });
    return kindOf(writer(state, { holder: "they" }));
  });
  expect([done, await standing(state)]).toEqual([{ kind: "done", value: "busy" }, undefined]);
});

test.each([
  ["has time left", now, "busy"],
  ["has run out for a clock that may be ahead", "2026-11-21T00:05:59.999Z", "busy"],
  ["has run out for every clock that is right", "2026-11-21T00:06:00.000Z", "done"],
])("a lease that %s at %s is %s", async (_, moment, kind) => {
  expect(await kindOf(writer(await laid(theirs), { now: moment }))).toBe(kind);
});

test("a run that has waited long enough sees that a lease has expired, whenever it began", async () => {
  expect(await kindOf(writer(await laid(theirs), { elapsed: () => 6 * leaseTerm }))).toBe("done");
});

test("a lease expires by the machine's clock, whatever `now` of the run", async () => {
  for (const moment of ["2020-01-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z"]) {
    const state = memoryStore();
    await underLease(writer(state, { now: moment, began: now }), async () => expect((await standing(state))?.until).toBe(theirs.until));
    expect(await kindOf(writer(await laid(theirs), { now: moment, began: now }))).toBe("busy");
  }
});

test("one of two simultaneous runs gets the lease", async () => {
  const state = memoryStore();
  const kinds = await Promise.all([kindOf(writer(state)), kindOf(writer(state, { holder: "they" }))]);
  expect(kinds.sort()).toEqual(["busy", "done"]);
});

test.each(["", "{broken", "null", "[]", { holder: "they" }, { holder: "they", until: "some day" }, { holder: 1, until: theirs.until }])(
  "an unreadable lease has expired: %j",
  async (written) => {
    expect(await kindOf(writer(await laid(written)))).toBe("done");
  },
);

test("a fault is reported if the work fails or the lease cannot be released; the work's fault goes first", async () => {
  const state = memoryStore();
  const fails = async () => Promise.reject(new Error("the disk is full"));
  await expect(underLease(writer(state), fails)).rejects.toThrow("the disk is full");
  expect(await state.list()).toEqual([]);
  const denying = { ...state, remove: async () => Promise.reject(new Error("denied")) };
  await expect(underLease(writer(denying), fails)).rejects.toThrow("the disk is full");
  await expect(underLease(writer(denying), async () => "done")).rejects.toThrow("denied");
});

test("a write renews the lease after a third of it", async () => {
  const state = memoryStore();
  let elapsed = 0;
  const ends: (string | undefined)[] = [];
  await underLease(writer(state, { elapsed: () => elapsed }), async (guarded) => {
    for (elapsed of [0, 19_999, 20_000, 39_000, 41_000]) {
      await guarded(memoryStore()).write("a", text("a"));
      ends.push((await standing(state))?.until.slice(14, 19));
    }
  });
  expect(ends).toEqual(["01:00", "01:00", "01:20", "01:20", "01:41"]);
  expect(await standing(state)).toBeUndefined();
});

test("the lease is renewed during a long write, and not after the work", async () => {
  const state = memoryStore();
  let [elapsed, ticking] = [0, false];
  let tick: () => void = () => {};
  const every = (_: number, work: () => void) => {
    [tick, ticking] = [work, true];
    return () => {
      ticking = false;
    };
  };
  await underLease(writer(state, { elapsed: () => elapsed, every }), async () => {
    elapsed = 50_000;
    tick();
    await Promise.resolve();
    await expect.poll(async () => (await standing(state))?.until).toBe("2026-11-21T00:01:50.000Z");
  });
  expect([ticking, await standing(state)]).toEqual([false, undefined]);
});

test("a frozen run whose lease was taken over writes nothing more, and leaves the lease", async () => {
  const [state, target] = [memoryStore(), memoryStore()];
  await target.write("old", text("old"));
  let elapsed = 0;
  const work = underLease(writer(state, { elapsed: () => elapsed }), async (guarded) => {
    await guarded(target).write("a", text("a"));
    elapsed = 2 * leaseTerm;
    await state.write(stateKeys.lease, text({ ...theirs, until: "2026-11-21T00:03:00.000Z" }));
    for (const late of [() => guarded(target).write("b", text("b")), () => guarded(target).remove("old")])
      await expect(late()).rejects.toMatchObject({ kind: "overtaken" });
    await guarded(target).write("c", text("c"));
  });
  await expect(work).rejects.toThrow("Another run has taken over the lease");
  expect((await target.list()).map(({ key }) => key)).toEqual(["a", "old"]);
  expect((await standing(state))?.holder).toBe("they");
});

test("a dead process's lease is free on its own machine, and elsewhere when it expires", async () => {
  const process: ProcessName = { machine: "desk", pid: 7, started: "1" };
  const own: ProcessName = { machine: "desk", pid: 8, started: "2" };
  const isDead = (dead: boolean) => ({ processes: { own, isDead: ({ pid }: ProcessName) => dead && pid === 7 } });
  const busy = [
    writer(await laid(theirs), isDead(true)),
    writer(await laid({ ...theirs, process }), isDead(false)),
    writer(await laid({ ...theirs, process })),
    writer(await laid({ ...theirs, process: { ...process, pid: "7" } }), isDead(true)),
  ];
  expect(await Promise.all(busy.map(kindOf))).toEqual(busy.map(() => "busy"));
  const state = await laid({ ...theirs, process });
  await underLease(writer(state, isDead(true)), async () => expect((await standing(state))?.process).toEqual(own));
  expect(await standing(state)).toBeUndefined();
});
