import { describe, expect, test } from "vitest";
import { emptyLedger, type Ledger, type RetainedRule } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { channelsOf } from "../../../lambda/channels/select/channel.ts";
import { retainedRules, retainedStyle } from "../../../lambda/channels/select/retained-rules.ts";
import { aLedgerEntry, anEntryOf, inOrder } from "../../support/a-catalog.ts";
import { aByRule, aNamedRule, aSite } from "../../support/a-site.ts";

const now = "2026-11-20T12:00:00.000Z";
const later = "2026-11-21T12:00:00.000Z";
const promised = (...paths: readonly string[]): Ledger["feeds"] => Object.fromEntries(paths.map((path) => [path, { updated: now }]));

describe("a rule that is no longer in site.yaml", () => {
  const remembered = { world: aNamedRule("world"), "by tag": aByRule("tag") };

  test("stays from then on while readers have a feed of it", () => {
    const feeds = promised("world", "tag/tea");
    const first = retainedRules([aNamedRule("all")], { rules: remembered, feeds }, now);
    expect(first.rules).toMatchObject([{ name: "all" }, { by: "tag", until: now }, { name: "world", until: now }]);
    expect(retainedRules([aNamedRule("all")], { rules: first.remembered, feeds }, later)).toEqual(first);
  });

  test("is forgotten if it was never published", () => {
    expect(retainedRules([], { rules: remembered, feeds: promised("other", "tagged/tea") }, now)).toEqual({ rules: [], remembered: {} });
  });

  test("comes back as site.yaml says", () => {
    const { rules } = retainedRules(
      [aNamedRule("world", { limit: 7 })],
      { rules: { world: { ...remembered.world, until: now } }, feeds: promised("world") },
      later,
    );
    expect(rules).toEqual([aNamedRule("world", { limit: 7 })]);
  });

  test("takes no article from after its end, and begins no feed", () => {
    const entries = inOrder([anEntryOf(1, { tags: ["tea"] }), anEntryOf(2, { tags: ["tea", "silk"] }), anEntryOf(3, { tags: ["salt"] })]);
    const seen = [now, later, now];
    const ledger = new Map(entries.toReversed().map(({ id }, index) => [id, aLedgerEntry({ id, firstSeen: seen[index] ?? now })]));
    const rule: RetainedRule = { ...aByRule("tag"), until: now };
    const values = { tag: { tea: { slug: "tea", title: "tea" }, silk: { slug: "silk", title: "silk" } } };
    const { channels } = channelsOf(aSite(), [rule], entries, { ...emptyLedger, entries: ledger, values });
    expect(channels.map(({ path, ended, members }) => [path, ended, members.map(({ meta }) => meta.slug)])).toEqual([
      ["tag/silk", true, []],
      ["tag/tea", true, ["n1"]],
    ]);
  });
});

test("a format and an archive that readers once got stay; others follow the rule", () => {
  const rule = aNamedRule("all", { formats: ["json"], archive: "none" });
  const feeds: Ledger["feeds"] = {
    all: { updated: now, formats: ["rss", "json"] },
    "all/archive/2026-10": { updated: now },
    allied: { updated: now, formats: ["atom"] },
  };
  expect(retainedStyle(rule, "all", feeds)).toEqual({ formats: ["rss", "json"], archive: "monthly" });
  expect(retainedStyle(rule, "world", feeds)).toEqual({ formats: ["json"], archive: "none" });
});

test("the feed of a language stays after the split ends, but no page offers it", () => {
  const entries = [anEntryOf(1, { language: "ru" }), anEntryOf(2, { language: "en" })];
  const { channels } = channelsOf(aSite(), [aNamedRule("all")], inOrder(entries), { ...emptyLedger, feeds: promised("all", "all/ru") });
  expect(channels.map(({ path, ended, alternates, members }) => [path, ended, alternates, members.length])).toEqual([
    ["all", undefined, [], 2],
    ["all/ru", true, [], 1],
  ]);
});
