import { expect, test } from "vitest";
import { digestsToRecall, formerIn, lastKnownGood } from "../../../lambda/channels/catalog/last-known-good.ts";
import type { LedgerEntry } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import type { Metadata, SourceRecord } from "../../../lambda/channels/catalog/ledger/record.ts";
import { aBrokenRecord, aLedger, aLedgerEntry, aMeta, aRecord } from "../../support/a-catalog.ts";

const was = aMeta({ title: "As it was", digest: "d1" });

/** The last known version of the story, and the articles that had to be recalled. */
function known(says: {
  readonly records: readonly SourceRecord[];
  readonly before?: readonly SourceRecord[];
  readonly known?: Readonly<Record<string, Metadata>>;
  readonly entry?: Partial<LedgerEntry>;
}) {
  const entry = aLedgerEntry({ id: "story", ...says.entry });
  const { before = [], known: remembered = {}, records } = says;
  const now = "2026-11-25T09:00:00.000Z";
  const former = formerIn({ ledger: aLedger(entry), now, retain: 3 * 86_400_000, records, before, known: remembered });
  const loaded = digestsToRecall(former);
  const kept = new Map(loaded.flatMap((digest) => (digest === "d1" ? [[digest, was] as const] : [])));
  return { known: lastKnownGood(former, kept).get(entry.id)?.title, loaded };
}

test("an article with an unchanged file needs nothing", () => {
  const records = [aRecord({ title: "As it was", digest: "d1" })];
  expect(known({ records, before: records })).toEqual({ known: undefined, loaded: [] });
});

test.each<[string, readonly SourceRecord[]]>([
  ["broken", [aBrokenRecord("story.md")]],
  ["gone", []],
])("an article whose file is %s comes from the last catalog", (_, records) => {
  expect(known({ records, before: [aRecord({ title: "As it was", digest: "d1" })] })).toEqual({ known: "As it was", loaded: [] });
});

test("an article that was already broken comes from the last catalog", () => {
  const records = [aBrokenRecord("story.md")];
  expect(known({ records, before: records, known: { story: was } })).toEqual({ known: "As it was", loaded: [] });
});

test("without a catalog the article comes from the kept articles", () => {
  expect(known({ records: [] })).toEqual({ known: "As it was", loaded: ["d1"] });
  expect(known({ records: [], entry: { digest: "other" } })).toEqual({ known: undefined, loaded: ["other"] });
});

test("a version that was never published does not count", () => {
  const records = [aBrokenRecord("story.md")];
  expect(known({ records, before: [aRecord({ title: "Never shown", digest: "d2" })] }).known).toBe("As it was");
});

test("an edited article comes from its file, and nothing is loaded for it", () => {
  expect(known({ records: [aRecord({ digest: "d2" })] }).loaded).toEqual([]);
});

test("a file that now names another id may leave the old article as it was", () => {
  expect(known({ records: [aRecord({ id: "another", digest: "d2" })] })).toEqual({ known: "As it was", loaded: ["d1"] });
});

test.each<[string, Partial<LedgerEntry>]>([
  ["a draft", { absent: "draft" }],
  ["canceled longer ago than feeds announce", { canceled: "2026-11-22T09:00:00.000Z" }],
])("an article that is %s has no last version: it does not come back by itself", (_, entry) => {
  expect(known({ records: [], entry, before: [aRecord({ digest: "d1" })] })).toEqual({ known: undefined, loaded: [] });
});

test("an article whose end is still announced has its last version", () => {
  const entry = { canceled: "2026-11-22T09:00:00.001Z" };
  expect(known({ records: [], entry })).toEqual({ known: "As it was", loaded: ["d1"] });
});

test("an article with the id constructor has only its own last version", () => {
  expect(known({ records: [], entry: { id: "constructor", digest: "other" } }).known).toBeUndefined();
});
