import { describe, expect, test } from "vitest";
import type { Write } from "../../lambda/plan/changes/diff.ts";
import { gatheredPaths, pathsOf } from "../../lambda/plan/invalidation-paths.ts";
import { type Announcement, emptyManifest, type Manifest } from "../../lambda/plan/manifest/manifest.ts";
import { type Audience, withOutbox } from "../../lambda/plan/outbox.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { aRendering, aWanted } from "../support/a-plan.ts";

const now = "2026-11-21T00:00:00.000Z";
const due = "2026-11-21T00:02:30.000Z";
const hub = "https://hub.example/";
const written = (key: string, why: Write["why"] = "changed", says: Partial<Write> = {}): Write => ({
  ...aRendering(aWanted(key, says)),
  why,
  encodings: ["gzip"],
  variantsOver: {},
});
/** What a plan says, the manifest before it, and who is told. */
type Says = Partial<Parameters<typeof withOutbox>[0] & Audience> & { readonly before?: Manifest; readonly pending?: Manifest["outbox"] };
const outbox = ({ before = emptyManifest, pending = [], ...says }: Says = {}) => {
  const plan = { now, writes: [], unrecorded: [], removes: [], manifest: before };
  const audience = { encodings: ["gzip"] as const, feedUrl: "https://feeds.wire.example/", readable: new Set<string>() };
  return withOutbox({ ...plan, ...says }, { ...before, outbox: pending }, { ...audience, ...says }).manifest.outbox;
};
const ping = (key: string, says: Partial<Extract<Announcement, { kind: "ping" }>> = {}): Announcement => ({
  kind: "ping",
  hub,
  topic: `https://feeds.wire.example/${key}`,
  since: now,
  due,
  ...says,
});

describe("pings", () => {
  test("are one for each changed feed, due after two and a half edge lifetimes, and none for pages and archives", () => {
    const writes = ["world/rss.xml", "world/index.html", "world/archive/2026-01/rss.xml"].map((key) => written(key));
    expect(outbox({ writes, hub })).toEqual([ping("world/rss.xml")]);
    expect(outbox({ writes })).toEqual([]);
  });

  test.each([
    ["still waits for its moment", "2026-11-21T00:01:00.000Z"],
    ["is due by now", now],
    ["the hub did not take", "2026-11-20T23:00:00.000Z"],
  ])("of a feed that changes again keep at most one earlier ping, which %s", (_, due) => {
    const writes = [written("world/rss.xml")];
    const both = [ping("world/rss.xml", { due }), ping("world/rss.xml")];
    expect(outbox({ writes, hub, pending: [ping("world/rss.xml", { due })] })).toEqual(both);
    expect(outbox({ writes, hub, pending: both })).toEqual(both);
  });

  test("to a hub that site.yaml no longer names are dropped", () => {
    expect(outbox({ pending: [ping("a/rss.xml")], hub: "https://other.example/" })).toEqual([]);
  });
});

describe("invalidations", () => {
  const before: Manifest = {
    ...emptyManifest,
    members: { world: ["a1", "a2"], sport: ["a2"] },
    shown: { world: { a1: "1 x", a2: "1 x" }, sport: { a2: "1 x" } },
  };
  /** World shows a notice in the place of the article. */
  const noticed: Manifest = { ...before, shown: { ...before.shown, world: { a1: "2 notice", a2: "1 x" } } };
  const writes = ["world/rss.xml", "sport/rss.xml", "index.html"].map((key) => written(key));
  const both = new Set(["a1", "a2"]);
  const without = new Set(["a2"]);
  const pathsFor = (says: Says) =>
    outbox({ writes, distribution: "E1", before, manifest: noticed, readable: both, ...says }).flatMap((one) =>
      one.kind === "invalidation" ? one.paths : [],
    );

  test("name the files that showed a withdrawn article, and the site's pages", () => {
    expect(pathsFor({ readable: without })).toEqual(["/", "/index.html", "/index.html.gz", "/world/rss.xml", "/world/rss.xml.gz"]);
  });

  test("name the files that showed an embargoed, expired or missing article", () => {
    const manifest = { ...before, members: { ...before.members, world: ["a2"] }, shown: { ...before.shown, world: { a2: "1 x" } } };
    expect(pathsFor({ readable: without, manifest })).toContain("/world/rss.xml");
  });

  test("leave out news and notices already published, and need a distribution", () => {
    expect(pathsFor({})).toEqual([]);
    expect(pathsFor({ readable: without, manifest: before })).toEqual([]);
    expect(outbox({ writes, before, manifest: noticed, readable: without })).toEqual([]);
  });

  test("name changed archive parts, and not new ones", () => {
    const parts = [written("world/archive/2026-01/rss.xml"), written("world/archive/2026-02/rss.xml", "new")];
    expect(pathsFor({ writes: parts })).toEqual(["/world/archive/2026-01/rss.xml", "/world/archive/2026-01/rss.xml.gz"]);
  });

  test("name removed pages, also those that an interrupted run removed", () => {
    const file = { hash: "h", version: "v", fingerprint: "f", size: 1, entries: 1, channel: "" };
    const had = { ...before, files: { "story/index.html": file, "index.html": file } };
    const manifest = { ...before, files: { "index.html": file } };
    expect(pathsFor({ writes: [], before: had, manifest })).toEqual(["/story/", "/story/index.html", "/story/index.html.gz"]);
    expect(pathsFor({ writes: [], removes: [{ key: "story/index.html" }] })).toContain("/story/");
  });

  test("leave out a removed variant whose file stays", () => {
    const file = { hash: "h", version: "v", fingerprint: "f", size: 1, entries: 1, channel: "" };
    const had = { ...before, files: { "index.html": file } };
    expect(pathsFor({ writes: [], before: had, manifest: had, removes: [{ key: "index.html.br" }] })).toEqual([]);
  });

  test("name rolled-back files, and those that an interrupted run wrote", () => {
    expect(pathsFor({ writes: [written("sport/rss.xml", "changed", { recalls: true })] })).toEqual(["/sport/rss.xml", "/sport/rss.xml.gz"]);
    expect(pathsFor({ writes: [], unrecorded: writes, readable: without })).toContain("/world/rss.xml");
  });

  test("that failed are merged into the next one, and equal ones have equal references", () => {
    const given = { writes, distribution: "E1", before, manifest: noticed, readable: without };
    const [first] = outbox(given);
    expect(outbox(given)).toEqual([first]);
    const part = [written("sport/archive/2026-01/rss.xml")];
    const next = outbox({ ...given, writes: part, pending: [first!], now: due });
    expect(next).toMatchObject([
      { kind: "invalidation", paths: expect.arrayContaining(["/world/rss.xml", "/sport/archive/2026-01/rss.xml"]) },
    ]);
    expect(outbox({ pending: [first!] })).toEqual([first]);
  });
});

describe("paths", () => {
  test("name a file, its variants and a page's folder, encoded as in feeds", () => {
    expect(pathsOf(["тег/index.html"], ["gzip", "br"])).toEqual([
      "/%D1%82%D0%B5%D0%B3/index.html",
      "/%D1%82%D0%B5%D0%B3/index.html.gz",
      "/%D1%82%D0%B5%D0%B3/index.html.br",
      "/%D1%82%D0%B5%D0%B3/",
    ]);
    expect(pathsOf(["media/a.png"], ["gzip"])).toEqual(["/media/a.png"]);
  });

  test("become one wildcard, with nothing beneath it, if more than ten share a folder", () => {
    const many = Array.from({ length: 11 }, (_, n) => `/tag/${n}/rss.xml`);
    expect(gatheredPaths(many.slice(1))).toEqual(many.slice(1).sort());
    expect(gatheredPaths([...many, "/all/rss.xml"])).toEqual(["/all/rss.xml", "/tag/*"]);
    expect(gatheredPaths(["/tag/*", "/tag/a/rss.xml", "/tag/a/rss.xml"])).toEqual(["/tag/*"]);
  });

  test("become /* if CloudFront would refuse the number of wildcards", () => {
    const folders = (count: number) =>
      Array.from({ length: count }, (_, folder) => Array.from({ length: 11 }, (_, file) => `/f${folder}/${file}.xml`)).flat();
    expect(gatheredPaths(folders(15))).toHaveLength(15);
    expect(gatheredPaths(folders(16))).toEqual(["/*"]);
  });
});

test.each([60, 120, 150, 300])("a feed that changes every %s seconds is announced, and its last state after one wait", async (step) => {
  const newsroom = await aNewsroom(someArticles(2));
  const site = `${aSiteFile}hub: ${hub}\nchannels: [{ name: all, formats: [rss] }]\n`;
  const start = Date.parse("2026-11-20T12:00:00Z");
  const told: number[] = [];
  const run = async (seconds: number) => {
    newsroom.announced.length = 0;
    await newsroom.publish(new Date(start + seconds * 1000).toISOString(), { site });
    if (newsroom.announced.some(({ kind }) => kind === "ping")) told.push(seconds);
  };
  for (let seconds = 0; seconds <= 1200; seconds += step) {
    await newsroom.write("news.md", aFile({ title: "News", date: "2026-11-20T10:00:00Z" }, `At ${seconds}.`));
    await run(seconds);
  }
  // Each change is told with one that came before it or by itself: never later than two waits and a run after it.
  const gaps = told.map((seconds, index) => seconds - (told[index - 1] ?? 0));
  expect(told.length).toBeGreaterThan(0);
  expect(Math.max(...gaps, 1200 - (told.at(-1) ?? 0))).toBeLessThanOrEqual(300 + step);
  await run(1200 + 150);
  expect(told.at(-1)).toBe(1350);
});
