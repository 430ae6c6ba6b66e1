import { describe, expect, test } from "vitest";
import { type EdgeTable, readEdgeTable } from "../../../lambda/plan/edge/edge-table.ts";
import { deployedEdge } from "../../../lambda/preview/preview-edge.ts";
import { answerOf, requestOf } from "../../edge/events.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const noon = "2026-11-20T12:00:00Z";
const later = "2026-11-21T12:00:00Z";

const tableOf = async (newsroom: Newsroom): Promise<EdgeTable> => readEdgeTable((await newsroom.files())["edge.json"] ?? "");
const settingsOf = async (newsroom: Newsroom): Promise<unknown> => JSON.parse((await tableOf(newsroom))["site"] ?? "");

test("the table holds the site's settings for the edge", async () => {
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon, { site: `${aSiteFile}feedUrl: https://feeds.wire.example/news\nhub: https://hub.example/\n` });
  expect(await settingsOf(newsroom)).toEqual({
    feedUrl: "https://feeds.wire.example/news/",
    base: "/news/",
    hub: "https://hub.example/",
    encodings: ["gzip"],
    folders: [],
  });
});

describe("the rights of the site", () => {
  const rights = (policy: string) => `${aSiteFile}rights: { rsl: "https://wire.example/rsl", policy: "${policy}", ai: { train: false } }\n`;

  test("become headers of every answer; files of partners have no licence for machines", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site: rights("https://wire.example/tdm") });
    const edge = deployedEdge()(await tableOf(newsroom));
    const headers = async (path: string) => {
      const answered = await edge.answered(requestOf({ path, answer: "" }), { statusCode: 200, headers: {} });
      return Object.fromEntries(Object.entries(answered.headers).map(([name, { value }]) => [name, value]));
    };
    const tdm = { vary: "Accept-Encoding", "tdm-reservation": "1", "tdm-policy": "https://wire.example/tdm" };
    const license = '<https://wire.example/rsl>; rel="license"; type="application/rsl+xml"';
    expect(await headers("/media/a.jpg")).toEqual({ ...tdm, link: license });
    expect(await headers("/all/rss.xml")).toEqual({ ...tdm, link: `<https://wire.example/all/rss.xml>; rel="self", ${license}` });
    expect(await headers("/partners/msn/rss.xml")).toEqual({ ...tdm, "cache-control": "private, max-age=60" });
  });

  test("stay out of the table if their addresses are too long for it, and the report says so", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    const { prepared } = await newsroom.publish(noon, { site: rights(`https://wire.example/${"t".repeat(1000)}`) });
    expect(await settingsOf(newsroom)).not.toHaveProperty("tdm");
    expect(JSON.stringify(prepared)).toContain('addresses in \\"rights\\" are too long for the edge');
  });
});

test("the table is written last, if nobody else has written it", async () => {
  const written: [string, unknown][] = [];
  const inner = memoryStore("target");
  const target: typeof inner = {
    ...inner,
    write: (key, content, headers, condition) => {
      written.push([key, condition]);
      return inner.write(key, content, headers, condition);
    },
  };
  const newsroom = await aNewsroom(someArticles(2), { target });
  await newsroom.publish(noon);
  expect(written.at(-1)).toEqual(["edge.json", { ifAbsent: true }]);
  const version = (await inner.read("edge.json"))?.version;
  await newsroom.publish(later, { site: `${aSiteFile}retired: [/gone/rss.xml]\n` });
  expect(written.at(-1)).toEqual(["edge.json", { ifVersion: version }]);
});

test("the table stays if nothing changes, and is restored if it is overwritten", async () => {
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  const second = await newsroom.publish(later);
  expect(second.prepared.changes.plan.writes).toEqual([]);
  await newsroom.target.write("edge.json", Buffer.from("{}"));
  const third = await newsroom.publish(later);
  expect(third.prepared.changes.plan.writes.map(({ key, why }) => [key, why])).toEqual([["edge.json", "restored"]]);
  expect(await newsroom.files()).toEqual(before);
});

describe("a customary address leads", () => {
  const rows = async (channels: string) => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site: `${aSiteFile}channels:\n${channels}\n` });
    const { site: _, ...table } = await tableOf(newsroom);
    return table;
  };

  test("to the feed named all, or else to the first", async () => {
    expect((await rows("  - { name: first }\n  - { name: all }"))["/feed"]).toBe("200 /all/rss.xml");
    expect((await rows("  - { name: first }\n  - { name: second }"))["/feed"]).toBe("200 /first/rss.xml");
  });

  test("to a format that the feed has", async () => {
    expect(await rows("  - { name: all, formats: [json] }")).toMatchObject({
      "/feed": "200 /all/feed.json",
      "/feed.json": "200 /all/feed.json",
    });
    expect(await rows("  - { name: all, formats: [json] }")).not.toHaveProperty("/atom.xml");
    expect(await rows("  - { name: all, formats: [rss] }")).not.toHaveProperty("/feed.json");
  });

  test("nowhere if a channel has the same name", async () => {
    const table = await rows("  - { name: all }\n  - { name: feed }");
    expect(table).not.toHaveProperty("/feed");
    expect(table).not.toHaveProperty("/feed/");
    expect(table["/rss"]).toBe("200 /all/rss.xml");
  });
});

describe("the edge offers an encoding", () => {
  const both = `${aSiteFile}encodings: [br, gzip]\n`;

  test("after a run has written it beside every file, and lists the better one last", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.publish(later, { site: both });
    expect(await settingsOf(newsroom)).toMatchObject({ encodings: ["gzip", "br"] });
  });

  test("only if every text file has it, and the report says so", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.target.write("left/rss.xml", Buffer.from("<rss/>"));
    await newsroom.target.write("left/rss.xml.gz", Buffer.from("…"));
    const { prepared } = await newsroom.publish(noon, { site: both });
    expect(await settingsOf(newsroom)).toMatchObject({ encodings: ["gzip"] });
    expect(prepared.remarks).toEqual(["br is not offered to readers, because left/rss.xml.br is missing."]);
  });

  test("even if a retired feed lacks it", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.target.write("left/rss.xml", Buffer.from("<rss/>"));
    await newsroom.publish(noon, { site: `${both}retired: [/left/]\n` });
    expect(await settingsOf(newsroom)).toMatchObject({ encodings: ["gzip", "br"] });
  });
});

test("the edge serves pages without an ending, and folders only with their slash", async () => {
  const newsroom = await aNewsroom({ "a.md": aFile({ title: "A story", date: "2026-03-01T09:00:00Z" }) });
  await newsroom.publish(noon, { site: `${aSiteFile.replace("/{slug}/", "/news/{slug}")}pages: true\n` });
  expect(await newsroom.files()).toHaveProperty("news/a");
  expect(await settingsOf(newsroom)).toMatchObject({ bare: true, encodings: ["gzip"] });
  const edge = deployedEdge()(await tableOf(newsroom));
  const asked = async (path: string) => answerOf(await edge.asked(requestOf({ path, answer: "", headers: { "accept-encoding": "gzip" } })));
  expect([await asked("/news/a"), await asked("/all/"), await asked("/all")]).toEqual(["/news/a.gz", "/all/index.html.gz", "/all.gz"]);
});

describe("a moved or retired feed", () => {
  const two = "channels:\n  - { name: all }\n  - { name: world }\n";

  test("is no longer written, and its old address redirects to the new one", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site: aSiteFile + two });
    await newsroom.write("a-03.md", "---\ntitle: New\ndate: 2026-11-20T13:00:00Z\n---\n\nText.\n");
    const old = (await newsroom.files())["world/rss.xml"];
    await newsroom.publish(later, { site: `${aSiteFile}${two}moved: { /world/: /all/ }\n` });
    expect(await tableOf(newsroom)).toMatchObject({ "/world/": "301 /all/" });
    expect((await newsroom.files())["world/rss.xml"]).toBe(old);
    expect((await newsroom.files())["feeds.opml"]).not.toContain("world");
    expect(await settingsOf(newsroom)).toMatchObject({ folders: [1] });
  });

  test("keeps the formats that are not retired", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site: `${aSiteFile}${two}retired: [/world/atom.xml]\n` });
    const files = Object.keys(await newsroom.files());
    expect(files).toContain("world/rss.xml");
    expect(files).not.toContain("world/atom.xml");
    expect(await tableOf(newsroom)).toMatchObject({ "/world/atom.xml": "410" });
  });

  test("redirects only once its target is published, and the report says so", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    const { prepared } = await newsroom.publish(noon, { site: `${aSiteFile}moved: { /old/rss.xml: /globe/rss.xml }\n` });
    expect(await tableOf(newsroom)).not.toHaveProperty("/old/rss.xml");
    expect(prepared.remarks).toEqual([
      "site.yaml: /old/rss.xml is moved to /globe/rss.xml, but nothing is published there. The move takes effect once something is.",
    ]);
    await newsroom.publish(later, { site: `${aSiteFile}channels: [{ name: globe }]\nmoved: { /old/rss.xml: /globe/rss.xml }\n` });
    expect(await tableOf(newsroom)).toMatchObject({ "/old/rss.xml": "301 /globe/rss.xml" });
  });
});

test("a held run keeps the table", async () => {
  const newsroom = await aNewsroom(someArticles(30));
  await newsroom.publish(noon);
  const before = await tableOf(newsroom);
  for (let n = 1; n <= 30; n++) await newsroom.write(`a-${String(n).padStart(2, "0")}.md`, "---\ndate: [\n---\n");
  const { prepared } = await newsroom.publish(later, { site: `${aSiteFile}retired: [/gone/rss.xml]\n` });
  expect(prepared.changes.plan.holds.map(({ name }) => name)).toContain("run");
  expect(await tableOf(newsroom)).toEqual(before);
});
