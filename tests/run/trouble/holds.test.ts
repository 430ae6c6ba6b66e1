import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles, tooMuchForAFeed } from "../../support/a-newsroom.ts";
import { lose } from "../../support/a-state.ts";
import { titlesOf } from "../../support/readers/json-items.ts";

const noon = "2026-11-20T12:00:00Z";
const withinGrace = "2026-11-20T13:00:00Z";
const later = "2026-11-20T14:00:00Z";
const pastGrace = "2026-11-20T15:00:00Z";
const late = "2026-11-20T18:00:00Z";

type Files = Readonly<Record<string, string>>;
const news = aFile({ title: "News", date: "2026-11-20T12:30:00Z" }, "What is new.");
/** What a channel has published. */
const below = (files: Files, path: string) => Object.entries(files).filter(([key]) => key.startsWith(`${path}/`));
const holdsOf = ({ prepared }: Awaited<ReturnType<Newsroom["publish"]>>) => prepared.changes.plan.holds;

test("an emptied content folder holds the run until it is released by name and hash", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
  await newsroom.publish("2026-11-20T13:00:00Z");
  const held = (await newsroom.publish("2026-11-20T15:00:00Z")).prepared.changes.plan.holds;
  expect(held.map(({ name, reasons }) => [name, ...reasons])).toEqual([
    ["run", "8 of 8 published articles are gone, and nothing explains why."],
  ]);
  expect(await newsroom.files()).toEqual(before);
  const again = (await newsroom.publish("2026-11-20T16:00:00Z")).prepared.changes.plan.holds;
  expect(again).toEqual(held);
  await newsroom.publish("2026-11-20T17:00:00Z", { allow: [`run@${held[0]?.hash}`] });
  expect(titlesOf(await newsroom.files())).toEqual([]);
});

test("an emptied content folder changes no channel, run after run", async () => {
  const site = `${aSiteFile}channels: [{ name: all, limit: 3, archive: monthly }, { by: section }]\n`;
  const articles = Object.fromEntries(
    Object.entries(someArticles(8)).map(([key, text]) => [key, text.replace("---\n", '---\nsection: "west"\n')]),
  );
  const newsroom = await aNewsroom(articles);
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
  for (const now of [withinGrace, pastGrace, "2026-11-21T12:00:00Z", "2026-12-31T12:00:00Z"]) {
    const held = holdsOf(await newsroom.publish(now, { site })).map(({ name }) => name);
    if (now !== withinGrace) expect(held).toEqual(["run"]);
    expect(await newsroom.files()).toEqual(before);
  }
});

test.each([1, 3, 8])(
  "an emptied content folder, however small (%i), changes no feed, sitemap or file of a partner, and once it is back nothing has happened",
  async (count) => {
    const settings = "settings: { hours: 0 }, changes: true";
    const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]
pages: true
news: { name: The Wire }
partners:
  - { name: plain, profile: generic, channel: all }
  - { name: small, profile: generic, channel: tag/only0 }
  - { name: wire, profile: ninjs, channel: all, ${settings} }
  - { name: agency, profile: newsml-g2, channel: tag/t0, ${settings} }
`;
    // The newest has no date: the sitemap of news holds what is two days old at most.
    const articles = Object.fromEntries(
      Object.entries(someArticles(count)).map(([key, text], index) => [
        key,
        text.replace("---\n", `---\ntags: [t${index % 3}, only${index}]\n`).replace(index === count - 1 ? /^date: .*\n/m : "", ""),
      ]),
    );
    const newsroom = await aNewsroom(articles);
    await newsroom.publish(noon, { site });
    const before = await newsroom.files();
    expect(before["sitemap-news-1.xml"]).toContain("<loc>");
    for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
    await newsroom.publish(withinGrace, { site });
    expect(holdsOf(await newsroom.publish(pastGrace, { site })).map(({ name }) => name)).toEqual(["run"]);
    expect(await newsroom.files()).toEqual(before);
    for (const [key, text] of Object.entries(articles)) await newsroom.write(key, text);
    expect(holdsOf(await newsroom.publish("2026-11-21T12:00:00Z", { site }))).toEqual([]);
    expect(await newsroom.files()).toEqual(before);
  },
);

test("an article of a held feed is reported as missing, and as dropped once after the release", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  const codes = async (now: string, allow: readonly string[] = []) => {
    const { prepared } = await newsroom.publish(now, { allow });
    return [...new Set(prepared.catalog.findings.map(({ code, message }) => `${code}: ${/held|guard|left/.exec(message)?.[0]}`))];
  };
  await newsroom.publish(noon);
  for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
  expect(await codes(withinGrace)).toEqual(["missing: guard"]);
  for (const now of [pastGrace, "2026-11-20T16:00:00Z"]) expect(await codes(now)).toEqual(["missing: held"]);
  const [hold] = holdsOf(await newsroom.publish("2026-11-20T17:00:00Z"));
  expect(await codes("2026-11-20T18:00:00Z", [`run@${hold?.hash}`])).toEqual(["dropped: left"]);
  expect(await codes("2026-11-20T19:00:00Z")).toEqual([]);
});

test("an article is reported as missing while a held feed shows it, and as dropped if none does", async () => {
  const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\n`;
  const story = (tags: string) => aFile({ title: `About ${tags}`, date: "2026-03-01T09:00:00Z", tags });
  const newsroom = await aNewsroom({ "a.md": story("tea"), "b.md": story("silk"), "c.md": story("silk") });
  await newsroom.publish(noon, { site });
  for (const key of ["a.md", "b.md"]) await newsroom.remove(key);
  await newsroom.publish(withinGrace, { site });
  const { prepared } = await newsroom.publish(pastGrace, { site });
  expect(prepared.catalog.findings.map(({ key, code }) => `${key} ${code}`)).toEqual(["a.md missing", "b.md dropped"]);
});

test("a feed is not emptied without a reason, however few entries it had", async () => {
  const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\n`;
  const story = (tags: string) => aFile({ title: `About ${tags}`, date: "2026-03-01T09:00:00Z", tags });
  const newsroom = await aNewsroom({ "a.md": story("tea"), "b.md": story("silk"), "c.md": story("silk") });
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  for (const key of ["a.md", "b.md"]) await newsroom.remove(key);
  await newsroom.publish(withinGrace, { site });
  const holds = holdsOf(await newsroom.publish(pastGrace, { site }));
  expect(holds).toMatchObject([{ name: "tag/tea", reasons: ["Its only entry is gone, and nothing explains why."] }]);
  const files = await newsroom.files();
  expect(files["tag/tea/rss.xml"]).toBe(before["tag/tea/rss.xml"]);
  expect(files["tag/silk/rss.xml"]).not.toBe(before["tag/silk/rss.xml"]);
  expect(holdsOf(await newsroom.publish("2026-11-20T20:00:00Z", { site, allow: [`tag/tea@${holds[0]?.hash}`] }))).toEqual([]);
  expect((await newsroom.files())["tag/tea/rss.xml"]).not.toContain("About tea");
});

test("new ids of all articles are held", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  for (const { key } of await newsroom.content.list()) {
    const text = Buffer.from((await newsroom.content.read(key))?.bytes ?? []).toString("utf8");
    await newsroom.write(key, text.replace("---\n", `---\nid: "new:${key}"\n`));
  }
  expect(holdsOf(await newsroom.publish(pastGrace)).map(({ name }) => name)).toEqual(["run"]);
  expect(await newsroom.files()).toEqual(before);
});

test("a channel that site.yaml empties is held", async () => {
  const site = (path: string) => `${aSiteFile}channels: [{ name: rus, where: { path: "${path}" } }]\n`;
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon, { site: site("a-*.md") });
  expect(titlesOf(await newsroom.files(), "rus")).toHaveLength(8);
  const { prepared } = await newsroom.publish(later, { site: site("b-*.md") });
  expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["rus"]);
  expect(titlesOf(await newsroom.files(), "rus")).toHaveLength(8);
});

test("a change of every entry without a new date is held", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  const { prepared } = await newsroom.publish(later, { site: aSiteFile.replace("/{slug}/", "/{year}/{slug}/") });
  expect(prepared.changes.plan.holds[0]?.reasons).toEqual(["8 of the 8 entries that readers have would change without a new date."]);
  expect(await newsroom.files()).toEqual({ ...before, "status.json": expect.stringContaining(later.replace("Z", ".000Z")) });
});

test("a document that fails the gate holds its channel, also against a release, and the rest is published", async () => {
  const site = `${aSiteFile}channels: [{ name: all, limit: 1000, bytes: 4MB }, { name: tea, where: { tag: tea } }]\n`;
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  for (const [key, text] of Object.entries(tooMuchForAFeed("2026-11-20T12:30:00Z"))) await newsroom.write(key, text);
  await newsroom.write("tea.md", aFile({ title: "Tea", date: "2026-02-01", tags: "tea" }, "A small one."));
  const { prepared } = await newsroom.publish(withinGrace, { site });
  const [hold, ...more] = prepared.changes.plan.holds;
  expect([hold?.name, hold?.defective, more]).toEqual(["all", true, []]);
  await newsroom.publish(late, { site, allow: [`${hold?.name}@${hold?.hash}`] });
  const after = await newsroom.files();
  expect(below(after, "all")).toEqual(below(before, "all"));
  expect(after["tea/feed.json"]).toContain("A small one.");
});

test("twenty published articles that break at once hold the run until they are repaired", async () => {
  const newsroom = await aNewsroom(someArticles(28));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  for (let number = 1; number <= 20; number++)
    await newsroom.write(`a-${String(number).padStart(2, "0")}.md`, "---\ntitle: [broken\n---\n");
  await newsroom.write("news.md", news);
  const { prepared } = await newsroom.publish(withinGrace);
  expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["run"]);
  expect(await newsroom.files()).toEqual(before);
  for (const [key, text] of Object.entries(someArticles(28))) await newsroom.write(key, text);
  expect((await newsroom.publish(late)).prepared.changes.plan.holds).toEqual([]);
  expect((await newsroom.files())["all/feed.json"]).toContain("What is new.");
});

test("a hold stands without catalog and manifest, and its channel stays as it was", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  const site = aSiteFile.replace("/{slug}/", "/{year}/{slug}/");
  const [hold] = (await newsroom.publish(withinGrace, { site })).prepared.changes.plan.holds;
  for (const part of ["catalog", "manifest"] as const) await lose(newsroom.state, part);
  for (const now of ["2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z"]) {
    expect((await newsroom.publish(now, { site })).prepared.changes.plan.holds).toMatchObject([{ name: "all", hash: hold?.hash }]);
    expect(below(await newsroom.files(), "all")).toEqual(below(before, "all"));
  }
  expect((await newsroom.publish(late, { site, allow: [`${hold?.name}@${hold?.hash}`] })).prepared.changes.plan.holds).toEqual([]);
  expect((await newsroom.files())["all/feed.json"]).toContain("/2026/a-01/");
});
