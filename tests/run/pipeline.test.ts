import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { lose } from "../support/a-state.ts";
import { itemsOf, titlesOf } from "../support/readers/json-items.ts";
import { counted } from "../support/stores/a-counted-store.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const noon = "2026-11-20T12:00:00Z";
const later = "2026-11-20T14:00:00Z";

describe("a publication", () => {
  test("writes every format, its variant, the page and the index", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    const keys = (await newsroom.target.list()).map(({ key }) => key);
    const plain = ["404.html", "all/atom.xml", "all/feed.json", "all/index.html", "all/rss.xml", "feeds.opml", "index.html", "status.json"];
    expect(keys.filter((key) => key !== "edge.json")).toEqual(plain.flatMap((key) => [key, `${key}.gz`]));
    expect(keys).toContain("edge.json");
  });

  test("shows the newest first, with the url of the permalink", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    expect(itemsOf(await newsroom.files()).map(({ title, url }) => [title, url])).toEqual([
      ["Article 03", "https://wire.example/a-03/"],
      ["Article 02", "https://wire.example/a-02/"],
      ["Article 01", "https://wire.example/a-01/"],
    ]);
  });

  test("without changes reads no article, writes nothing and deletes nothing", async () => {
    const [content, target, state] = [counted(memoryStore()), counted(memoryStore()), counted(memoryStore())];
    const newsroom = await aNewsroom(someArticles(5), { content: content.store, target: target.store, state: state.store });
    await newsroom.publish(noon);
    for (const { count } of [content, target, state]) Object.assign(count, { read: [], write: [], remove: [] });
    await newsroom.publish(later);
    expect([content.count.read, content.count.write, target.count, state.count.write, state.count.remove]).toEqual([
      [],
      [],
      { read: [], write: [], remove: [] },
      [],
      [],
    ]);
  });

  test("after one edit writes only the feeds that show it, and reads no other article", async () => {
    const site = `${aSiteFile}channels: [{ name: all }, { name: one, where: { path: a-01.md } }, { name: two, where: { path: a-02.md } }]\n`;
    const [content, target] = [counted(memoryStore()), counted(memoryStore())];
    const newsroom = await aNewsroom(someArticles(5), { content: content.store, target: target.store });
    await newsroom.publish(noon, { site });
    await newsroom.write("a-02.md", aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z" }, "Another body."));
    for (const { count } of [content, target]) Object.assign(count, { read: [], write: [], remove: [] });
    await newsroom.publish(later, { site });
    expect(content.count.read).toEqual(["a-02.md"]);
    const files = [
      "all/atom.xml",
      "all/feed.json",
      "all/index.html",
      "all/rss.xml",
      "index.html",
      "status.json",
      "two/atom.xml",
      "two/feed.json",
      "two/index.html",
      "two/rss.xml",
    ];
    expect(target.count.write.filter((key) => !key.endsWith(".gz")).sort()).toEqual(files);
  });

  test("after an edit equals a first publication of the edited content with the same ledger", async () => {
    const newsroom = await aNewsroom(someArticles(5));
    await newsroom.publish(noon);
    await newsroom.write("a-02.md", aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z" }, "Another body."));
    await newsroom.publish(later);
    const edited = await newsroom.files();
    for (const key of Object.keys(edited)) await newsroom.target.remove(key);
    await lose(newsroom.state, "catalog");
    await lose(newsroom.state, "manifest");
    await newsroom.publish("2026-11-21T12:00:00Z");
    expect(await newsroom.files()).toEqual(edited);
  });

  test("without catalog and manifest finds the same bytes and writes no published file", async () => {
    const target = counted(memoryStore());
    const newsroom = await aNewsroom(someArticles(5), { target: target.store });
    await newsroom.publish(noon);
    await lose(newsroom.state, "catalog");
    await lose(newsroom.state, "manifest");
    target.count.write.length = 0;
    await newsroom.publish(later);
    expect(target.count.write).toEqual([]);
  });

  test("restores a file that somebody deleted or overwrote", async () => {
    const newsroom = await aNewsroom(someArticles(5));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    await newsroom.target.remove("all/rss.xml");
    await newsroom.target.write("all/feed.json", Buffer.from("{}"));
    await newsroom.target.remove("all/atom.xml.gz");
    await newsroom.publish(later);
    expect(await newsroom.files()).toEqual(before);
    expect(await newsroom.target.read("all/atom.xml.gz")).toBeDefined();
  });
});

describe("variants", () => {
  test.for([
    ["[]", []],
    ["[gzip]", [".gz"]],
    ["[gzip, br]", [".br", ".gz"]],
  ] as const)("with encodings %s", async ([encodings, endings]) => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site: `${aSiteFile}encodings: ${encodings}\n` });
    const keys = (await newsroom.target.list("all/rss")).map(({ key }) => key.slice("all/rss.xml".length));
    expect(keys).toEqual(["", ...endings].sort());
    const plain = (await newsroom.target.read("all/rss.xml"))?.bytes;
    for (const [ending, open] of [
      [".gz", gunzipSync],
      [".br", brotliDecompressSync],
    ] as const) {
      const found = await newsroom.target.read(`all/rss.xml${ending}`);
      if (found !== undefined)
        expect([open(found.bytes).equals(Buffer.from(plain ?? [])), found.headers?.contentEncoding]).toEqual([
          true,
          ending === ".gz" ? "gzip" : "br",
        ]);
    }
  });
});

describe("time", () => {
  test("an undated article is dated by first sight, and a later run changes no byte", async () => {
    const newsroom = await aNewsroom({ "note.md": "# A note\n\nSome words.\n" });
    await newsroom.publish(noon);
    const first = await newsroom.files();
    expect(itemsOf(first)[0]?.date_published).toBe(new Date(noon).toISOString());
    await newsroom.publish(later);
    expect(await newsroom.files()).toEqual(first);
  });

  test("an embargoed article appears at its time, and not a moment earlier", async () => {
    const newsroom = await aNewsroom({
      ...someArticles(1),
      "secret.md": aFile({ title: "Secret", date: "2026-11-20", embargo: "2026-11-20T13:00:00Z" }),
    });
    await newsroom.publish("2026-11-20T12:59:59Z");
    expect(titlesOf(await newsroom.files())).toEqual(["Article 01"]);
    await newsroom.publish("2026-11-20T13:00:00Z");
    expect(titlesOf(await newsroom.files())).toEqual(["Secret", "Article 01"]);
  });

  test("a clock that went back stops the run and changes nothing", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(later);
    await newsroom.write("a-02.md", aFile({ title: "Another", date: "2026-03-02" }));
    const before = await newsroom.files();
    await expect(newsroom.publish(noon)).rejects.toThrow("The clock went back");
    expect(await newsroom.files()).toEqual(before);
  });

  test("`updated` moves with the content, and two changes within a minute count as one", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    const edit = (body: string) => newsroom.write("a-01.md", aFile({ title: "Article 01", date: "2026-03-01T09:00:00Z" }, body));
    const modified = async () => itemsOf(await newsroom.files())[0]?.date_modified;
    await newsroom.publish("2026-11-20T12:00:00Z");
    expect(await modified()).toBe("2026-03-01T09:00:00.000Z");
    await edit("First change.");
    await newsroom.publish("2026-11-20T13:00:00Z");
    await edit("Second change.");
    await newsroom.publish("2026-11-20T13:00:30Z");
    expect(await modified()).toBe("2026-11-20T13:00:00.000Z");
  });
});
