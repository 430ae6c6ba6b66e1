import { expect, test } from "vitest";
import type { Absence, Ledger } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { type ChannelChange, type GuardInput, guardChannel, guardRun, wholeRun } from "../../../lambda/plan/changes/guard.ts";
import { aCatalog, aLedger, aLedgerEntry, anEntryOf } from "../../support/a-catalog.ts";
import { aSite } from "../../support/a-site.ts";
import { lookedAt } from "../../support/stores/looked-through.ts";

const names = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `a${from + index}`);
const guard = aSite().guard;

const aJudgement = (says: Partial<GuardInput> = {}): GuardInput => ({
  guard,
  catalog: aCatalog(),
  ledgerBefore: aLedger(),
  ...says,
});

const aChange = (says: Partial<ChannelChange> = {}): ChannelChange => ({
  path: "world",
  before: names(20),
  after: names(20),
  shown: {},
  shows: {},
  defects: [],
  mark: "m",
  ...says,
});

const holds = (change: Partial<ChannelChange>, judged: Partial<GuardInput> = {}) =>
  guardChannel(aChange(change), aJudgement(judged)) !== undefined;

test.each([
  ["nothing", 20, 20, false],
  ["half of twenty", 20, 10, false],
  ["more than half of twenty", 20, 9, true],
  ["four of five, which are too few to tell", 5, 1, false],
  ["four of four, with which the feed would be empty", 4, 0, true],
  ["one of one", 1, 0, true],
  ["five of five", 5, 0, true],
  ["five of nine", 9, 4, true],
  ["five of ten", 10, 5, false],
])("a loss of %s of a channel's articles, from %i to %i, without a reason holds the channel: %s", (_, before, after, held) => {
  expect(holds({ before: names(before), after: names(after) })).toBe(held);
});

test("site.yaml sets the thresholds", () => {
  const change = { before: names(20), after: names(17) };
  expect(holds(change, { guard: { ...guard, lose: 0.1, atLeast: 3 } })).toBe(true);
  expect(holds(change, { guard: { ...guard, lose: 0.1, atLeast: 4 } })).toBe(false);
  expect(holds(change, { guard: { ...guard, lose: 0.15, atLeast: 3 } })).toBe(false);
});

test("new articles do not offset a loss", () => {
  expect(holds({ after: names(40, 100) })).toBe(true);
});

test("an empty channel has nothing to lose", () => {
  expect(holds({ before: [], after: names(3) })).toBe(false);
});

test("a hold says what is lost", () => {
  const hold = guardChannel(aChange({ after: names(1) }), aJudgement());
  expect(hold).toEqual({
    name: "world",
    defective: false,
    hash: expect.stringMatching(/^[0-9a-f]{8}$/),
    reasons: ["19 of its 20 entries are gone, and nothing explains why."],
  });
});

test.each<Absence>(["draft", "embargoed", "expired", "canceled"])("an article that is %s has a reason to be gone", (reason) => {
  const absent = new Map(names(11).map((id) => [id, reason] as const));
  const change = { after: names(9, 11) };
  expect(holds(change)).toBe(true);
  expect(holds(change, { catalog: aCatalog({ absent }) })).toBe(false);
});

const remembering = (count: number, when: string): Ledger =>
  aLedger(...names(count).map((id, index) => aLedgerEntry({ id, source: `${when} ${index}`, digest: "changes with the settings" })));
const showing = (count: number, when: string) =>
  aCatalog({ entries: names(count).map((id, index) => anEntryOf(index, {}, { id })), ledger: remembering(count, when) });

test("an article that left by its own edit has a reason, an unchanged one has none", () => {
  const change = { after: [] };
  const ledgerBefore = remembering(20, "before");
  expect(holds(change, { catalog: showing(20, "after"), ledgerBefore })).toBe(false);
  expect(holds(change, { catalog: showing(20, "before"), ledgerBefore })).toBe(true);
});

test("the reasons of some articles do not excuse the others", () => {
  const absent = new Map(names(4).map((id) => [id, "draft"] as const));
  expect(holds({ after: names(5, 4) }, { catalog: aCatalog({ absent }) })).toBe(true); // 11 of 20 without a reason
  expect(holds({ after: names(6, 4) }, { catalog: aCatalog({ absent }) })).toBe(false); // 10 of 20
});

test("a channel whose output the gate refuses is held, and the hold gives the defects", () => {
  const defects = ["1", "2", "3", "4", "5", "6"].map((line) => `world/rss.xml: wrong at line ${line}`);
  const hold = guardChannel(aChange({ defects }), aJudgement());
  expect(hold?.reasons).toEqual(defects.slice(0, 5));
});

test("equal holds have equal hashes, and every difference changes the hash", () => {
  const hash = (says: Partial<ChannelChange>) => guardChannel(aChange({ after: names(1), ...says }), aJudgement())?.hash;
  const same = hash({});
  expect(hash({})).toBe(same);
  const others = [
    hash({ mark: "other" }),
    hash({ path: "sport" }),
    hash({ after: names(2) }),
    hash({ defects: ["broken"] }),
    hash({ after: ["a7"] }),
  ];
  expect(new Set([same, ...others]).size).toBe(6);
});

const kept = (broken: number, all: number) =>
  aCatalog({ entries: Array.from({ length: all }, (_, index) => anEntryOf(index, {}, { state: index < broken ? "kept" : "live" })) });

test.each([
  ["one of five, which is too few to tell", 1, 5, false],
  ["five of fifty", 5, 50, false],
  ["six of fifty", 6, 50, true],
  ["nineteen of a thousand", 19, 1000, false],
  ["twenty of a thousand", 20, 1000, true],
])("broken files of published articles, %s: %i of %i hold the run: %s", (_, broken, all, held) => {
  expect(guardRun(aJudgement({ catalog: kept(broken, all) })) !== undefined).toBe(held);
});

test("a hold for broken files counts them, and has another hash when the count changes", () => {
  const hold = guardRun(aJudgement({ catalog: kept(20, 100) }));
  expect(hold).toMatchObject({ name: "run", reasons: ["20 of 100 published articles can no longer be read."] });
  expect(guardRun(aJudgement({ catalog: kept(20, 100) }))?.hash).toBe(hold?.hash);
  expect(guardRun(aJudgement({ catalog: kept(21, 100) }))?.hash).not.toBe(hold?.hash);
});

test("live feeds without a ledger hold the run", () => {
  const hold = guardRun(aJudgement({ losses: [] }));
  expect(hold).toMatchObject({ name: wholeRun, reasons: [expect.stringContaining("no ledger")] });
  const more = guardRun(aJudgement({ losses: ["note.md has no date"] }));
  expect([more?.reasons[1], more?.hash === hold?.hash]).toEqual(["note.md has no date", false]);
  expect(guardRun(aJudgement({ ledgerBefore: aLedger() }))).toBeUndefined();
});

test("a channel is held if most entries change without a new date", () => {
  const seen = (count: number, hash: string, at = "2026-11-20T06:00:00.000Z") =>
    Object.fromEntries(names(count).map((id) => [id, `${at} ${hash}`]));
  const hold = guardChannel(aChange({ shown: seen(10, "old"), shows: seen(10, "new") }), aJudgement());
  expect(hold?.reasons).toEqual(["10 of the 10 entries that readers have would change without a new date."]);
  expect(holds({ shown: seen(10, "old"), shows: seen(10, "new", "2026-11-21T06:00:00.000Z") }), "with new dates").toBe(false);
  expect(holds({ shown: seen(10, "old"), shows: { ...seen(10, "old"), ...seen(5, "new") } }), "only half of them").toBe(false);
  expect(holds({ shown: seen(4, "old"), shows: seen(4, "new") }), "fewer than atLeast").toBe(false);
  expect(holds({ shown: {}, shows: seen(10, "new") }), "of a feed that nobody has read").toBe(false);
});

test("the guard reads the catalog once for a channel, however many articles left it", () => {
  const ids = names(500);
  const [before, after] = ["s1", "s2"].map((source) => aLedger(...ids.map((id) => aLedgerEntry({ id, source }))));
  const { items: entries, times } = lookedAt(ids.map((id, number) => ({ ...anEntryOf(number), id })));
  const says = { catalog: aCatalog({ entries, ledger: after ?? aLedger() }), ledgerBefore: before ?? aLedger() };
  expect(holds({ before: ids, after: [] }, says)).toBe(false);
  expect(times()).toBe(500);
});
