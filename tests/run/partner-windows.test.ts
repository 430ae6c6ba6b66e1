import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";

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

test("a day stays in the archive when the feed no longer shows it", async () => {
  const first = { "a.md": article("First", "2026-03-01T09:00:00Z", "en") };
  const { publish, write, files } = await aNewsroom(first);
  const asked = { site: site("profile: google-licensed, settings: { archiveDays: 100 }") };
  await publish("2026-03-01T10:00:00Z", asked);
  const day = (await files())["partners/wire/archive/2026-03-01.xml"];
  expect(day).toContain("The text of First.");
  await write("b.md", article("Second", "2026-03-08T09:00:00Z", "en"));
  await publish("2026-03-08T10:00:00Z", asked);
  const published = await files();
  expect(published["partners/wire/archive/2026-03-01.xml"]).toBe(day);
  expect(published["partners/wire/archive/2026-03-08.xml"]).toContain("The text of Second.");
  expect(published["partners/wire/rss.xml"]).not.toContain("First");
});
