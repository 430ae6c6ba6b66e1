import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { cancel } from "../../lambda/operator/cancel.ts";
import { rollback } from "../../lambda/operator/rollback.ts";
import { aDesk } from "../support/a-desk.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";

// What an operator takes back is taken back from partners, too.

const at = (hour: number): string => `2026-03-20T${hour}:00:00Z`;
const site = `${aSiteFile}channels: [{ name: all, where: { section: open } }]
encodings: [gzip, br]
news: { name: The Wire }
partners:
  - { name: plain, profile: generic, where: { language: [en, ru] } }
  - { name: wire, profile: ninjs, where: { language: [en, ru] }, changes: true, settings: { hours: 0 } }
  - { name: agency, profile: newsml-g2, where: { language: [en, ru] }, changes: true, settings: { hours: 0 } }
`;
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const picture = Buffer.concat([png, Buffer.from("the pixels of a ferry")]);
const secret = "the secret words of a ferry that sank";
const story = (title: string, more = "") =>
  aFile({ title, date: "2026-03-01T09:00:00Z", lang: "en" }, `These are ${secret}.${more}\n\n![](ferry.png)`);

function unpacked(bytes: Buffer, name: string): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes).toString("latin1");
  try {
    return name.endsWith(".br") || /^\d{12}$/.test(name) ? brotliDecompressSync(bytes).toString("latin1") : bytes.toString("latin1");
  } catch {
    return bytes.toString("latin1");
  }
}

/** Every file of a desk that holds some words: of content, target and state, with their older versions. */
async function holding(folder: string, words: RegExp): Promise<readonly string[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const found = entries.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return words.test(unpacked(await readFile(path), name)) ? [path.slice(folder.length + 1)] : [];
  });
  return (await Promise.all(found)).flat().sort();
}

/** Words of an article in every place that has any. */
const words = [
  secret,
  "the pixels of a ferry",
  "A summary of the sunken ferry",
  "It was the ferry's other side",
  "The bow of that ferry",
  "A caption about the ferry",
  "Photographer Ferrywatch",
];
const whole = (title: string, more = ""): string => {
  const fields = {
    title,
    date: "2026-03-19T09:00:00Z",
    lang: "en",
    summary: words[2],
    correction: words[3],
    image: { url: "ferry.png", alt: words[4], credit: words[6] },
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return `---\n${lines.join("")}---\n\nThese are ${secret}.${more}\n\n![](ferry.png "${words[5]}")\n`;
};
const any = (all: readonly string[]) => new RegExp(all.map((one) => one.replaceAll("'", "(?:'|&#39;|&#x27;|&apos;|’)")).join("|"));

test("cancel --erase leaves no word and no picture of the article in any file of target and state, of partners too, or in an older version", async () => {
  await using desk = await aDesk({ "site.yaml": site, ...someArticles(4), "a-01.md": whole("The first name of it"), "ferry.png": picture });
  await desk.publish(at(10));
  await desk.write("a-01.md", whole("A boat that was a ferry", " More of it."));
  await desk.publish(at(11));
  const before = new Map(
    await Promise.all([...words, "The first name of it"].map(async (one) => [one, await holding(desk.path, any([one]))] as const)),
  );
  expect([...before].filter(([, places]) => places.filter((path) => !path.startsWith("content/")).length === 0)).toEqual([]);
  const found = [...new Set([...before.values()].flat())];
  for (const place of [
    "site/partners/plain/rss.xml",
    "site/partners/wire/items/",
    "site/partners/agency/items/",
    "sitemap-news-1.xml",
    "/media/",
    "state/articles/",
    "state/details/",
  ])
    expect(
      found.some((path) => path.includes(place)),
      `${place} of ${found.join(" ")}`,
    ).toBe(true);
  const settings = await desk.settings(at(12));
  await cancel({ id: "tag:wire.example,2026-01-01:a-01", reason: "By order.", erase: true, time: 60_000, tell: () => {} }, settings);
  // The notice has the last title, and only it.
  expect(await holding(desk.path, any([...words, "The first name of it"]))).toEqual([]);
  expect((await holding(desk.path, /A boat that was a ferry/)).filter((path) => path.includes("sitemap-news"))).toEqual([]);
  const published = await desk.published();
  const { items } = JSON.parse(published["partners/wire/manifest.json"] ?? "{}") as {
    items: readonly { uri: string; pubStatus: string }[];
  };
  expect(items.find(({ uri }) => uri.endsWith(":a-01"))?.pubStatus).toBe("canceled");
  const log = Object.keys(published).filter((key) => /^partners\/wire\/changes\/\d+\.json$/.test(key));
  expect(JSON.parse(published[log.sort().at(-1) ?? ""] ?? "{}")).toMatchObject({ changes: [{ op: "delete", state: "canceled" }] });
  expect(published["partners/plain/rss.xml"]).toContain("The body of article 02.");
  expect((await desk.publish(at(13))).files.written).toEqual([]);
});

test("cancel waits for no release of a partner whose files are held", async () => {
  const hours = "settings: { hours: 0 }";
  const rules = (where: string) => `${aSiteFile}partners:
  - { name: plain, profile: generic, where: ${where}, ids: url }
  - { name: wire, profile: ninjs, where: ${where}, ${hours} }
  - { name: agency, profile: newsml-g2, where: ${where}, ${hours} }
`;
  await using desk = await aDesk({ "site.yaml": rules("{ language: [en, ru] }"), ...someArticles(8), "a-01.md": story("A ferry") });
  await desk.publish(at(10));
  await desk.write("site.yaml", rules("{ section: none }"));
  expect((await desk.publish(at(11))).holds.map(({ name }) => name).sort()).toEqual(["partners/agency", "partners/plain", "partners/wire"]);
  expect((await holding(join(desk.path, "site", "partners"), new RegExp(secret))).length).toBeGreaterThanOrEqual(3);
  await cancel({ id: "tag:wire.example,2026-01-01:a-01", erase: false, time: 60_000, tell: () => {} }, await desk.settings(at(12)));
  expect(await holding(join(desk.path, "site", "partners"), new RegExp(secret))).toEqual([]);
  const published = await desk.published();
  expect(published["partners/plain/rss.xml"]).toContain("The body of article 02.");
  expect(Object.keys(published).filter((key) => key.startsWith("partners/wire/items/"))).toHaveLength(7);
  expect((await desk.publish(at(13))).holds).toHaveLength(3);
});

const undated = (text: string): string => text.replace(/<(lastBuildDate|pubDate)>[^<]*/g, "<$1>").replace(/"updated": .*/g, '"updated"');

test("rollback puts a partner's files back, and its change log leads to documents that are there", async () => {
  await using desk = await aDesk({ "site.yaml": site, ...someArticles(4) });
  await desk.publish(at(10));
  const right = await desk.published();
  await desk.write("a-01.md", aFile({ title: "Wrong", date: "2026-03-01T09:00:00Z" }, "A wrong text."));
  await desk.publish(at(11));
  expect((await desk.published())["partners/plain/rss.xml"]).toContain("A wrong text.");
  const names = ["partners/plain", "partners/wire"];
  const report = await rollback({ names, time: 60_000, tell: () => {} }, await desk.settings(at(12)));
  expect(report.holds.map(({ name }) => name)).toEqual(names);
  const back = await desk.published();
  expect(undated(back["partners/plain/rss.xml"] ?? "")).toBe(undated(right["partners/plain/rss.xml"] ?? ""));
  const ofWire = Object.entries(back).filter(([key]) => key.startsWith("partners/wire/"));
  expect(ofWire.filter(([, text]) => text.includes("A wrong text."))).toEqual([]);
  for (const [key, text] of ofWire.filter(([key]) => /\/changes\/\d/.test(key)))
    for (const [, href] of text.matchAll(/"href": "([^"]*)"/g))
      expect(back).toHaveProperty([new URL(href ?? "", `https://a.example/${key}`).pathname.slice(1)]);
  const again = await desk.publish(at(13));
  expect(again.holds.map(({ name }) => name)).toEqual(names);
  const released = await desk.publish(
    at(14),
    again.holds.map(({ name, hash }) => `${name}@${hash}`),
  );
  expect(released.holds).toEqual([]);
  expect((await desk.published())["partners/plain/rss.xml"]).toContain("A wrong text.");
});
