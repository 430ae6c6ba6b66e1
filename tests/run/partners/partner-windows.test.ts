import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";

const site = (partner: string) => `${aSiteFile}partners:\n  - { name: wire, channel: all, ${partner} }\n`;
const article = (title: string, date: string, language: string) =>
  aFile({ title, date, lang: language, url: `https://wire.example/${encodeURIComponent(title)}/` }, `The text of ${title}.`);

test("each language has a window of its own, where it has a file of its own", async () => {
  const { publish, files } = await aNewsroom({
    "a.md": article("Newest", "2026-03-01T09:00:00Z", "en"),
    "b.md": article("Second", "2026-03-01T08:00:00Z", "en"),
    "c.md": article("Третья", "2026-03-01T07:00:00Z", "ru"),
  });
  await publish("2026-03-01T10:00:00Z", { site: site("profile: flipboard, limit: 1") });
  const published = await files();
  const titles = (key: string) => [...(published[key] ?? "").matchAll(/<item>\s*<title>([^<]*)/g)].map(([, title]) => title);
  expect(titles("partners/wire/en/rss.xml")).toEqual(["Newest"]);
  expect(titles("partners/wire/ru/rss.xml")).toEqual(["Третья"]);
});

test("a corrected article that has left the window comes back in place of the oldest, while the correction is recent", async () => {
  const { publish, write, files } = await aNewsroom({ "a.md": article("First", "2026-03-01T09:00:00Z", "en") });
  const shown = async (now: string) => {
    await publish(now, { site: site("profile: generic, limit: 2") });
    return [...((await files())["partners/wire/rss.xml"] ?? "").matchAll(/<item>\s*<title>([^<]*)/g)].map(([, title]) => title);
  };
  expect(await shown("2026-03-01T10:00:00Z")).toEqual(["First"]);
  await write("b.md", article("Second", "2026-03-02T09:00:00Z", "en"));
  await write("c.md", article("Third", "2026-03-03T09:00:00Z", "en"));
  expect(await shown("2026-03-03T10:00:00Z")).toEqual(["Third", "Second"]);
  await write("a.md", article("First", "2026-03-01T09:00:00Z", "en").replace("---\n", "---\ncorrection: It was two.\n"));
  expect(await shown("2026-03-03T11:00:00Z")).toEqual(["Third", "First"]);
  expect(await shown("2026-04-03T11:00:00Z")).toEqual(["Third", "Second"]);
});

test("a day stays in the archive when the feed no longer shows it", async () => {
  const first = { "a.md": article("First", "2026-03-01T09:00:00Z", "en") };
  const { publish, write, files } = await aNewsroom(first);
  const asked = { site: site("profile: google-licensed, settings: { archiveDays: 100 }") };
  await publish("2026-03-01T10:00:00Z", asked);
  const day = (await files())["partners/wire/archive/2026/feed-2026-03-01.xml"];
  expect(day).toContain("The text of First.");
  await write("b.md", article("Second", "2026-03-08T09:00:00Z", "en"));
  await publish("2026-03-08T10:00:00Z", asked);
  const published = await files();
  expect(published["partners/wire/archive/2026/feed-2026-03-01.xml"]).toBe(day);
  expect(published["partners/wire/archive/2026/feed-2026-03-08.xml"]).toContain("The text of Second.");
  expect(published["partners/wire/rss.xml"]).not.toContain("First");
});

test.each([
  ["ninjs", "settings: { hours: 0 }", /"href": "items\//g, 4],
  ["newsml-g2", "settings: { hours: 0 }", /"href": "items\//g, 4],
  ["google-news", "access: public", /<news:news>/g, 4],
  ["generic", "settings: { fileBytes: 2000000 }", /<item>/g, 3],
] as const)("the sum of long texts ends the window only where they stand in one file: %s", async (profile, says, sign, count) => {
  const long = (name: string, hour: number) =>
    aFile(
      { title: name, date: `2026-03-01T0${hour}:00:00Z`, lang: "en", url: `https://wire.example/${name}/` },
      "A long text. ".repeat(46_000),
    );
  const names = ["a", "b", "c", "d"];
  const { publish, files } = await aNewsroom(Object.fromEntries(names.map((name, hour) => [`${name}.md`, long(name, hour)])));
  await publish("2026-03-01T10:00:00Z", { site: site(`profile: ${profile}, ${says}`) });
  const published = Object.entries(await files()).filter(([key]) => key.startsWith("partners/"));
  expect(published.flatMap(([, text]) => [...text.matchAll(sign)])).toHaveLength(count);
});
