import { describe, expect, test } from "vitest";
import type { Catalog } from "../../../lambda/channels/catalog/catalog.ts";
import { carryOver, tombstonesOf } from "../../../lambda/channels/select/carry-over.ts";
import { selectionOf } from "../../../lambda/channels/select/documents.ts";
import { windowAndArchive } from "../../../lambda/channels/select/window.ts";
import { aBrokenRecord, aChannel, aDraft, anEntryOf, aRecord, at, catalogOf } from "../../support/a-catalog.ts";

const first = "2026-11-20T12:00:00.000Z";
const second = "2026-11-21T12:00:00.000Z";
const third = "2026-11-22T12:00:00.000Z";
/** Thirty days after the second: feeds no longer announce it. */
const over = "2026-12-21T12:00:00.000Z";
const justBefore = "2026-12-21T11:59:59.999Z";

const published = () => catalogOf([aRecord()], first);
const canceled = (says = {}) => aRecord({ canceled: { reason: "Wrong." }, content: "withdrawn", ...says });
const only = ({ entries }: Catalog) => entries[0];

describe("an article that its file withdraws", () => {
  const catalog = catalogOf([canceled()], second, { catalog: published() });

  test("is a notice under its id, with its date of publication and updated by the withdrawal", () => {
    const before = only(published());
    expect(catalog.entries).toMatchObject([{ state: "canceled", id: before?.id, published: before?.published, updated: second }]);
    expect(catalog).toMatchObject({ withheldCount: 0, dropped: [], next: over });
  });

  test("is updated by the withdrawal, whatever date its file gives", () => {
    const record = canceled({ updated: at("2026-11-20T07:00:00Z") });
    expect(only(catalogOf([record], second, { catalog: published() }))?.updated).toBe(second);
  });

  test("stays the same notice, and is out for that reason once feeds no longer announce it", () => {
    const later = catalogOf([canceled()], justBefore, { catalog });
    expect(later.entries).toEqual(catalog.entries);
    const gone = catalogOf([canceled()], over, { catalog: later });
    expect(gone).toMatchObject({ entries: [], dropped: [], withheldCount: 1, absent: new Map([[only(catalog)?.id, "canceled"]]) });
  });

  test("shows another reason as news", () => {
    const other = canceled({ canceled: { reason: "Quite wrong." }, content: "withdrawn otherwise" });
    expect(only(catalogOf([other], third, { catalog }))).toMatchObject({ updated: third, amended: second });
  });

  test.each([
    ["breaks", [aBrokenRecord("story.md")]],
    ["leaves", []],
  ])("stays a notice if its file %s afterwards", (_, records) => {
    expect(catalogOf(records, third, { catalog }).entries).toMatchObject([{ state: "canceled", updated: second }]);
    expect(catalogOf(records, over, { catalog })).toMatchObject({ entries: [], dropped: [] });
  });

  test("is newer than its tombstone when it is published again without the withdrawal", () => {
    const again = catalogOf([aRecord()], third, { catalog });
    expect(again.entries).toMatchObject([{ state: "live", published: only(published())?.published, updated: third }]);
    expect(only(again)).not.toHaveProperty("amended");
    expect([...again.ledger.entries.values()][0]).not.toHaveProperty("canceled");
    expect(only(catalogOf([aRecord()], over, { catalog: again }))?.updated).toBe(third);
  });

  test("is not a notice while it is a draft", () => {
    expect(catalogOf([aDraft("story.md")], third, { catalog })).toMatchObject({ entries: [], dropped: [] });
  });
});

describe("an article that disappears", () => {
  const missing = catalogOf([], second, { catalog: published() });
  const gone = catalogOf([], third, { catalog: missing });

  test("is announced as gone from the end of its grace, as long as a withdrawal", () => {
    expect(missing).toMatchObject({ entries: [{ state: "missing" }], dropped: [] });
    expect(gone).toMatchObject({ entries: [], dropped: [{ state: "dropped", amended: "2026-11-21T13:00:00.000Z" }] });
    expect(catalogOf([], "2026-12-21T13:00:00Z", { catalog: gone }).dropped).toEqual([]);
  });

  test("is newer than its tombstone when it comes back", () => {
    const back = "2026-11-23T12:00:00.000Z";
    expect(catalogOf([aRecord()], back, { catalog: gone })).toMatchObject({ entries: [{ state: "live", updated: back }], dropped: [] });
  });

  test("under another id is announced as gone at once", () => {
    const renamed = catalogOf([aRecord({ id: "another" })], second, { catalog: published() });
    expect(renamed.dropped).toMatchObject([{ id: only(published())?.id, amended: second }]);
  });
});

describe("a correction", () => {
  const note = (text: string) => aRecord({ correction: text, content: `text with ${text}` });

  test("is announced from the run that first saw it, and a new one again", () => {
    const corrected = catalogOf([note("It was Tuesday.")], second, { catalog: published() });
    expect(only(corrected)).toMatchObject({ state: "live", amended: second, updated: second });
    expect(corrected.next).toBe(over);
    expect(only(catalogOf([note("It was Tuesday.")], third, { catalog: corrected }))?.amended).toBe(second);
    expect(only(catalogOf([note("It was Monday.")], third, { catalog: corrected }))?.amended).toBe(third);
    expect(only(catalogOf([note("It was Tuesday.")], over, { catalog: corrected }))).not.toHaveProperty("amended");
  });

  test("of a new article is as old as the article", () => {
    expect(only(catalogOf([note("It was Tuesday.")], first))?.amended).toBe("2026-11-20T06:00:00.000Z");
    expect(only(catalogOf([note("It was Tuesday.")], over))).not.toHaveProperty("amended");
  });
});

describe("a channel's window", () => {
  const amended = (number: number, minute: number) => {
    const when = new Date(Date.UTC(2026, 10, 20, 0, minute)).toISOString();
    return anEntryOf(number, {}, { amended: when, updated: when });
  };
  const numbers = (entries: readonly { readonly entry: { readonly meta: { readonly key: string } } }[]) =>
    entries.map(({ entry }) => entry.meta.key);

  test("carries corrections and withdrawals outside the window, in the order of a feed", () => {
    const channel = aChannel([anEntryOf(9), anEntryOf(8), amended(2, 1), anEntryOf(5), amended(4, 0)], { limit: 2 });
    expect(numbers(carryOver(channel, windowAndArchive(channel).window))).toEqual(["n4.md", "n2.md"]);
    expect(numbers(selectionOf(channel, {}).documents[0].shown)).toEqual(["n9.md", "n8.md", "n4.md", "n2.md"]);
  });

  test("carries nothing twice, and only the latest 25", () => {
    const many = Array.from({ length: 40 }, (_, index) => amended(index + 1, index % 2 === 0 ? index : 100 + index));
    const channel = aChannel(many, { limit: 3 });
    const { window } = windowAndArchive(channel);
    const carried = carryOver(channel, window);
    expect(carried).toHaveLength(25);
    expect(new Set(numbers([...window, ...carried])).size).toBe(28);
    expect(carried.every(({ entry }) => (entry.amended ?? "") >= "2026-11-20T00:24")).toBe(true);
  });

  test("names its tombstones, latest first: notices by their update, the others by their end", () => {
    const dead = (number: number, state: "canceled" | "dropped", when: string) =>
      anEntryOf(number, {}, { state, amended: when, updated: when });
    const channel = aChannel([anEntryOf(3), dead(2, "canceled", second)], { dropped: [dead(1, "dropped", third)] });
    expect(tombstonesOf(channel).map(({ uri, when }) => [uri.slice(-1), when])).toEqual([
      ["1", third],
      ["2", second],
    ]);
    expect(selectionOf(channel, {}).documents[0]).toMatchObject({ updated: third, tombstones: [{ when: third }, { when: second }] });
  });
});
