import { expect, test } from "vitest";
import { lastKnown } from "../../lambda/channels/known.ts";
import type { LedgerEntry } from "../../lambda/channels/ledger.ts";
import type { Metadata, SourceRecord } from "../../lambda/channels/record.ts";
import { aBrokenRecord, aLedger, aLedgerEntry, aMeta, aRecord } from "../support/a-catalog.ts";

const was = aMeta({ title: "As it was", digest: "d1" });

/** What is known of the story, and which articles had to be loaded. */
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

test("of an article whose file is as it was nothing has to be known", async () => {
  const records = [aRecord({ title: "As it was", digest: "d1" })];
  expect(await known({ records, before: records })).toEqual({ known: undefined, loaded: [] });
});

test.each<[string, readonly SourceRecord[]]>([
  ["broken", [aBrokenRecord("story.md")]],
  ["gone", []],
])("of an article whose file is %s, the last catalog knows it", async (_, records) => {
  expect(await known({ records, before: [aRecord({ title: "As it was", digest: "d1" })] })).toEqual({ known: "As it was", loaded: [] });
});

test("of an article that was broken already, the last catalog remembers what it was", async () => {
  const records = [aBrokenRecord("story.md")];
  expect(await known({ records, before: records, known: { story: was } })).toEqual({ known: "As it was", loaded: [] });
});

test("where no catalog is left, it is read from among the kept articles", async () => {
  expect(await known({ records: [] })).toEqual({ known: "As it was", loaded: ["d1"] });
  expect(await known({ records: [], entry: { digest: "other" } })).toEqual({ known: undefined, loaded: ["other"] });
});

test("a version that was never published is not what it was", async () => {
  const records = [aBrokenRecord("story.md")];
  expect((await known({ records, before: [aRecord({ title: "Never shown", digest: "d2" })] })).known).toBe("As it was");
});

test("an edited article is known by its file, and nothing is loaded for it", async () => {
  expect((await known({ records: [aRecord({ digest: "d2" })] })).loaded).toEqual([]);
});

test("where the file names another id now, it may have to stay as it was", async () => {
  expect(await known({ records: [aRecord({ id: "another", digest: "d2" })] })).toEqual({ known: "As it was", loaded: ["d1"] });
});

test.each<[string, Partial<LedgerEntry>]>([
  ["a draft", { absent: "draft" }],
  ["canceled for longer than that is told", { canceled: "2026-11-22T09:00:00.000Z" }],
])("of an article that is %s nothing is known: it does not come back by itself", async (_, entry) => {
  expect(await known({ records: [], entry, before: [aRecord({ digest: "d1" })] })).toEqual({ known: undefined, loaded: [] });
});

test("of an article whose end is still told it is known what it was", async () => {
  const entry = { canceled: "2026-11-22T09:00:00.001Z" };
  expect(await known({ records: [], entry })).toEqual({ known: "As it was", loaded: ["d1"] });
});

test("an article that calls itself constructor is known by what it was alone", async () => {
  expect((await known({ records: [], entry: { id: "constructor", digest: "other" } })).known).toBeUndefined();
});
