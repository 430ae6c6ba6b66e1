import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";

const site = `${aSiteFile}news: { name: Wire Daily }\n`;
const story = (title: string, date: string, more = {}) => aFile({ title, date, ...more });

test("news publishes a sitemap of what is at most two days old, which a canceled article leaves at once", async () => {
  const newsroom = await aNewsroom({
    "new.md": story("The ferry runs", "2026-03-03T09:00:00Z"),
    "old.md": story("The ferry rests", "2026-03-01T09:00:00Z"),
    "draft.md": story("The ferry waits", "2026-03-03T09:00:00Z", { draft: true }),
  });
  const { prepared } = await newsroom.publish("2026-03-03T10:00:00Z", { site });
  const urls = async () => [...((await newsroom.files())["sitemap-news-1.xml"] ?? "").matchAll(/<loc>([^<]*)/g)].map(([, url]) => url);
  expect(await urls()).toEqual(["https://wire.example/new/"]);
  expect((await newsroom.files())["sitemap-news.xml"]).toContain("<loc>https://wire.example/sitemap-news-1.xml</loc>");
  expect((await newsroom.files())["sitemap-news-1.xml"]).toContain("<news:name>Wire Daily</news:name>");
  expect((await newsroom.target.read("sitemap-news.xml"))?.headers?.contentType).toBe("application/xml; charset=utf-8");
  expect(prepared.catalog.next).toBe("2026-03-05T09:00:00.000Z");
  await newsroom.write("new.md", story("The ferry runs", "2026-03-03T09:00:00Z", { canceled: true }));
  await newsroom.publish("2026-03-03T11:00:00Z", { site });
  expect(await urls()).toEqual([]);
});

test("an article leaves it two days after its publication, though nothing else changes", async () => {
  const newsroom = await aNewsroom({ "new.md": story("The ferry runs", "2026-03-03T09:00:00Z") });
  await newsroom.publish("2026-03-03T10:00:00Z", { site });
  const before = await newsroom.files();
  expect((await newsroom.publish("2026-03-05T08:59:00Z", { site })).prepared.changes.plan.writes).toEqual([]);
  await newsroom.publish("2026-03-05T09:00:00Z", { site });
  const after = await newsroom.files();
  expect(after["sitemap-news-1.xml"]).not.toContain("<url>");
  expect(after["all/rss.xml"]).toBe(before["all/rss.xml"]);
});

test("it goes when site.yaml no longer asks for it, and is not there without", async () => {
  const newsroom = await aNewsroom({ "new.md": story("The ferry runs", "2026-03-03T09:00:00Z") });
  await newsroom.publish("2026-03-03T10:00:00Z", { site });
  await newsroom.publish("2026-03-03T11:00:00Z");
  expect(Object.keys(await newsroom.files()).filter((key) => key.startsWith("sitemap"))).toEqual([]);
});
