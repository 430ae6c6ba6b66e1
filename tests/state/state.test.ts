import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { emptyLedger, type Ledger } from "../../lambda/channels/catalog/ledger/ledger.ts";
import { emptyManifest } from "../../lambda/plan/manifest/manifest.ts";
import { seal } from "../../lambda/state/envelope.ts";
import { migrated } from "../../lambda/state/migrations.ts";
import { articleKey, type CatalogCache, loadState, unchangedState } from "../../lambda/state/state.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { guardOwner, momentOf, moveRelease } from "../../lambda/state/state-owner.ts";
import { aLedger, aLedgerEntry, aMeta, aRecord } from "../support/a-catalog.ts";
import { memoryStore } from "../support/memory-store.ts";

const ledger: Ledger = { ...aLedger(aLedgerEntry()), now: "2026-11-21T00:00:00.000Z" };
const catalog: CatalogCache = {
  fingerprint: "f",
  bodies: "b",
  media: [],
  records: [aRecord()],
  known: { x: aMeta() },
  next: "2026-11-22T00:00:00.000Z",
};
const manifest = { ...emptyManifest, members: { all: ["x"] } };

async function aState() {
  const store = memoryStore("state");
  await store.write(stateKeys.ledger, seal("ledger", ledger));
  await store.write(stateKeys.catalog, seal("catalog", catalog));
  await store.write(stateKeys.manifest, seal("manifest", manifest));
  return store;
}

/** The bytes of a state value, with another envelope. */
const sealed = (says: Readonly<Record<string, unknown>>) => {
  const text = JSON.stringify(ledger);
  return gzipSync(JSON.stringify({ format: "wireroom-ledger", version: 1, checksum: "", value: text, ...says }));
};

test("state is read back as it was written, with its versions", async () => {
  const store = await aState();
  expect(await loadState(store)).toEqual({
    ledger: { value: ledger, version: "m1" },
    catalog: { value: catalog, version: "m2" },
    manifest: { value: manifest, version: "m3" },
  });
});

test("equal values are sealed into equal bytes", () => {
  expect(seal("ledger", ledger)).toEqual(seal("ledger", ledger));
});

test("state that was never written is empty, and has no version", async () => {
  expect(await loadState(memoryStore())).toEqual({
    ledger: { value: emptyLedger },
    catalog: { value: { fingerprint: "", bodies: "", records: [], known: {}, media: [] } },
    manifest: { value: emptyManifest },
  });
});

test.each([
  ["cut short", seal("ledger", ledger).subarray(0, 40)],
  ["no gzip at all", Buffer.from("{}")],
  ["not of its kind", seal("manifest", ledger)],
  ["of a wrong checksum", sealed({ checksum: "0" })],
  ["without a value", sealed({ value: 5 })],
  ["null", gzipSync("null")],
  ["empty", new Uint8Array()],
])("a ledger that is %s falls back to its newest good version, and the next write replaces it", async (_, damaged) => {
  const store = await aState();
  await store.write(stateKeys.ledger, seal("ledger", { ...ledger, now: "2026-11-22T00:00:00.000Z" }));
  await store.write(stateKeys.ledger, damaged);
  const { version } = (await store.read(stateKeys.ledger)) ?? {};
  expect((await loadState(store)).ledger).toEqual({ value: { ...ledger, now: "2026-11-22T00:00:00.000Z" }, version });
});

test("a damaged ledger without a good version stops the run", async () => {
  const store = memoryStore("state");
  await store.write(stateKeys.ledger, Buffer.from("damaged"));
  await expect(loadState(store)).rejects.toMatchObject({
    name: "Fault",
    kind: "fault",
    message: expect.stringContaining("state/ledger.json.gz is damaged"),
  });
});

test("a damaged catalog or manifest without a good version counts as missing, and is made again", async () => {
  const store = memoryStore();
  await store.write(stateKeys.catalog, Buffer.from("damaged"));
  await store.write(stateKeys.manifest, Buffer.from("damaged"));
  expect(await loadState(store)).toMatchObject({
    catalog: { value: { records: [] }, version: "m1" },
    manifest: { value: emptyManifest, version: "m2" },
  });
});

test.each(["ledger", "catalog", "manifest"] as const)("a %s of a newer program stops the run", async (name) => {
  const store = await aState();
  await store.write(stateKeys[name], sealed({ format: `wireroom-${name}`, version: 2 }));
  await expect(loadState(store)).rejects.toMatchObject({ name: "Fault", kind: "fault", message: expect.stringContaining("newer program") });
});

test("a new ledger or manifest changes the state, a new catalog does not", async () => {
  const store = await aState();
  const before = await loadState(store);
  expect(await unchangedState(store, before)).toBe(true);
  await store.write(stateKeys.catalog, seal("catalog", catalog));
  expect(await unchangedState(store, before)).toBe(true);
  await store.write(stateKeys.manifest, seal("manifest", manifest));
  expect(await unchangedState(store, before)).toBe(false);
  const again = await loadState(store);
  await store.write(stateKeys.ledger, seal("ledger", ledger));
  expect(await unchangedState(store, again)).toBe(false);
});

test("the first ledger changes an empty state", async () => {
  const store = memoryStore();
  const before = await loadState(store);
  expect(await unchangedState(store, before)).toBe(true);
  await store.write(stateKeys.ledger, seal("ledger", ledger));
  expect(await unchangedState(store, before)).toBe(false);
});

test("an article is kept under the hash of its content", () => {
  expect(articleKey("abc")).toBe("articles/abc.json.gz");
});

const name = { url: "https://wire.example/", feedUrl: "https://feeds.wire.example/", content: "content", target: "target" };

test("a new ledger takes the name of its site", () => {
  expect(guardOwner(emptyLedger, name)).toEqual({ ...emptyLedger, site: name });
});

test("a ledger of this site stays as it is", () => {
  const owned = { ...ledger, site: name };
  expect(guardOwner(owned, name)).toBe(owned);
});

test.each(["url", "feedUrl", "content", "target"] as const)(
  "state of a site with another %s is wrong usage, and the error names the difference",
  (field) => {
    const owned = { ...ledger, site: { ...name, [field]: "another" } };
    expect(() => guardOwner(owned, name)).toThrow(
      expect.objectContaining({
        name: "Fault",
        kind: "usage",
        message: expect.stringContaining(`${field}: the state was made for another, this run is for ${name[field]}`),
      }),
    );
  },
);

test("a moved site keeps its state only if this very move is allowed", () => {
  const owned = { ...ledger, site: name };
  const moved = { ...name, feedUrl: "https://feeds.new.example/" };
  const release = moveRelease(name, moved) ?? "";
  expect(() => guardOwner(owned, moved)).toThrow(`If the site itself has moved, run again with --allow ${release} to keep the state.`);
  expect(guardOwner(owned, moved, [release])).toEqual({ ...owned, site: moved });
  expect(() => guardOwner(owned, { ...moved, target: "another" }, [release])).toThrow("This state belongs to another site");
});

test("a run uses its own time, or the last run's if its clock is up to five minutes behind", () => {
  const [last, minute] = ["2026-11-21T00:00:00.000Z", 60_000];
  const promised = { ...ledger, now: last };
  expect(momentOf(emptyLedger, "2026-11-20T00:00:00.000Z", 0)).toBe("2026-11-20T00:00:00.000Z");
  expect(momentOf(promised, "2026-11-21T00:00:00.001Z", 0)).toBe("2026-11-21T00:00:00.001Z");
  for (const [now, elapsed] of [
    ["2026-11-20T23:59:59.999Z", 0],
    ["2026-11-20T23:55:00.000Z", 0],
    ["2026-11-20T23:45:00.000Z", 10 * minute],
  ] as const)
    expect(momentOf(promised, now, elapsed)).toBe(last);
});

test("a clock more than five minutes behind the state stops the run", () => {
  const promised = { ...ledger, now: "2026-11-21T00:00:00.000Z" };
  expect(() => momentOf(promised, "2026-11-20T23:54:59.999Z", 0)).toThrow(
    expect.objectContaining({ name: "Fault", kind: "fault", message: expect.stringContaining("The clock went back") }),
  );
});

test("an old ledger is migrated step by step to the present format", () => {
  const steps = [(older: unknown) => [older, "to 2"], (older: unknown) => [older, "to 3"]];
  expect([1, 2, 3].map((from) => migrated("ledger", from, steps))).toEqual([[["ledger", "to 2"], "to 3"], ["ledger", "to 3"], "ledger"]);
});
