import { expect, test } from "vitest";
import type { Ledger } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import type { SourceRecord } from "../../../lambda/channels/catalog/ledger/record.ts";
import { intake } from "../../../lambda/run/read/intake.ts";
import type { Key, Store } from "../../../lambda/stores/store.ts";
import { aLedger, aLedgerEntry } from "../../support/a-catalog.ts";
import { aFile } from "../../support/a-newsroom.ts";
import { aSite } from "../../support/a-site.ts";
import { lookedThrough } from "../../support/stores/looked-through.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const story = aFile({ title: "A story", date: "2026-11-20" });

async function aContent(texts: Readonly<Record<Key, string>>): Promise<Store> {
  const store = memoryStore("content", () => Date.parse("2026-10-01T00:00:00Z"));
  for (const [key, text] of Object.entries(texts)) await store.write(key, Buffer.from(text));
  return store;
}

type Says = { readonly cached?: readonly SourceRecord[]; readonly settled?: boolean; readonly limit?: number; readonly ledger?: Ledger };

async function taken(content: Store, { cached = [], settled = true, limit = 5_000_000, ledger = aLedger() }: Says = {}) {
  const listing = (await content.list()).map((listed) => ({ ...listed, settled }));
  const newsroom = aSite({ limits: { article: limit } });
  return intake({ content, listing, newsroom, bodies: "these", cached, ledger, tell: () => {}, keepRead: async () => {} });
}

const kinds = (records: readonly SourceRecord[]) => Object.fromEntries(records.map(({ key, kind }) => [key, kind]));

test("reads every source once, and then only those with another version", async () => {
  const content = await aContent({ "b.md": story, "a.md": story });
  const first = await taken(content);
  expect([first.read, first.records.map(({ key }) => key)]).toEqual([2, ["a.md", "b.md"]]);
  const second = await taken(content, { cached: first.records });
  expect([second.read, second.records]).toEqual([0, first.records]);
  await content.write("a.md", Buffer.from(aFile({ title: "Edited", date: "2026-11-20" })));
  const third = await taken(content, { cached: second.records });
  expect([third.read, third.records.map((record) => record.kind === "article" && record.meta.title)]).toEqual([1, ["Edited", "A story"]]);
});

test("a file too new to trust its version is read again", async () => {
  const content = await aContent({ "a.md": story });
  const first = await taken(content, { settled: false });
  expect((await taken(content, { cached: first.records })).read).toBe(1);
});

test("an index page is an article while it is alone in its folder, even if only its folder changed", async () => {
  const content = await aContent({ "aral/index.md": story });
  const alone = await taken(content);
  expect(kinds(alone.records)).toEqual({ "aral/index.md": "article" });
  expect((await taken(content, { cached: alone.records })).read).toBe(0);
  await content.write("aral/other.md", Buffer.from(story));
  const together = await taken(content, { cached: alone.records });
  expect(kinds(together.records)).toEqual({ "aral/index.md": "passed-over", "aral/other.md": "article" });
  expect((await taken(content, { cached: together.records })).read).toBe(0);
  await content.remove("aral/other.md");
  expect(kinds((await taken(content, { cached: together.records })).records)).toEqual({ "aral/index.md": "article" });
});

test("a file over the limit is a problem without being read", async () => {
  const content = await aContent({ "a.md": story });
  const { records, read } = await taken(content, { limit: 10 });
  expect(read).toBe(0);
  expect(records).toMatchObject([{ kind: "quarantined", key: "a.md", findings: [{ kind: "problem", code: "article-too-large" }] }]);
});

test("files that look like articles and are not taken are counted by extension or reason", async () => {
  const content = await aContent({ "a.md": story, "b.docx": "x", "c.docx": "x", "d/index.md": story, "d/e.md": story });
  const { passedOver, notTaken } = await taken(content);
  expect(passedOver).toEqual({ ".docx": 2, "index page": 1 });
  expect(notTaken.map(({ key, reason }) => `${key}: ${reason}`)).toMatchInlineSnapshot(`
    [
      "b.docx: site.yaml does not include it (articles).",
      "c.docx: site.yaml does not include it (articles).",
      "d/index.md: It is the index page of a folder with other articles.",
    ]
  `);
});

test("a source that was listed and is gone stops the run: the listing is out of date", async () => {
  const content = await aContent({ "a.md": story });
  const gone: Store = { ...content, read: async () => undefined };
  await expect(taken(gone)).rejects.toMatchObject({
    name: "Fault",
    message: expect.stringContaining("content/a.md was listed but does not exist"),
  });
});

test("an undated article is as old as its first version, but only if the store keeps versions", async () => {
  const content = await aContent({ "a.md": aFile({ title: "Undated" }) });
  const oldest = async (store: Store, says: Says = {}) => (await taken(store, says)).records[0]?.oldest;
  const past = { version: "m1", size: 1, modified: "2026-10-01T00:00:00.000Z", read: async () => new Uint8Array() };
  expect(await oldest({ ...content, history: async () => [past] })).toBeUndefined();
  const versioned: Store = {
    ...content,
    history: async () => [
      { ...past, modified: "2026-10-05T00:00:00.000Z" },
      { ...past, versioned: true },
    ],
  };
  expect(await oldest(versioned)).toBe("2026-10-01T00:00:00.000Z");
  expect(await oldest(versioned, { ledger: aLedger(aLedgerEntry({ keys: ["a.md"] })) })).toBeUndefined();
});

test("the ledger is searched once, however many undated articles are read", async () => {
  const keys = Array.from({ length: 100 }, (_, number) => `a-${number}.md`);
  const content = await aContent(Object.fromEntries(keys.map((key) => [key, aFile({ title: key })])));
  const ledger = aLedger(...keys.map((key) => aLedgerEntry({ id: key, keys: [key] })));
  const { map: entries, times } = lookedThrough(ledger.entries);
  expect((await taken(content, { ledger: { ...ledger, entries } })).read).toBe(100);
  expect(times()).toBe(1);
});
