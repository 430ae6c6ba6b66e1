import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { emptyManifest, hashOf, type Manifest } from "../../../lambda/plan/manifest/manifest.ts";
import { baselineOf, hasVariants, liveOf, staleKeys } from "../../../lambda/plan/manifest/target.ts";
import { refresh } from "../../../lambda/run/refresh.ts";
import type { Key, Store } from "../../../lambda/stores/store.ts";
import { aLedger, aLedgerEntry } from "../../support/a-catalog.ts";
import { aTarget, aWanted } from "../../support/a-plan.ts";
import { aSite } from "../../support/a-site.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const file = aWanted("world/rss.xml");
const site = aSite({ encodings: ["gzip"] });
const hash = (text: string) => hashOf(Buffer.from(text), file.headers);

/** A manifest in which the file is live as version "v1". */
const aManifest = (version = "v1"): Manifest => ({
  ...emptyManifest,
  files: { [file.key]: { hash: hash("text"), version, fingerprint: file.fingerprint, size: 4, entries: 1, channel: "world" } },
});

test.each([
  ["live, whole and of this fingerprint", aManifest(), aTarget({ [file.key]: "v1" }), file, []],
  ["of another fingerprint", aManifest(), aTarget({ [file.key]: "v1" }), { ...file, fingerprint: "other" }, [file.key]],
  ["not in the manifest", emptyManifest, aTarget({ [file.key]: "v1" }), file, [file.key]],
  ["not in the target", aManifest(), aTarget(), file, [file.key]],
  ["without its variant", aManifest(), aTarget({}, { listing: new Map([[file.key, "v1"]]) }), file, [file.key]],
  ["without variants where none are made", aManifest(), aTarget({}, { listing: new Map([[file.key, "v1"]]), encodings: [] }), file, []],
  [
    "something else by now",
    aManifest(),
    aTarget({ [file.key]: "v2" }, { drift: new Map([[file.key, { version: "v2", hash: hash("theirs") }]]) }),
    file,
    [file.key],
  ],
  [
    "the same under another version",
    aManifest(),
    aTarget({ [file.key]: "v2" }, { drift: new Map([[file.key, { version: "v2", hash: hash("text") }]]) }),
    file,
    [],
  ],
])("a file that is %s", (_, manifest, target, wanted, stale) => {
  expect([...staleKeys([wanted], manifest, target)]).toEqual(stale);
});

test("the live state is what was read, else what the manifest says about the listed version", () => {
  expect(liveOf(file.key, aManifest(), aTarget())).toBeUndefined();
  expect(liveOf(file.key, aManifest(), aTarget({ [file.key]: "v1" }))).toEqual({ version: "v1", hash: hash("text") });
  const looked = new Map([[file.key, { version: "v2", hash: hash("theirs") }]]);
  expect(liveOf(file.key, aManifest(), aTarget({ [file.key]: "v2" }, { drift: looked }))).toEqual({ version: "v2", hash: hash("theirs") });
});

test("a file has its variants if each of them is listed", () => {
  const listing = new Map([
    ["a", "1"],
    ["a.gz", "2"],
  ]);
  expect(hasVariants("a", aTarget({}, { listing }))).toBe(true);
  expect(hasVariants("a", aTarget({}, { listing, encodings: ["gzip", "br"] }))).toBe(false);
});

/** A target with some texts, and which of its keys were read. */
async function aStore(texts: Readonly<Record<Key, string>>): Promise<{ readonly store: Store; readonly read: Key[] }> {
  const memory = memoryStore();
  for (const [key, text] of Object.entries(texts)) await memory.write(key, Buffer.from(text), file.headers);
  const read: Key[] = [];
  const reading: Store["read"] = (key, range) => {
    read.push(key);
    return memory.read(key, range);
  };
  return { read, store: { ...memory, read: reading } };
}

async function surveyed(texts: Readonly<Record<Key, string>>, manifest: Manifest, settled = true) {
  const { store, read } = await aStore(texts);
  const listing = (await store.list()).map((listed) => ({ ...listed, settled }));
  const wanted = [file, aWanted("world/feed.json")];
  return { target: await refresh(store, listing, wanted, manifest, site), read };
}

test("a file of the version in the manifest is not read", async () => {
  const { target, read } = await surveyed({ [file.key]: "text" }, aManifest("m1"));
  expect(read).toEqual([]);
  expect(target.listing.get(file.key)).toBe("m1");
});

test.each([
  ["of another version", aManifest("m0"), true],
  ["unknown to the manifest", emptyManifest, true],
  ["too young to be told by its version", aManifest("m1"), false],
])("a file that is %s is read", async (_, manifest, settled) => {
  const { target, read } = await surveyed({ [file.key]: "text" }, manifest, settled);
  expect(read).toEqual([file.key]);
  expect(target.drift.get(file.key)).toEqual({ version: "m1", hash: hash("text") });
});

test("a file that is not desired is read once, and then known to be somebody else's", async () => {
  const { target, read } = await surveyed({ "other/rss.xml": "text" }, emptyManifest);
  expect([read, target.orphans.strangers]).toEqual([["other/rss.xml"], { "other/rss.xml": "m1" }]);
  expect((await surveyed({ "other/rss.xml": "text" }, { ...emptyManifest, ...target.orphans })).read).toEqual([]);
});

test("other headers make another file", async () => {
  const memory = memoryStore();
  await memory.write(file.key, Buffer.from("text"), { contentType: "text/html" });
  const target = await refresh(memory, await memory.list(), [file], emptyManifest, { ...site, encodings: [] });
  expect(target.drift.get(file.key)?.hash).not.toBe(hash("text"));
});

test("without a manifest, the live JSON feeds give the members of their channels, by the ids of the ledger", async () => {
  const feed = JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    items: [{ id: "urn:uuid:1" }, { id: "tag:unknown" }, { id: 5 }],
  });
  const { target } = await surveyed({ "world/feed.json": feed }, emptyManifest);
  const ledger = aLedger(aLedgerEntry({ id: "Статья 1", uri: "urn:uuid:1" }));
  expect(baselineOf([{ path: "world" }, { path: "sport" }], target, ledger)).toEqual(new Map([["world", ["Статья 1", "tag:unknown"]]]));
});

test("an unreadable live JSON feed gives no members", async () => {
  const { target } = await surveyed({ "world/feed.json": "{broken" }, emptyManifest);
  expect(baselineOf([{ path: "world" }], target, aLedger())).toEqual(new Map());
});

const squeezed = (text: string) => gzipSync(Buffer.from(text));

test.each([
  ["that the manifest names is not read", "named", squeezed("anything"), []],
  ["that somebody wrote since is read, and may be the same", "other", squeezed("text"), []],
  ["of another text is a stray", "other", squeezed("what was taken back"), [`${file.key}.gz`]],
  ["that is no gzip at all is a stray", "other", Buffer.from("text"), [`${file.key}.gz`]],
])("a variant %s", async (_, written, bytes, strays) => {
  const store = memoryStore();
  const plain = await store.write(file.key, Buffer.from("text"), file.headers);
  const variant = await store.write(`${file.key}.gz`, bytes, { ...file.headers, contentEncoding: "gzip" });
  const named = { gzip: written === "named" && variant.kind === "written" ? variant.version : "m0" };
  const { files, ...rest } = aManifest(plain.kind === "written" ? plain.version : "");
  const manifest = { ...rest, files: { [file.key]: { ...(files[file.key] as Manifest["files"][string]), variants: named } } };
  const target = await refresh(store, await store.list(), [file], manifest, site);
  expect([...target.orphanVariants]).toEqual(strays);
  expect([...staleKeys([file], manifest, target)]).toEqual(strays.length === 0 ? [] : [file.key]);
});
