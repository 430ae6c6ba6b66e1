import { expect, test } from "vitest";
import { type Heads, select } from "../../../lambda/channels/select/select.ts";
import type { Listed } from "../../../lambda/stores/store.ts";
import { aBrokenRecord, aLedger, aLedgerEntry, aMeta, aRecord } from "../../support/a-catalog.ts";
import { aNamedRule, aSite } from "../../support/a-site.ts";

const site = aSite({ channels: [aNamedRule("all")] });

/** What was read of a newsroom that has published nothing yet, and what a test says of it. */
const heads = (says: Partial<Heads> = {}): Heads => ({
  now: "2026-11-25T09:00:00.000Z",
  ledger: aLedger(),
  records: [],
  refused: new Map(),
  known: new Map(),
  keptDigests: new Set(),
  listing: [],
  seen: new Set(),
  members: {},
  updated: {},
  occupied: { holder: () => undefined, strangers: [], theirs: [] },
  ...says,
});

test("the same heads give the same desired state, at once and as a value", () => {
  const given = heads({ records: [aRecord(), aRecord({ key: "other.md", title: "Another" })] });
  const desired = select(given, site);
  expect(desired).not.toBeInstanceOf(Promise);
  expect(select(given, site)).toEqual(desired);
  expect(desired.selections.map(({ channel }) => [channel.path, channel.members.length])).toEqual([["all", 2]]);
});

test("a file that an article shows is named by its key and listed version, and nothing of it is measured", () => {
  const media = ["chart.png", "gone.png"].map((key) => ({ key, rooted: false, otherwise: `https://wire.example/${key}` }));
  const chart: Listed = { key: "chart.png", version: "v7", size: 12, settled: true };
  const { pictures } = select(heads({ records: [aRecord({ media })], listing: [chart] }), site);
  expect(pictures).toEqual([
    { key: "chart.png", places: ["chart.png"], listed: chart },
    { key: "gone.png", places: ["gone.png"] },
  ]);
});

test.each([
  ["kept", new Set(["d1"]), undefined],
  ["not kept", new Set<string>(), true],
])("an article whose file broke and whose body is %s", (_, kept, bodiless) => {
  const entry = aLedgerEntry();
  const known = new Map([[entry.id, aMeta({ digest: "d1" })]]);
  const { entries } = select(heads({ ledger: aLedger(entry), records: [aBrokenRecord("story.md")], known, keptDigests: kept }), site);
  expect(entries.map(({ state, bodiless: without }) => [state, without])).toEqual([["kept", bodiless]]);
});
