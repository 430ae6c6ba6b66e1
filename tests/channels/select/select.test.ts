import { expect, test } from "vitest";
import { type Heads, select } from "../../../lambda/channels/select/select.ts";
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

test.each([
  ["kept", new Set(["d1"]), undefined],
  ["not kept", new Set<string>(), true],
])("an article whose file broke and whose body is %s", (_, kept, bodiless) => {
  const entry = aLedgerEntry();
  const known = new Map([[entry.id, aMeta({ digest: "d1" })]]);
  const { entries } = select(heads({ ledger: aLedger(entry), records: [aBrokenRecord("story.md")], known, keptDigests: kept }), site);
  expect(entries.map(({ state, bodiless: without }) => [state, without])).toEqual([["kept", bodiless]]);
});
