import { describe, expect, test } from "vitest";
import type { CatalogEntry } from "../../../lambda/channels/catalog/catalog-entry.ts";
import { selectionOf } from "../../../lambda/channels/select/documents.ts";
import { membersHash } from "../../../lambda/channels/select/previous-feed.ts";
import { monthlyParts, newest, shownIn, windowAndArchive } from "../../../lambda/channels/select/window.ts";
import { aChannel, anEntryOf, inOrder } from "../../support/a-catalog.ts";

/** This many articles, a minute apart. */
const some = (count: number, size = 500) => Array.from({ length: count }, (_, index) => anEntryOf(index + 1, { size }));
/** One article on a day, such as "2026-09-30". */
const ofDay = (day: string, size = 500): CatalogEntry => {
  const published = `${day}T10:00:00.000Z`;
  return anEntryOf(Date.parse(published) / 86_400_000, { size, key: `${day}.md` }, { published, updated: published });
};
const keys = (shown: readonly { readonly entry: CatalogEntry }[]) => shown.map(({ entry }) => entry.meta.key);

describe("the window", () => {
  test("holds the newest entries up to its limit", () => {
    const { window, archive } = windowAndArchive(aChannel(some(10), { limit: 3 }));
    expect(keys(window)).toEqual(["n10.md", "n9.md", "n8.md"]);
    expect(archive).toEqual([]);
  });

  test("ends before the entry that would exceed its bytes: each body plus a thousand", () => {
    const bytes = (limit: number) => windowAndArchive(aChannel(some(10, 1_000), { bytes: limit })).window.length;
    expect([bytes(6_000), bytes(7_999), bytes(8_000)]).toEqual([3, 3, 4]);
  });

  test("counts the facts of an entry beyond twice the usual thousand", () => {
    const window = (says: object) =>
      windowAndArchive(aChannel([...some(9), anEntryOf(10, { size: 500, ...says })], { bytes: 20_000 })).window.length;
    const many = (length: number) => Array.from({ length }, (_, index) => `w${index}`);
    expect(window({ tags: many(10), title: "x".repeat(500) })).toBe(10);
    expect(window({ tags: many(300) })).toBeLessThan(6);
    expect(window({ title: "x".repeat(15_000) })).toBeLessThan(6);
    expect(window({ authors: many(300).map((name) => ({ name })) })).toBeLessThan(6);
    expect(window({ attachments: many(300).map((url) => ({ url, type: "audio/mpeg" })) })).toBeLessThan(6);
  });

  test("holds at least one entry, however long it is", () => {
    const [entry] = some(1, 5_000_000);
    expect(
      newest({ limit: 1, bytes: 10 }, [
        { entry: entry!, full: true },
        { entry: entry!, full: true },
      ]),
    ).toHaveLength(1);
  });

  test("is empty in a channel without articles", () => {
    expect(windowAndArchive(aChannel([], { archive: "monthly" }))).toEqual({ window: [], archive: [] });
  });

  test("shows a body up to a quarter of its bytes, otherwise the summary, which then counts", () => {
    const channel = { content: "full", bytes: 10_000 } as const;
    expect(shownIn(channel, anEntryOf(1, { size: 2_500 })).full).toBe(true);
    expect(shownIn(channel, anEntryOf(1, { size: 2_501 })).full).toBe(false);
    expect(shownIn({ ...channel, content: "summary" }, anEntryOf(1, { size: 1 })).full).toBe(false);
    const long = Array.from({ length: 9 }, (_, index) => anEntryOf(index, { size: 2_501, summary: "я".repeat(500) }));
    expect(windowAndArchive(aChannel(long, { bytes: 10_000 })).window).toHaveLength(5);
  });
});

describe("monthly parts", () => {
  const parts = (entries: readonly CatalogEntry[]) =>
    monthlyParts(inOrder(entries).map((entry) => ({ entry, full: true }))).map(({ name, shown }) => [name, keys(shown)]);

  test("are calendar months, the oldest first, each newest first", () => {
    expect(parts([ofDay("2026-09-01"), ofDay("2026-09-30"), ofDay("2026-11-01")])).toEqual([
      ["2026-09", ["2026-09-30.md", "2026-09-01.md"]],
      ["2026-11", ["2026-11-01.md"]],
    ]);
  });

  test("are split after a hundred entries", () => {
    expect(parts(some(250)).map(([name, list]) => [name, list?.length])).toEqual([
      ["2026-10", 100],
      ["2026-10-2", 100],
      ["2026-10-3", 50],
    ]);
  });

  test("are split at a megabyte, counted as in a window", () => {
    expect(parts(some(5, 249_000)).map(([name, list]) => [name, list?.length])).toEqual([
      ["2026-10", 4],
      ["2026-10-2", 1],
    ]);
    expect(parts(some(5, 249_001)).map(([, list]) => list?.length)).toEqual([3, 2]);
  });
});

describe("with an archive", () => {
  const days = ["2026-08-01", "2026-08-02", "2026-09-01", "2026-09-02", "2026-10-01", "2026-10-02", "2026-10-03"];
  const monthly = (entries: readonly CatalogEntry[], limit = 2) => aChannel(entries, { limit, archive: "monthly" });

  test("the window holds the rest of the part that it reaches into", () => {
    const { window, archive } = windowAndArchive(monthly(days.map((day) => ofDay(day))));
    expect(keys(window)).toEqual(["2026-10-03.md", "2026-10-02.md", "2026-10-01.md"]);
    expect(archive.map(({ name }) => name)).toEqual(["2026-08", "2026-09"]);
  });

  test("a part is published once the window no longer reaches it", () => {
    const { window, archive } = windowAndArchive(
      monthly(
        days.map((day) => ofDay(day)),
        4,
      ),
    );
    expect(window).toHaveLength(5);
    expect(archive.map(({ name }) => name)).toEqual(["2026-08"]);
  });

  test("`previous` leads from the window through every entry once, and `next` leads back", () => {
    const entries = [...days.map((day) => ofDay(day)), ...some(230).map((entry) => ({ ...entry, id: `x${entry.id}` }))];
    const { documents } = selectionOf(monthly(entries, 20), {});
    const byPath = new Map(documents.map((document) => [document.path, document]));
    const met: string[] = [];
    const walked: string[] = [];
    for (let path: string | undefined = "all"; path !== undefined; path = byPath.get(path)?.previous) {
      walked.push(path);
      met.push(...(byPath.get(path)?.shown ?? []).map(({ entry }) => entry.id));
    }
    expect(met).toEqual(inOrder(entries).map(({ id }) => id));
    expect(walked).toEqual(documents.map(({ path }) => path));
    for (const [index, path] of walked.entries()) {
      const newer = walked[index - 1];
      expect(byPath.get(path)?.next).toBe(newer === "all" ? undefined : newer);
    }
  });

  test("documents are the window, then the newest part, each under its own path", () => {
    expect(selectionOf(monthly(days.map((day) => ofDay(day))), {}).documents.map(({ kind, path }) => [kind, path])).toEqual([
      ["window", "all"],
      ["archive", "all/archive/2026-09"],
      ["archive", "all/archive/2026-08"],
    ]);
  });

  test("a new article changes nothing in a finished part except its link to a newer part", () => {
    const before = selectionOf(monthly(days.map((day) => ofDay(day))), {});
    const [, september, august] = before.documents;
    const within = selectionOf(monthly([...days, "2026-10-04"].map((day) => ofDay(day))), {});
    expect(within.documents.slice(1)).toEqual([september, august]);
    const beyond = selectionOf(monthly([...days, "2026-11-01", "2026-11-02"].map((day) => ofDay(day))), {});
    expect(beyond.documents.map(({ path }) => path)).toEqual(["all", "all/archive/2026-10", "all/archive/2026-09", "all/archive/2026-08"]);
    expect(beyond.documents.slice(2)).toEqual([{ ...september, next: "all/archive/2026-10" }, august]);
  });

  test("a late article changes only its own month", () => {
    const before = selectionOf(monthly(days.map((day) => ofDay(day))), {});
    const late = selectionOf(monthly([...days, "2026-08-15"].map((day) => ofDay(day))), {});
    expect(late.documents.slice(0, 2)).toEqual(before.documents.slice(0, 2));
    expect(late.documents[2]?.shown).toHaveLength(3);
  });
});

describe("the updated of an archive part", () => {
  const [august, september] = ["all/archive/2026-08", "all/archive/2026-09"];
  const after = "2026-11-20T12:00:00.000Z";
  const members = ["2026-08-01", "2026-08-02", "2026-09-01", "2026-10-01", "2026-10-02"].map((day) => ofDay(day));
  const monthly = (entries: readonly CatalogEntry[]) => aChannel(entries, { limit: 2, archive: "monthly" });
  const promised = new Map(
    selectionOf(monthly(members), {}).documents.map(({ path, updated, shown }) => [
      path,
      { updated, members: membersHash(shown.map(({ entry }) => entry.id)) },
    ]),
  );
  const updatedWithout = (days: readonly string[], before: Partial<Parameters<typeof selectionOf>[1]> = {}) => {
    const left = members.filter(({ meta }) => !days.includes(meta.key.slice(0, 10)));
    const lost = { dropped: after, months: new Set(days.map((day) => day.slice(0, 7))) };
    const { documents } = selectionOf(monthly(left), { parts: promised, ...lost, ...before });
    return new Map(documents.map(({ path, updated }) => [path, updated]));
  };

  test("is the date of its loss after its last article has left", () => {
    expect(updatedWithout(["2026-08-01", "2026-08-02"]).get(august)).toBe(after);
  });
  test("moves when its newest article leaves, and other months stay", () => {
    const updated = updatedWithout(["2026-08-02"]);
    expect([updated.get(august), updated.get(september)]).toEqual([after, "2026-09-01T10:00:00.000Z"]);
  });
  test("stays if an interrupted run already promised the loss", () => {
    const left = monthlyParts(inOrder([ofDay("2026-08-01")]).map((entry) => ({ entry, full: true })))[0]?.shown ?? [];
    const cut = new Map([
      ...promised,
      [august, { updated: "2026-11-19T12:00:00.000Z", members: membersHash(left.map(({ entry }) => entry.id)) }],
    ]);
    expect(updatedWithout(["2026-08-02"], { parts: cut }).get(august)).toBe("2026-11-19T12:00:00.000Z");
  });
  test("never goes back if its articles are in the window again", () => {
    const updated = updatedWithout(["2026-10-01", "2026-10-02"]);
    expect(updated.get(september)).toBe("2026-09-01T10:00:00.000Z");
  });
});

describe("a feed's updated", () => {
  const moment = "2026-12-01T00:00:00.000Z";
  const entries = [anEntryOf(1, {}, { updated: moment }), anEntryOf(2)];
  const updated = (before: Parameters<typeof selectionOf>[1], members = entries) =>
    selectionOf(aChannel(members), before).documents[0].updated;

  test("is the latest of its entries", () => expect(updated({})).toBe(moment));
  test("never goes back", () => {
    expect(updated({ updated: "2026-12-05T00:00:00.000Z" })).toBe("2026-12-05T00:00:00.000Z");
    expect(updated({ updated: "2026-11-05T00:00:00.000Z" })).toBe(moment);
  });
  test("moves when an entry is dropped", () => {
    expect(updated({ updated: moment, dropped: "2026-12-05T00:00:00.000Z" })).toBe("2026-12-05T00:00:00.000Z");
  });
  test("is always the same without any entry", () => expect(updated({}, [])).toBe("2000-01-01T00:00:00.000Z"));
  test("is as old as its entries", () => {
    expect(updated({}, [anEntryOf(1, {}, { updated: "1995-05-01T00:00:00.000Z" })])).toBe("1995-05-01T00:00:00.000Z");
  });
});

test("only a channel of full texts reports a body that is too long for the feed", () => {
  const long = [anEntryOf(1, { size: 300_001 }), anEntryOf(2)];
  expect(selectionOf(aChannel(long), {}).notices).toMatchObject([{ kind: "notice", code: "body-too-long", key: "n1.md" }]);
  expect(selectionOf(aChannel(long), {}).notices[0]?.message).toContain("301 KB");
  expect(selectionOf(aChannel(long, { content: "summary" }), {}).notices).toEqual([]);
});
