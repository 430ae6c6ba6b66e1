import { expect, test } from "vitest";
import { lastKnown } from "../../../lambda/channels/catalog/last-known-good.ts";
import type { LedgerEntry } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import type { Metadata, SourceRecord } from "../../../lambda/channels/catalog/ledger/record.ts";
import { aBrokenRecord, aLedger, aLedgerEntry, aMeta, aRecord } from "../../support/a-catalog.ts";

const was = aMeta({ title: "As it was", digest: "d1" });

/** The last known version of the story, and the articles that had to be loaded. */
async function known(says: {
  readonly records: readonly SourceRecord[];
  readonly before?: readonly SourceRecord[];
  readonly known?: Readonly<Record<string, Metadata>>;
  readonly entry?: Partial<LedgerEntry>;
}) {
  const loaded: string[] = [];
  const entry = aLedgerEntry({ id: "story", ...says.entry });
  const load = async (digest: string) => {
    loaded.push(digest);
    return digest === "d1" ? was : undefined;
  };
  const { before = [], known: remembered = {}, records } = says;
  const now = "2026-11-25T09:00:00.000Z";
  const all = await lastKnown({ ledger: aLedger(entry), now, retain: 3 * 86_400_000, records, before, known: remembered, load });
  return { known: all.get(entry.id)?.title, loaded };
}

test("an article with an unchanged file needs nothing", async () => {
  const records = [aRecord({ title: "As it was", digest: "d1" })];
  expect(await known({ records, before: records })).toEqual({ known: undefined, loaded: [] });
});

test.each<[string, readonly SourceRecord[]]>([
  ["broken", [aBrokenRecord("story.md")]],
  ["gone", []],
])("an article whose file is %s comes from the last catalog", async (_, records) => {
  expect(await known({ records, before: [aRecord({ title: "As it was", digest: "d1" })] })).toEqual({ known: "As it was", loaded: [] });
});

test("an article that was already broken comes from the last catalog", async () => {
  const records = [aBrokenRecord("story.md")];
  expect(await known({ records, before: records, known: { story: was } })).toEqual({ known: "As it was", loaded: [] });
});

test("without a catalog the article comes from the kept articles", async () => {
  expect(await known({ records: [] })).toEqual({ known: "As it was", loaded: ["d1"] });
  expect(await known({ records: [], entry: { digest: "other" } })).toEqual({ known: undefined, loaded: ["other"] });
});

test("a version that was never published does not count", async () => {
  const records = [aBrokenRecord("story.md")];
  expect((await known({ records, before: [aRecord({ title: "Never shown", digest: "d2" })] })).known).toBe("As it was");
});

test("an edited article comes from its file, and nothing is loaded for it", async () => {
  expect((await known({ records: [aRecord({ digest: "d2" })] })).loaded).toEqual([]);
});

test("a file that now names another id may leave the old article as it was", async () => {
  expect(await known({ records: [aRecord({ id: "another", digest: "d2" })] })).toEqual({ known: "As it was", loaded: ["d1"] });
});

test.each<[string, Partial<LedgerEntry>]>([
  ["a draft", { absent: "draft" }],
  ["canceled longer ago than feeds announce", { canceled: "2026-11-22T09:00:00.000Z" }],
])("an article that is %s has no last version: it does not come back by itself", async (_, entry) => {
  expect(await known({ records: [], entry, before: [aRecord({ digest: "d1" })] })).toEqual({ known: undefined, loaded: [] });
});

test("an article whose end is still announced has its last version", async () => {
  const entry = { canceled: "2026-11-22T09:00:00.001Z" };
  expect(await known({ records: [], entry })).toEqual({ known: "As it was", loaded: ["d1"] });
});

test("an article with the id constructor has only its own last version", async () => {
  expect((await known({ records: [], entry: { id: "constructor", digest: "other" } })).known).toBeUndefined();
});
