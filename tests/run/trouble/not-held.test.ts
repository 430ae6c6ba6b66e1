import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { titlesOf } from "../../support/readers/json-items.ts";

const noon = "2026-11-20T12:00:00Z";
const withinGrace = "2026-11-20T13:00:00Z";
const later = "2026-11-20T14:00:00Z";
const pastGrace = "2026-11-20T15:00:00Z";

type Files = Readonly<Record<string, string>>;
const ids = (files: Files, path = "all") =>
  (JSON.parse(files[`${path}/feed.json`] ?? "{}") as { items: { id: string }[] }).items.map(({ id }) => id.split(":").at(-1));
const holdsOf = ({ prepared }: Awaited<ReturnType<Newsroom["publish"]>>) => prepared.changes.plan.holds;

test("a tag's only article may get another tag: the old feed is empty, the new one is there", async () => {
  const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\n`;
  const story = (tags: string) => aFile({ title: "Tea", date: "2026-03-01T09:00:00Z", tags });
  const newsroom = await aNewsroom({ ...someArticles(2), "tea.md": story("tea") });
  await newsroom.publish(noon, { site });
  await newsroom.write("tea.md", story("coffee"));
  expect(holdsOf(await newsroom.publish(withinGrace, { site }))).toEqual([]);
  const files = await newsroom.files();
  expect([ids(files, "tag/tea"), ids(files, "tag/coffee"), files["tag/tea/rss.xml"]?.includes("<item>")]).toEqual([[], ["tea"], false]);
});

test("a channel that site.yaml no longer names keeps its feeds byte for byte", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  const site = (channels: string) => `${aSiteFile}channels: [{ name: all }${channels}]\n`;
  await newsroom.publish(noon, { site: site(", { name: west }") });
  const before = await newsroom.files();
  expect(holdsOf(await newsroom.publish(pastGrace, { site: site("") }))).toEqual([]);
  const west = (files: Files) => Object.entries(files).filter(([key]) => /^west\/(rss|atom|feed)/.test(key));
  expect(west(before)).toHaveLength(3);
  expect(west(await newsroom.files())).toEqual(west(before));
});

test("feeds that site.yaml no longer names answer as before, without what is withdrawn", async () => {
  const more = "- { name: west, archive: monthly, limit: 2, where: { section: west } }\n- { by: tag }\n";
  const full = `${aSiteFile}channels:\n- { name: all }\n${more}`;
  const less = `${aSiteFile}channels:\n- { name: all, formats: [atom] }\n`;
  const story = (day: string, says: object = {}) =>
    aFile({ title: `Story ${day}`, date: `2026-0${day}-01T09:00:00Z`, section: "west", tags: "tea", ...says }, `Words of ${day}.`);
  const newsroom = await aNewsroom(Object.fromEntries(["1", "2", "3", "4"].map((day) => [`${day}.md`, story(day)])));
  await newsroom.publish(noon, { site: full });
  const before = await newsroom.files();
  const { prepared } = await newsroom.publish(later, { site: less });
  expect(prepared.changes.plan.writes.map(({ key }) => key)).toEqual(["feeds.opml", "index.html", "status.json"]);
  expect((await newsroom.files())["index.html"]).not.toContain("/west/");
  await newsroom.write("4.md", story("4", { status: "canceled" }));
  await newsroom.write("5.md", story("5"));
  await newsroom.publish("2026-11-20T15:00:00Z", { site: less });
  const files = await newsroom.files();
  expect(Object.keys(files)).toEqual(Object.keys(before));
  expect(titlesOf(files, "west")).toEqual(["Withdrawn: Story 4", "Story 3"]);
  expect(titlesOf(files, "tag/tea")).toEqual(["Withdrawn: Story 4", "Story 3", "Story 2", "Story 1"]);
  expect(titlesOf(files)).toContain("Story 5");
  expect(Object.keys(files).filter((key) => files[key]?.includes("Words of 4"))).toEqual([]);
});

test("translations of every article at once are not held, and each entry names the other", async () => {
  const site = `${aSiteFile}channels: [{ name: all, split: language }]\n`;
  const story = (name: string, lang: string) =>
    aFile({ title: `${name} ${lang}`, date: "2026-03-01T09:00:00Z", lang, slug: `${name}-${lang}` });
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const newsroom = await aNewsroom(Object.fromEntries(names.map((name) => [`ru/${name}.md`, story(name, "ru")])));
  await newsroom.publish(noon, { site });
  for (const name of names) await newsroom.write(`en/${name}.md`, story(name, "en"));
  const { prepared } = await newsroom.publish(later, { site });
  expect(prepared.changes.plan.holds).toEqual([]);
  expect(prepared.catalog.entries.find(({ meta }) => meta.key === "ru/a.md")?.translations).toEqual([
    { language: "en", url: "https://wire.example/a-en/" },
  ]);
});
