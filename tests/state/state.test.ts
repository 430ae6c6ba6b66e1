import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { emptyLedger, type Ledger } from "../../lambda/channels/catalog/ledger/ledger.ts";
import { emptyManifest, type Manifest } from "../../lambda/plan/manifest/manifest.ts";
import { type CatalogCache, emptyCatalog } from "../../lambda/state/catalog-cache.ts";
import { commit, commitProgress, commitRest, loadState, type State, unchangedState } from "../../lambda/state/state.ts";
import { articleKey, stateKeys } from "../../lambda/state/state-keys.ts";
import { guardOwner, momentOf, moveRelease } from "../../lambda/state/state-owner.ts";
import { aLedger, aLedgerEntry, aMeta, aRecord } from "../support/a-catalog.ts";
import { headOf, lose, objectsOf, sealedByFirstVersion } from "../support/a-state.ts";
import { counted } from "../support/stores/a-counted-store.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const finding = { kind: "notice", code: "made-up", key: "a.md", message: "A notice." } as const;
const ledger: Ledger = {
  ...aLedger(aLedgerEntry()),
  values: { tag: { tea: { slug: "tea", title: "Tea" } } },
  feeds: { all: { updated: "2026-11-21T00:00:00.000Z" } },
  now: "2026-11-21T00:00:00.000Z",
};
const catalog: CatalogCache = {
  ...emptyCatalog,
  fingerprint: "f",
  records: [{ ...aRecord(), findings: [finding] }],
  known: { x: aMeta() },
  next: "2026-11-22T00:00:00.000Z",
};
const [id] = ledger.entries.keys();
const manifest: Manifest = {
  ...emptyManifest,
  members: { all: [id ?? ""], "tag/tea": [] },
  shown: { all: { x: "hash" } },
  kept: ["digest"],
  outbox: [{ kind: "ping", hub: "https://hub.example/", topic: "https://wire.example/all/rss.xml", since: "2026-11-21T00:00:00.000Z" }],
  strangers: { "their.txt": "v1" },
  edge: "table",
};
const all = { ledger, catalog, manifest };

async function aState() {
  const store = memoryStore("state");
  await commit(store, await loadState(store), all);
  return store;
}

const valuesOf = ({ ledger, catalog, manifest }: State) => ({ ledger: ledger.value, catalog: catalog.value, manifest: manifest.value });

/** Several thousand entries, each under its own key. */
function manyEntries(count: number, from = 0): Ledger["entries"] {
  const entry = aLedgerEntry();
  return new Map(Array.from({ length: count }, (_, index) => [`id-${index + from}`, { ...entry, id: `id-${index + from}` }]));
}

test("state is read back as it was written", async () => {
  expect(valuesOf(await loadState(await aState()))).toEqual(all);
});

test("equal values make equal objects, whoever writes them", async () => {
  const names = async (store: Awaited<ReturnType<typeof aState>>) => (await store.list()).map(({ key }) => key);
  expect(await names(await aState())).toEqual(await names(await aState()));
});

test("state that was never written is empty, and has no version", async () => {
  const state = await loadState(memoryStore());
  expect(valuesOf(state)).toEqual({ ledger: emptyLedger, catalog: emptyCatalog, manifest: emptyManifest });
  expect(state.version).toBeUndefined();
});

test("members come back newest first, whatever their shards", async () => {
  const store = memoryStore("state");
  const dated = (published: string) => (one: string) => ({ ...aLedgerEntry(), id: one, uri: one, published });
  const entries = [dated("2026-01-01T00:00:00.000Z")("a"), dated("2026-03-01T00:00:00.000Z")("b"), dated("2026-03-01T00:00:00.000Z")("c")];
  const promised = { ...emptyLedger, entries: new Map(entries.map((entry) => [entry.id, entry])) };
  const members = { all: ["b", "c", "a"], some: ["c", "a"] };
  await commit(store, await loadState(store), { ledger: promised, manifest: { ...emptyManifest, members } });
  expect((await loadState(store)).manifest.value.members).toEqual(members);
});

test("a table of some thousand rows has one object, and a larger one a power of two", async () => {
  const store = memoryStore("state");
  for (const [rows, objects] of [
    [4096, 1],
    [20_000, 8],
  ] as const) {
    await commit(store, await loadState(store), { ledger: { ...emptyLedger, entries: manyEntries(rows) } });
    expect((await headOf(store))?.roots.ledger?.["entries"]).toHaveLength(objects);
    expect((await loadState(store)).ledger.value.entries.size).toBe(rows);
  }
});

test("the catalog has no hash that the ledger has, and a source is read again whose article has other ones by now", async () => {
  const store = memoryStore("state");
  const hashes = { content: "c".repeat(32), digest: "d".repeat(32) };
  const [known, unknown] = ["known.md", "unknown.md"].map((key) => ({ ...aRecord({ key, ...hashes }), source: "e".repeat(32) }));
  const entry = aLedgerEntry({ ...hashes, source: "e".repeat(32), keys: ["before.md", "known.md"] });
  const later = aLedgerEntry({ ...hashes, id: "of a file that was here before", keys: ["known.md"], content: "other" });
  const records = [known, unknown].flatMap((record) => record ?? []);
  await commit(store, await loadState(store), { ledger: aLedger(entry, later), catalog: { ...emptyCatalog, records } });
  const facts = await Promise.all((await store.list("catalog/facts")).map(async ({ key }) => (await store.read(key))?.bytes));
  expect(
    brotliDecompressSync(facts[0] ?? "")
      .toString()
      .match(/c{32}/g),
  ).toHaveLength(1);
  const read = await loadState(store);
  expect(read.catalog.value.records).toEqual(records);
  await commit(store, read, { ledger: aLedger({ ...entry, digest: "f".repeat(32) }) });
  expect((await loadState(store)).catalog.value.records).toEqual([unknown]);
});

test("a changed row writes the object that holds it, and the head, and nothing else", async () => {
  const { store, count } = counted(memoryStore("state"));
  const entries = manyEntries(20_000);
  await commit(store, await loadState(store), { ledger: { ...emptyLedger, entries }, manifest });
  const before = await loadState(store);
  count.write.length = 0;
  const edited = new Map([...before.ledger.value.entries, ["id-7", { ...aLedgerEntry(), id: "id-7", content: "another" }]]);
  await commit(store, before, { ledger: { ...before.ledger.value, entries: edited }, manifest: before.manifest.value });
  expect(count.write).toEqual([expect.stringMatching(/^ledger\/entries-\d-[0-9a-f]{32}\.json\.br$/), stateKeys.head]);
});

test.each([
  ["cut short", (bytes: Uint8Array) => bytes.subarray(0, 40)],
  ["no JSON", () => Buffer.from("{")],
  ["null", () => Buffer.from("null")],
  ["of another kind", () => Buffer.from('{"format":1}')],
  ["empty", () => new Uint8Array()],
])("a head that is %s falls back to its newest good version, and the next commit replaces it", async (_, damage) => {
  const store = await aState();
  const newer = { ...ledger, now: "2026-11-22T00:00:00.000Z" };
  await commit(store, await loadState(store), { ledger: newer });
  await store.write(stateKeys.head, damage((await store.read(stateKeys.head))?.bytes ?? new Uint8Array()));
  const state = await loadState(store);
  expect(state.ledger.value).toEqual(newer);
  await commit(store, state, { catalog });
  expect((await headOf(store))?.now).toBe(newer.now);
});

test("a damaged head without a good version stops the run", async () => {
  const store = memoryStore("state");
  await store.write(stateKeys.head, Buffer.from("damaged"));
  await expect(loadState(store)).rejects.toMatchObject({
    name: "Fault",
    kind: "fault",
    message: expect.stringContaining("state/head.json is damaged"),
  });
});

test.each(["gone", "damaged"])(
  "an object of the ledger that is %s comes from its newest version, and the next commit puts it back",
  async (how) => {
    const store = await aState();
    const keys = await objectsOf(store, "ledger");
    for (const key of keys) await (how === "gone" ? store.remove(key) : store.write(key, Buffer.from("damaged")));
    const state = await loadState(store);
    expect(state.ledger.value).toEqual(ledger);
    await commit(store, state, { ledger: state.ledger.value });
    for (const key of keys) await store.dropHistory(key);
    expect((await loadState(store)).ledger.value).toEqual(ledger);
  },
);

test("a ledger with an object that is lost with its versions stops the run", async () => {
  const store = await aState();
  await lose(store, "ledger");
  await expect(loadState(store)).rejects.toMatchObject({
    kind: "fault",
    message: expect.stringMatching(/^state\/ledger\/\S+ is a part of the ledger; it is gone or damaged/),
  });
});

test.each(["catalog", "manifest"] as const)("a %s with an object that is lost with its versions counts as missing", async (part) => {
  const store = await aState();
  await lose(store, part);
  expect(valuesOf(await loadState(store))).toEqual({ ...all, [part]: part === "catalog" ? emptyCatalog : emptyManifest });
});

test("a head of a newer program stops the run, with what to do", async () => {
  const store = await aState();
  await store.write(stateKeys.head, Buffer.from(JSON.stringify({ ...(await headOf(store)), format: 2 })));
  await expect(loadState(store)).rejects.toMatchObject({
    name: "Fault",
    kind: "fault",
    message: expect.stringContaining("was written by a newer program (format 2; this one reads up to 1). Use the newer program"),
  });
});

test("a new ledger or manifest changes the state, a new catalog does not", async () => {
  const store = await aState();
  const before = await loadState(store);
  expect(await unchangedState(store, before)).toBe(true);
  await commitProgress(store, before, { ...catalog, fingerprint: "g" });
  expect(await unchangedState(store, before)).toBe(true);
  await commit(store, await loadState(store), { manifest: emptyManifest });
  expect(await unchangedState(store, before)).toBe(false);
  const again = await loadState(store);
  await commit(store, again, { ledger: { ...ledger, released: { all: "hash" } } });
  expect(await unchangedState(store, again)).toBe(false);
});

test("a commit succeeds although another run has saved its progress, and keeps that unless it has a catalog of its own", async () => {
  const store = await aState();
  const before = await loadState(store);
  await commitProgress(store, before, { ...catalog, fingerprint: "progress" });
  const after = await commit(store, before, { manifest: emptyManifest });
  expect((await loadState(store)).catalog.value.fingerprint).toBe("progress");
  await commitProgress(store, await loadState(store), { ...catalog, fingerprint: "more progress" });
  await commit(store, after, { catalog: { ...catalog, fingerprint: "own" } });
  expect((await loadState(store)).catalog.value.fingerprint).toBe("own");
});

test("progress gives way to a run that has ended, and a commit after another run's is overtaken", async () => {
  const store = await aState();
  const before = await loadState(store);
  await commit(store, before, { ledger: { ...ledger, released: { all: "hash" } } });
  await commitProgress(store, before, { ...catalog, fingerprint: "late" });
  expect((await loadState(store)).catalog.value.fingerprint).toBe("f");
  await expect(commit(store, before, { manifest: emptyManifest })).rejects.toMatchObject({ kind: "overtaken" });
});

test("state of the first version is read, and the first commit brings it over whole", async () => {
  const store = memoryStore("state");
  await store.write("ledger.json.gz", sealedByFirstVersion("ledger", ledger));
  await store.write("manifest.json.gz", sealedByFirstVersion("manifest", manifest));
  const state = await loadState(store);
  expect(valuesOf(state)).toEqual({ ledger, manifest, catalog: emptyCatalog });
  await commitProgress(store, state, catalog);
  expect(valuesOf(await loadState(store))).toEqual(all);
});

test("the first version's hashes of 256 bits are shortened to those of today", async () => {
  const store = memoryStore("state");
  const [long, short] = ["0123456789abcdef".repeat(4), "0123456789abcdef".repeat(2)];
  const file = { version: "v", size: 1, entries: 1, channel: "all" };
  await store.write("ledger.json.gz", sealedByFirstVersion("ledger", aLedger({ ...aLedgerEntry(), source: long })));
  const files = { "all/rss.xml": { ...file, hash: long, fingerprint: long } };
  await store.write("manifest.json.gz", sealedByFirstVersion("manifest", { ...emptyManifest, files }));
  const { ledger: promised, manifest: live } = valuesOf(await loadState(store));
  expect([...promised.entries.values()].map(({ source }) => source)).toEqual([short]);
  expect(live.files).toEqual({ "all/rss.xml": { ...file, hash: short, fingerprint: short } });
});

test("a damaged ledger of the first version stops the run, unless a good version of it is left", async () => {
  const store = memoryStore("state");
  await store.write("ledger.json.gz", Buffer.from("damaged"));
  await expect(loadState(store)).rejects.toThrow("state/ledger.json.gz is damaged, and no good version of it is left.");
  await store.write("ledger.json.gz", sealedByFirstVersion("ledger", ledger));
  await store.write("ledger.json.gz", Buffer.from("damaged again"));
  expect((await loadState(store)).ledger.value).toEqual(ledger);
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
  expect(() => guardOwner(owned, moved)).toThrow(`If the site itself has moved, publish with --allow ${release} to keep the state.`);
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

test("a head that was removed or damaged is put back by a run that has nothing else to do", async () => {
  for (const harm of ["removed", "damaged"]) {
    const store = await aState();
    await (harm === "removed" ? store.remove(stateKeys.head) : store.write(stateKeys.head, Buffer.from("{")));
    const state = await loadState(store);
    expect(state.past).toBe(true);
    await commitRest(store, state, { content: "c", target: "t", settings: "s", program: "p", report: {} });
    expect(valuesOf(await loadState(store))).toEqual(all);
    expect((await loadState(store)).past).toBeUndefined();
  }
});
