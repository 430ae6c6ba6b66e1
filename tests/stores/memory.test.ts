import { expect, test } from "vitest";
import { memoryStore } from "../support/stores/memory-store.ts";
import { storeContract } from "./contract.ts";

storeContract("a memory store", async () => ({ store: memoryStore() }), { headers: true, history: true });

test("a memory store dates its history with its given clock", async () => {
  let now = Date.parse("2026-11-23T09:00:00Z");
  const store = memoryStore("memory", () => now);
  await store.write("a", new Uint8Array([1]));
  now += 60_000;
  await store.write("a", new Uint8Array([2]));
  expect((await store.history("a")).map(({ modified }) => modified)).toEqual(["2026-11-23T09:01:00.000Z", "2026-11-23T09:00:00.000Z"]);
});
