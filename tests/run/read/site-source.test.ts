import { describe, expect, test } from "vitest";
import { parsedBy } from "../../../lambda/run/process/program.ts";
import { parseHere } from "../../../lambda/run/read/reading.ts";
import { siteFrom } from "../../../lambda/run/read/site-source.ts";
import { inThreads } from "../../../lambda/run/threads/threads.ts";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const siteFile = `${aSiteFile}fields: { title: newstitle }\npeople: _data/authors.yml\n`;

async function contentOf(files: Readonly<Record<string, string>>) {
  const content = memoryStore("content");
  for (const [key, text] of Object.entries({ "site.yaml": siteFile, ...files })) await content.write(key, Buffer.from(text));
  return content;
}

describe("the people of a site", () => {
  test("are read from the file of the content that site.yaml names", async () => {
    const { people } = await siteFrom({}, await contentOf({ "_data/authors.yml": "ann: { name: Ann Lee, url: /ann/ }\n" }));
    expect(people).toEqual({ file: "_data/authors.yml", byId: { ann: { name: "Ann Lee", url: "https://wire.example/ann/" } } });
  });

  test("stop the run if the file is missing: the message names the line of site.yaml", async () => {
    await expect(siteFrom({}, await contentOf({}))).rejects.toThrow(
      /site\.yaml:\d+ {2}"people" names _data\/authors\.yml, which is not in \S+\. Nothing was changed\.$/,
    );
    const line = siteFile.split("\n").findIndex((text) => text.startsWith("people:")) + 1;
    await expect(siteFrom({}, await contentOf({}))).rejects.toThrow(`site.yaml:${line}  `);
  });

  test("stop the run if the file is broken: the message names its line", async () => {
    await expect(siteFrom({}, await contentOf({ "_data/authors.yml": "ann: Ann\nivan: [x]\n" }))).rejects.toThrow(
      /_data\/authors\.yml:2 {2}"ivan" is no person/,
    );
  });

  test("stop the run if the file is too large", async () => {
    await expect(siteFrom({}, await contentOf({ "_data/authors.yml": `# ${"x".repeat(1_000_001)}` }))).rejects.toThrow("larger than 1 MB");
  });

  test("are read from a folder with a file for each, which are no articles, and a folder without any is refused", async () => {
    const site = `${aSiteFile}people: authors\n`;
    const newsroom = await aNewsroom({
      "site.yaml": site,
      "authors/ann.md": "---\nname: Ann Lee\n---\n\nShe writes about water.\n",
      "a.md": aFile({ title: "One", author: "ann", date: "2026-11-20" }),
    });
    await newsroom.publish("2026-11-21");
    const { items } = JSON.parse((await newsroom.files())["all/feed.json"] ?? "");
    expect(items.map(({ authors }: { authors: unknown }) => authors)).toEqual([[{ name: "Ann Lee" }]]);
    await expect(siteFrom({}, await contentOf({ "site.yaml": site }))).rejects.toThrow(
      /site\.yaml:\d+ {2}"people" names authors, in which no file of \S+ is\. Nothing was changed\.$/,
    );
  });

  test("decide how heads are read, and so do own names of fields", async () => {
    const one = await siteFrom({}, await contentOf({ "_data/authors.yml": "ann: Ann Lee\n" }));
    const other = await siteFrom({}, await contentOf({ "_data/authors.yml": "ann: Ann Li\n" }));
    const by = { heads: "h", bodies: "b" };
    expect(parsedBy(one, by).heads).not.toBe(parsedBy(other, by).heads);
    expect(parsedBy(one, by).bodies).toBe(parsedBy(other, by).bodies);
    expect(parsedBy(one, by)).not.toEqual(parsedBy({ ...one, fields: {} }, by));
  });

  test("are known in every thread, and so is a change of them", async () => {
    const sites = await Promise.all(
      ["Ann Lee", "Ann Li"].map(async (name) => siteFrom({}, await contentOf({ "_data/authors.yml": `ann: ${name}\n` }))),
    );
    const sources = Array.from({ length: 60 }, (_, number) => ({
      key: `${number}.md`,
      bytes: Buffer.from(aFile({ newstitle: "One", author: "ann", date: "2026-11-20" })),
    }));
    const parser = inThreads({ processors: 2, enough: 0 });
    const all = [...sites, ...sites].flatMap((site) =>
      sources.map((source) => [source, site, { what: "head", hints: { soleInFolder: false }, bodies: "b" }] as const),
    );
    const there = await Promise.all(all.map((one) => parser.read(...one)));
    parser.rest();
    expect(there).toEqual(await Promise.all(all.map((one) => parseHere.read(...one))));
  });
});

test("a change of the people's file reaches the feeds of unchanged articles, which stay of the same date", async () => {
  const newsroom = await aNewsroom({
    "site.yaml": siteFile,
    "_data/authors.yml": "ann: Ann Lee\n",
    "a.md": aFile({ newstitle: "One", author: "ann", date: "2026-11-20" }),
  });
  const item = async () => JSON.parse((await newsroom.files())["all/feed.json"] ?? "").items[0];
  await newsroom.publish("2026-11-21");
  const before = await item();
  await newsroom.write("_data/authors.yml", "ann: { name: Ann Li, url: https://ann.example/ }\n");
  await newsroom.publish("2026-11-22");
  const after = await item();
  expect(before.title).toBe("One");
  expect(before.authors).toEqual([{ name: "Ann Lee" }]);
  expect(after).toEqual({ ...before, authors: [{ name: "Ann Li", url: "https://ann.example/" }] });
});
