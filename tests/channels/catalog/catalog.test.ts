import { expect, test } from "vitest";
import type { Metadata } from "../../../lambda/channels/catalog/ledger/record.ts";
import {
  aBrokenRecord,
  aDraft,
  anIndexPage,
  anUndatedRecord,
  aRecord,
  at,
  catalogOf,
  ledgerFromText,
  ledgerText,
  onDay,
  shownIds,
} from "../../support/a-catalog.ts";
import { aSite } from "../../support/a-site.ts";

const day = "2026-11-21T00:00:00.000Z";
const later = "2026-11-22T00:00:00.000Z";
const hour = 3_600_000;
const after = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString();
const published = { published: at("2026-11-20T06:00:00Z") };

test("newest first, then by id: equal dates have one order", () => {
  const records = ["c", "a", "b"].map((name) => aRecord({ key: `${name}.md`, content: name }));
  const newer = aRecord({ key: "z.md", content: "z", published: at("2026-11-20T07:00:00Z") });
  expect(catalogOf([...records, newer], day).entries.map(({ meta }) => meta.key)).toEqual(["z.md", "a.md", "b.md", "c.md"]);
});

test("an article dated this morning is in the catalog, one dated tomorrow only from then on", () => {
  const records = [
    aRecord({ key: "a.md", content: "a", published: at("2026-11-21T00:00:00Z") }),
    aRecord({ key: "b.md", content: "b", published: at("2026-11-21T00:00:00.001Z") }),
  ];
  const catalog = catalogOf(records, day);
  expect(shownIds(catalog)).toEqual({ "a.md": "a" });
  expect(catalog).toMatchObject({ withheldCount: 1, next: "2026-11-21T00:00:00.001Z" });
  expect(catalog.ledger.entries.size).toBe(1);
  expect(Object.keys(shownIds(catalogOf(records, later, { catalog })))).toHaveLength(2);
});

test("a day begins at midnight in the site's zone, and its time is the first sight on that day", () => {
  const record = aRecord({ published: onDay("2026-11-21", "Asia/Almaty") });
  expect(catalogOf([record], "2026-11-20T18:59:59.999Z")).toMatchObject({
    entries: [],
    withheldCount: 1,
    next: "2026-11-20T19:00:00.000Z",
  });
  const catalog = catalogOf([record], "2026-11-20T19:05:00Z");
  expect(catalog.entries[0]?.published).toBe("2026-11-20T19:05:00.000Z");
  expect(catalogOf([record], later, { catalog }).entries[0]?.published).toBe("2026-11-20T19:05:00.000Z");
});

test("an article without a date is published when a run first sees it, or with the oldest version in the bucket", () => {
  expect(catalogOf([anUndatedRecord()], day).entries[0]?.published).toBe(day);
  const known = { ...anUndatedRecord(), oldest: "2026-10-01T00:00:00.000Z" };
  expect(catalogOf([known], day).entries[0]?.published).toBe("2026-10-01T00:00:00.000Z");
  const catalog = catalogOf([anUndatedRecord()], day);
  expect(catalogOf([known], later, { catalog }).entries[0]?.published).toBe(day);
});

test("the date of publication is frozen: no later edit moves it or hides the article again", () => {
  const catalog = catalogOf([aRecord()], day);
  const moved = catalogOf([aRecord({ published: at("2027-01-01T00:00:00Z") })], later, { catalog });
  expect(moved.entries[0]?.published).toBe("2026-11-20T06:00:00.000Z");
});

test("slug and address of the first publication stay", () => {
  const site = aSite({ permalink: "/{slug}/" });
  const catalog = catalogOf([aRecord({ slug: "first" })], day, { site });
  const edited = catalogOf([aRecord({ slug: "second", content: "edited" })], later, { catalog, site });
  expect(edited.entries[0]?.url).toBe("https://wire.example/first/");
  expect(edited.ledger.entries.get(edited.entries[0]?.id ?? "")).toMatchObject({ slug: "first", content: "edited" });
});

test("the address that an article names wins over the one that the site makes", () => {
  const site = aSite({ permalink: "/{slug}/" });
  expect(catalogOf([aRecord({ url: "https://other.example/x" })], day, { site }).entries[0]?.url).toBe("https://other.example/x");
  expect(catalogOf([aRecord()], day).entries[0]).not.toHaveProperty("url");
});

test("an id that is not an address is written as urn:uuid: if only an address is allowed, and that is frozen", () => {
  const catalog = catalogOf([aRecord({ id: "Статья 7" })], day);
  expect(catalog.entries[0]).toMatchObject({ id: "Статья 7", uri: expect.stringMatching(/^urn:uuid:/) });
  expect(catalogOf([aRecord({ id: "https://wire.example/7" })], day).entries[0]?.uri).toBe("https://wire.example/7");
});

test("drafts, scheduled and embargoed articles are withheld and counted, but not remembered", () => {
  const records = [
    aDraft("a.md"),
    aRecord({ key: "b.md", content: "b", published: at("2026-12-01T00:00:00Z") }),
    aRecord({ key: "c.md", content: "c", embargo: at("2026-11-25T00:00:00Z") }),
    anIndexPage("index.md"),
  ];
  const catalog = catalogOf(records, day);
  expect(catalog).toMatchObject({
    entries: [],
    withheldCount: 3,
    next: "2026-11-25T00:00:00.000Z",
    absent: new Map(),
    ledger: { entries: new Map() },
  });
});

test("after its embargo an article has the date in its file", () => {
  const record = aRecord({ embargo: at("2026-11-25T00:00:00Z") });
  expect(catalogOf([record], "2026-11-25T00:00:00Z").entries[0]?.published).toBe("2026-11-20T06:00:00.000Z");
});

test.each([
  ["a draft", "draft", () => aDraft("story.md")],
  ["embargoed", "embargoed", () => aRecord({ embargo: at("2026-12-01T00:00:00Z") })],
  ["expired", "expired", () => aRecord({ expires: at("2026-11-21T12:00:00Z") })],
])("a published article that is now %s is out for that reason, and comes back as the same article", (_, reason, record) => {
  const catalog = catalogOf([aRecord()], day);
  const [id] = catalog.ledger.entries.keys();
  const out = catalogOf([record()], later, { catalog });
  expect(out).toMatchObject({ entries: [], withheldCount: 1, absent: new Map([[id, reason]]) });
  const back = catalogOf([aRecord()], after(later, hour), { catalog: out });
  expect(back.entries).toEqual(catalog.entries);
  expect(back.ledger).toEqual(catalog.ledger);
});

test("an article that was canceled or expired before anybody saw it was never published", () => {
  const records = [aRecord({ canceled: {} }), aRecord({ key: "b.md", content: "b", expires: at("2026-11-20T12:00:00Z") })];
  expect(catalogOf(records, day)).toMatchObject({ entries: [], absent: new Map(), withheldCount: 2, ledger: { entries: new Map() } });
});

test("an article expires exactly at the moment in its file", () => {
  const record = aRecord({ expires: at("2026-11-21T12:00:00Z") });
  const catalog = catalogOf([record], day);
  expect(catalog).toMatchObject({ entries: [{ state: "live" }], next: "2026-11-21T12:00:00.000Z" });
  expect(catalogOf([record], "2026-11-21T11:59:59.999Z", { catalog }).entries).toHaveLength(1);
  expect(catalogOf([record], "2026-11-21T12:00:00Z", { catalog }).entries).toHaveLength(0);
});

test("the ledger remembers since when an article is canceled", () => {
  const catalog = catalogOf([aRecord()], day);
  const first = catalogOf([aRecord({ canceled: {} })], later, { catalog });
  const second = catalogOf([aRecord({ canceled: {} })], after(later, hour), { catalog: first });
  expect([...second.ledger.entries.values()][0]?.canceled).toBe(later);
});

test("a published article with a broken file stays as it was, and both facts are reported", () => {
  const catalog = catalogOf([aRecord({ title: "As it was" })], day);
  const broken = catalogOf([aBrokenRecord("story.md")], later, { catalog });
  expect(broken.entries).toMatchObject([{ state: "kept", meta: { title: "As it was" } }]);
  expect(broken.findings.map(({ kind, code }) => [kind, code])).toEqual([
    ["notice", "kept"],
    ["problem", "date-invalid"],
  ]);
  expect(broken.findings[0]?.message).toContain("stays as of 2026-11-20T06:00:00.000Z");
  expect(broken.ledger).toEqual(catalog.ledger);
  expect(catalogOf([aRecord({ title: "Mended" })], after(later, hour), { catalog: broken }).entries).toMatchObject([
    { state: "live", meta: { title: "Mended" } },
  ]);
});

test("a kept article still expires", () => {
  const catalog = catalogOf([aRecord({ expires: at("2026-11-21T12:00:00Z") })], day);
  expect(catalogOf([aBrokenRecord("story.md")], "2026-11-21T10:00:00Z", { catalog })).toMatchObject({
    entries: [{ state: "kept" }],
    next: "2026-11-21T12:00:00.000Z",
  });
  const out = catalogOf([aBrokenRecord("story.md")], later, { catalog });
  expect(out.entries).toEqual([]);
  expect([...out.absent.values()]).toEqual(["expired"]);
  expect(out.findings.map(({ code }) => code)).toEqual(["date-invalid"]);
});

test("a new article with a broken file stays out, with its problem", () => {
  const catalog = catalogOf([aBrokenRecord("story.md")], day);
  expect(catalog).toMatchObject({ entries: [], withheldCount: 0, findings: [{ kind: "problem" }], ledger: { entries: new Map() } });
});

test("a withdrawn article stays out if its file breaks or disappears afterwards", () => {
  const catalog = catalogOf([aRecord()], day);
  const known = new Map<string, Metadata>(catalog.entries.map((entry) => [entry.id, entry.meta]));
  const draft = catalogOf([aDraft("story.md")], later, { catalog });
  // Even if something still remembers what it said.
  const remembering = { ...draft, entries: [...known].map(([id, meta]) => ({ ...catalog.entries[0]!, id, meta })) };
  for (const records of [[aBrokenRecord("story.md")], []]) {
    const next = catalogOf(records, after(later, 60_000), { catalog: remembering });
    expect(next.entries).toEqual([]);
    expect([...next.absent.values()]).toEqual(["draft"]);
    expect(next.findings.some(({ code }) => code === "kept")).toBe(false);
  }
});

test("an article that loses a conflict about an id after its publication stays as it was", () => {
  const records = [aRecord({ key: "a.md", content: "a", id: "x" }), aRecord({ key: "b.md", content: "b", title: "As it was" })];
  const catalog = catalogOf(records, day);
  const quarrel = [records[0]!, aRecord({ key: "b.md", content: "c", title: "Edited", id: "x" })];
  const next = catalogOf(quarrel, later, { catalog });
  expect(shownIds(next)).toEqual({ "a.md": "x", "b.md": "b" });
  expect(next.entries.find(({ id }) => id.endsWith(":b"))).toMatchObject({ state: "kept", meta: { title: "As it was" } });
  expect(next.findings.map(({ key, code }) => [key, code])).toEqual([
    ["b.md", "id-used-twice"],
    ["b.md", "kept"],
  ]);
});

test("a new article that loses a conflict about an id has that problem and no other finding", () => {
  const notice = { kind: "notice", code: "title-mended", key: "b.md", message: "Mended." } as const;
  const loser = { ...aRecord({ key: "b.md", content: "b", id: "x" }), findings: [notice] };
  const catalog = catalogOf([aRecord({ key: "a.md", content: "a", id: "x" }), loser], day);
  expect(shownIds(catalog)).toEqual({ "a.md": "x" });
  expect(catalog.findings.map(({ code }) => code)).toEqual(["id-used-twice"]);
});

test("an article without its file stays for the grace, and then leaves", () => {
  const site = aSite({ guard: { ...aSite().guard, grace: hour } });
  const catalog = catalogOf([aRecord()], day, { site });
  const missing = catalogOf([], later, { catalog, site });
  expect(missing).toMatchObject({ entries: [{ state: "missing" }], next: after(later, hour), absent: new Map() });
  const still = catalogOf([], after(later, hour - 1), { catalog: missing, site });
  expect(still).toMatchObject({ entries: [{ state: "missing" }], next: after(later, hour) });
  const gone = catalogOf([], after(later, hour), { catalog: still, site });
  expect(gone.entries).toEqual([]);
  expect(gone.absent.size).toBe(0);
  expect([...gone.ledger.entries.values()][0]).toMatchObject({ missing: later, canceled: after(later, hour) });
  expect(catalogOf([], after(later, 9 * hour), { catalog: gone, site }).ledger).toEqual(gone.ledger);
});

test("a file that comes back starts a new grace if it disappears again", () => {
  const catalog = catalogOf([aRecord()], day);
  const missing = catalogOf([], later, { catalog });
  for (const record of [aRecord(), aDraft("story.md"), aBrokenRecord("story.md"), aRecord({ canceled: {} })]) {
    const back = catalogOf([record], after(later, hour / 2), { catalog: missing });
    expect([...back.ledger.entries.values()][0]).not.toHaveProperty("missing");
  }
});

test("a missing article still expires", () => {
  const catalog = catalogOf([aRecord({ expires: at("2026-11-21T00:30:00Z") })], day);
  const missing = catalogOf([], "2026-11-21T00:10:00Z", { catalog });
  expect(missing.entries).toMatchObject([{ state: "missing" }]);
  expect([...catalogOf([], "2026-11-21T00:30:00Z", { catalog: missing }).absent.values()]).toEqual(["expired"]);
});

test("an article with a new id gives up the old one at once: nobody sees it twice", () => {
  const catalog = catalogOf([aRecord()], day);
  const next = catalogOf([aRecord({ id: "mine" })], later, { catalog });
  expect(shownIds(next)).toEqual({ "story.md": "mine" });
  expect(next.absent.size).toBe(0); // no reason: the guard counts it as lost
  const third = catalogOf([aRecord({ id: "mine" })], after(later, hour), { catalog: next });
  expect(shownIds(third)).toEqual({ "story.md": "mine" });
  expect(third.ledger).toEqual(next.ledger);
});

test("an article that moves while it is withheld stays the same article", () => {
  const embargo = at("2026-12-01T00:00:00Z");
  const catalog = catalogOf([aRecord({ key: "a.md" })], day);
  const waiting = catalogOf([aRecord({ key: "a.md", content: "edited", embargo })], later, { catalog });
  const moved = catalogOf([aRecord({ key: "b.md", content: "edited", embargo })], after(later, hour), { catalog: waiting });
  const back = catalogOf([aRecord({ key: "b.md", content: "edited again" })], after(later, 2 * hour), { catalog: moved });
  expect(shownIds(back)).toEqual({ "b.md": "a" });
  expect([...back.ledger.entries.values()]).toMatchObject([{ keys: ["a.md", "b.md"] }]);
});

test("the next moment is the earliest one in the future", () => {
  const records = [
    aRecord({ key: "a.md", content: "a", published: at("2026-12-05T00:00:00Z") }),
    aRecord({ key: "b.md", content: "b", embargo: at("2026-12-03T00:00:00Z") }),
    aRecord({ key: "c.md", content: "c", expires: at("2026-12-04T00:00:00Z") }),
  ];
  expect(catalogOf(records, day).next).toBe("2026-12-03T00:00:00.000Z");
  expect(catalogOf(records.slice(0, 1), day).next).toBe("2026-12-05T00:00:00.000Z");
  expect(catalogOf(records.slice(2), day).next).toBe("2026-12-04T00:00:00.000Z");
  expect(catalogOf([aRecord({ updated: at("2026-12-02T00:00:00Z") })], day).next).toBe("2026-12-02T00:00:00.000Z");
  expect(catalogOf([aRecord()], day)).not.toHaveProperty("next");
});

test("without changes, the ledger is the same value and the same text", () => {
  const records = [
    aRecord({ key: "a.md", content: "a", id: "x" }),
    aRecord({ key: "b.md", content: "b", updated: at("2027-01-01T00:00:00Z") }),
    anUndatedRecord({ key: "c.md", content: "c" }),
    aRecord({ key: "d.md", content: "d" }),
    aRecord({ key: "e.md", content: "e" }),
    aRecord({ key: "f.md", content: "f" }),
    aRecord({ key: "g.md", content: "g", ...published, expires: at("2026-11-21T12:00:00Z") }),
  ];
  const first = catalogOf(records, day);
  const sources = [...records.slice(0, 3), aDraft("d.md"), aRecord({ key: "e.md", content: "e", canceled: {} }), records[6]!];
  const second = catalogOf(sources, later, { catalog: first });
  const stored = ledgerFromText(ledgerText(second.ledger));
  const third = catalogOf(sources, after(later, 60_000), { catalog: { ...second, ledger: stored } });
  expect(third.ledger).toEqual(second.ledger);
  expect(ledgerText(third.ledger)).toBe(ledgerText(second.ledger));
});

test("the order in which sources are listed does not matter", () => {
  const records = [
    aRecord({ key: "a.html", content: "1" }),
    aRecord({ key: "a.md", content: "2" }),
    aRecord({ key: "b.md", content: "3", id: "x" }),
    aRecord({ key: "c.md", content: "4", id: "x" }),
    aBrokenRecord("d.md"),
  ];
  const catalog = catalogOf(records, day);
  expect(catalogOf(records.toReversed(), day)).toEqual(catalog);
  expect(ledgerText(catalogOf(records.toReversed(), day).ledger)).toBe(ledgerText(catalog.ledger));
});
