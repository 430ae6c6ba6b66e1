import { describe, expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { changeKeys, type KeyOrder } from "../../lambda/operator/partner/change-keys.ts";
import { run } from "../../lambda/operator/run.ts";
import { hashOfKey } from "../../lambda/partners/access/partner-keys.ts";
import { readEdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import type { Settings } from "../../lambda/settings.ts";
import { loadState } from "../../lambda/state/state.ts";
import type { Store, Table } from "../../lambda/stores/store.ts";
import { aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";
import { memoryTable } from "../support/stores/memory-table.ts";

const site = parseSite(`${aSiteFile}channels: [{ name: all }]\npartners: [{ name: acme, profile: generic, channel: all }]\n`, "site.yaml");

type Places = { readonly content: Store; readonly target: Store; readonly state: Store; readonly edge: Table };
/** Called before each request; a throw fails it. */
type Meddler = (what: "read" | "write") => void | Promise<void>;

function meddled({ content, target, state, edge }: Places, meddle: Meddler): Places {
  const store = (inner: Store): Store => ({
    ...inner,
    read: async (...all) => {
      await meddle("read");
      return inner.read(...all);
    },
    write: async (...all) => {
      await meddle("write");
      return inner.write(...all);
    },
    remove: async (...all) => {
      await meddle("write");
      return inner.remove(...all);
    },
  });
  const read: Table["read"] = async () => {
    await meddle("read");
    return edge.read();
  };
  const change: Table["change"] = async (...all) => {
    await meddle("write");
    return edge.change(...all);
  };
  return { content: store(content), target: store(target), state: store(state), edge: { ...edge, read, change } };
}

const at = (time: string) => `2026-11-20T${time}:00.000Z`;
const settings = (places: Places, time: string): Settings => ({
  ...places,
  site,
  now: at(time),
  began: at(time),
  places: { content: "content", target: "target" },
  editable: false,
  holder: crypto.randomUUID(),
  cloud: { endpoints: {} },
});

const publish = (places: Places, time: string) =>
  run({ command: "publish", allow: [], time: 60_000, tell: () => {} }, settings(places, time));

let made = 0;
const chance = (bytes: number) => Buffer.from(String(made++).padStart(bytes, "c"));
const quietly = { name: "acme", time: 60_000, tell: () => {} };
const add: KeyOrder = { ...quietly, action: "add", chance };
const rotate: KeyOrder = { ...quietly, action: "rotate", chance, overlap: 86_400_000 };
const revoke: KeyOrder = { ...quietly, action: "revoke", which: "all" };

/** A published newsroom; acme has a key unless it is to get its first one. */
async function aWire(order: KeyOrder): Promise<{ readonly places: Places; readonly key: string }> {
  const places = { content: memoryStore("content"), target: memoryStore("target"), state: memoryStore("state"), edge: memoryTable() };
  for (const [key, text] of Object.entries(someArticles(1))) await places.content.write(key, Buffer.from(text));
  await publish(places, "09:00");
  if (order.action === "add") return { places, key: "" };
  const { shown } = await changeKeys(add, settings(places, "09:30"));
  return { places, key: shown?.key ?? "" };
}

const hashesIn = (row = "") => (JSON.parse(row) as { readonly keys: readonly string[] }).keys.map((key) => key.slice(0, 43));

/** The hashes of acme's keys in ledger, edge.json and table. */
async function hashes({ target, state, edge }: Places) {
  const { access } = (await loadState(state)).ledger.value;
  const published = readEdgeTable(Buffer.from((await target.read("edge.json"))?.bytes ?? []).toString("utf8"));
  return {
    ledger: (access?.["acme"]?.keys ?? []).map(({ hash }) => hash),
    published: hashesIn(published["partner acme"]),
    edge: hashesIn((await edge.read()).rows["partner acme"]),
  };
}

async function agreed(places: Places): Promise<readonly string[]> {
  const { ledger, published, edge } = await hashes(places);
  expect(published).toEqual(ledger);
  expect(edge).toEqual(ledger);
  return ledger;
}

describe.each([
  ["add", add],
  ["rotate", rotate],
  ["revoke", revoke],
] as const)("wireroom partner %s that is cut after any of its writes", (_, order) => {
  test("ends at the next run with a ledger, a published table and an edge that agree, and can be asked for again", async () => {
    const ends = new Set<string>();
    for (let count = 0; ; count += 1) {
      const { places, key } = await aWire(order);
      let done = 0;
      const cut: Meddler = (what) => {
        if (what === "write" && done++ >= count) throw new Error("cut");
      };
      const outcome = await changeKeys(order, settings(meddled(places, cut), "10:00")).then(
        (report) => report.outcome,
        () => "cut",
      );
      // What the edge has is never more than what the ledger knows.
      const between = await hashes(places);
      const known = new Set([...between.ledger, ...(order.action === "revoke" ? [hashOfKey(key)] : [])]);
      for (const hash of between.edge) expect(known).toContain(hash);
      await publish(places, "10:30");
      const after = await agreed(places);
      ends.add(`${outcome} ${after.length}`);
      if (outcome === "done") break;
      if (order.action === "revoke") {
        expect((await changeKeys(revoke, settings(places, "11:00"))).partner.keys).toBe(0);
        expect(await agreed(places)).toEqual([]);
      } else {
        const again = await changeKeys(after.length === 0 ? add : rotate, settings(places, "11:00"));
        expect((await agreed(places)).at(-1)).toBe(hashOfKey(again.shown?.key ?? ""));
      }
    }
    // Some cuts came before the ledger, and some after it.
    const [before, afterwards] = { add: [0, 1], rotate: [1, 2], revoke: [1, 0] }[order.action];
    expect([...ends].sort()).toEqual([`cut ${before}`, `cut ${afterwards}`, `done ${afterwards}`].sort());
  });
});

describe("two at once", () => {
  /** The same disorder for the same seed. */
  const disorder = (seed: number): Meddler => {
    let state = seed + 1;
    return async () => {
      state = (state * 48_271) % 2_147_483_647;
      for (let turns = state % 7; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    };
  };
  const seeds = Array.from({ length: 5 }, (_, seed) => seed);
  const outcomes = (both: readonly PromiseSettledResult<{ readonly outcome: string }>[]) =>
    both.map((one) => (one.status === "fulfilled" ? one.value.outcome : String((one.reason as Error).message))).sort();

  test("two operators who rotate both give a key that counts", async () => {
    await Promise.all(
      seeds.map(async (seed) => {
        const { places, key } = await aWire(rotate);
        const both = await Promise.all([
          changeKeys(rotate, settings(meddled(places, disorder(seed)), "10:00")),
          changeKeys(rotate, settings(meddled(places, disorder(seed + 100)), "10:00")),
        ]);
        expect(both.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
        const given = both.map(({ shown }) => hashOfKey(shown?.key ?? ""));
        expect([...(await agreed(places))].sort()).toEqual([hashOfKey(key), ...given].sort());
      }),
    );
  });

  test("of two operators who give the first key, one is told that there is one", async () => {
    await Promise.all(
      seeds.map(async (seed) => {
        const { places } = await aWire(add);
        const both = await Promise.allSettled([
          changeKeys(add, settings(meddled(places, disorder(seed)), "10:00")),
          changeKeys(add, settings(meddled(places, disorder(seed + 100)), "10:00")),
        ]);
        expect(outcomes(both)).toEqual([expect.stringMatching(/^acme has a key since/), "done"]);
        expect(await agreed(places)).toHaveLength(1);
      }),
    );
  });

  test("a revocation and a publication leave nobody in", async () => {
    await Promise.all(
      seeds.map(async (seed) => {
        const { places } = await aWire(revoke);
        await places.content.write("new.md", Buffer.from("---\ndate: 2026-11-20\n---\n\n# New\n\nText.\n"));
        const both = await Promise.allSettled([
          changeKeys(revoke, settings(meddled(places, disorder(seed)), "10:00")),
          publish(meddled(places, disorder(seed + 100)), "10:00"),
        ]);
        expect(both.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
        await publish(places, "10:30");
        expect(await agreed(places)).toEqual([]);
        expect(Buffer.from((await places.target.read("all/feed.json"))?.bytes ?? []).toString()).toContain("New");
      }),
    );
  });
});
