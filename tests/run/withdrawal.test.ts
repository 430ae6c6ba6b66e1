import { describe, expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../support/a-newsroom.ts";
import { lose } from "../support/a-state.ts";
import { itemsOf, titlesOf } from "../support/readers/json-items.ts";

const noon = "2026-11-20T12:00:00.000Z";
const later = "2026-11-20T14:00:00.000Z";
const evening = "2026-11-20T20:00:00.000Z";
const over = "2026-12-21T12:00:00.000Z";
const id = "tag:wire.example,2026-01-01:a-01";

/** The window reaches the newest two; the rest is in parts by month. */
const site = `${aSiteFile}channels: [{ name: all, limit: 2, archive: monthly }]\n`;
const story = (says: Readonly<Record<string, string | boolean>> = {}) =>
  aFile({ title: "Article 01", date: "2026-01-01T09:00:00Z", ...says }, "The secret words.");

async function published(): Promise<Newsroom> {
  const newsroom = await aNewsroom({ ...someArticles(5), "a-01.md": story() });
  await newsroom.publish(noon, { site });
  return newsroom;
}

type Item = { readonly id: string; readonly title: string; readonly content_html?: string; readonly date_modified: string };
const itemOf = (files: Readonly<Record<string, string>>, path = "all") =>
  (JSON.parse(files[`${path}/feed.json`] ?? "{}") as { items: readonly Item[] }).items.find((item) => item.id === id);
const tombstones = (files: Readonly<Record<string, string>>) =>
  [...(files["all/atom.xml"] ?? "").matchAll(/<at:deleted-entry ref="([^"]*)" when="([^"]*)"\/>/g)].map(([, ref, when]) => [ref, when]);

describe("a withdrawn article", () => {
  const withdrawn = async () => {
    const newsroom = await published();
    await newsroom.write("a-01.md", story({ status: "canceled", reason: "It was <not> so." }));
    await newsroom.publish(later, { site });
    return newsroom;
  };

  test("is a notice under its id in every format and also in the window, without any of its text", async () => {
    const files = await (await withdrawn()).files();
    const html = "<p>This article has been withdrawn.</p>\n<p>It was &lt;not&gt; so.</p>";
    expect(itemOf(files)).toMatchObject({ title: "Withdrawn: Article 01", content_html: html, date_modified: later });
    expect(files["all/rss.xml"]).toContain(`<guid isPermaLink="false">${id}</guid>`);
    expect(files["all/atom.xml"]).toContain(`<id>${id}</id>`);
    for (const file of ["all/rss.xml", "all/atom.xml"]) expect(files[file]).toContain(`<![CDATA[${html}]]>`);
    expect(itemOf(files, "all/archive/2026-01")).toEqual(itemOf(files));
    expect(Object.values(files).filter((text) => text.includes("secret words"))).toEqual([]);
  });

  test("has one tombstone in Atom, with the time of the notice", async () => {
    const files = await (await withdrawn()).files();
    expect(tombstones(files)).toEqual([[id, later]]);
    expect(files["all/atom.xml"]?.match(/<updated>(.*?)<\/updated>/)?.[1]).toBe(later);
    expect(tombstones(await (await published()).files())).toEqual([]);
  });

  test("leaves the feeds after `retain`", async () => {
    const newsroom = await withdrawn();
    await newsroom.publish(over, { site });
    const files = await newsroom.files();
    expect(Object.keys(files).filter((key) => files[key]?.includes(id))).toEqual([]);
    expect(tombstones(files)).toEqual([]);
  });

  test("that is published again has no tombstone and a newer date", async () => {
    const newsroom = await withdrawn();
    await newsroom.write("a-01.md", story());
    await newsroom.publish(evening, { site });
    const files = await newsroom.files();
    expect(tombstones(files)).toEqual([]);
    expect(itemOf(files, "all/archive/2026-01")).toMatchObject({ title: "Article 01", date_modified: evening });
  });

  test("is shown the same without catalog and manifest, also without its file", async () => {
    const newsroom = await withdrawn();
    await newsroom.remove("a-01.md");
    await newsroom.publish(evening, { site });
    const before = await newsroom.files();
    expect(itemOf(before)?.title).toBe("Withdrawn: Article 01");
    await lose(newsroom.state, "catalog");
    await lose(newsroom.state, "manifest");
    const { prepared } = await newsroom.publish("2026-11-21T12:00:00Z", { site });
    expect(prepared.changes.plan).toMatchObject({ writes: [], holds: [] });
    expect(await newsroom.files()).toEqual(before);
  });
});

test("a withdrawn article beyond the carried ones is shown the same without a catalog, also without its file", async () => {
  const withdrawnArticle = (number: number) =>
    aFile({ title: `Old ${number}`, date: "2026-02-01T09:00:00Z", status: "canceled" }, "Words.");
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
  const live = numbers.map((number) => [`old-${number}.md`, withdrawnArticle(number).replace("canceled", "published")]);
  const newsroom = await aNewsroom({ ...someArticles(2), ...Object.fromEntries(live) });
  const narrow = `${aSiteFile}channels: [{ name: all, limit: 2 }]\n`;
  await newsroom.publish(noon, { site: narrow });
  for (const number of numbers) await newsroom.write(`old-${number}.md`, withdrawnArticle(number));
  await newsroom.publish(later, { site: narrow });
  expect(tombstones(await newsroom.files())).toHaveLength(30);
  for (const number of numbers) await newsroom.remove(`old-${number}.md`);
  await newsroom.publish(evening, { site: narrow });
  await lose(newsroom.state, "catalog");
  expect((await newsroom.publish("2026-11-21T12:00:00Z", { site: narrow })).prepared.changes.plan.writes).toEqual([]);
});

test("an article that no document showed has no withdrawal notice", async () => {
  const newsroom = await aNewsroom({ ...someArticles(5), "a-01.md": story() });
  const narrow = `${aSiteFile}channels: [{ name: all, limit: 2 }]\n`;
  await newsroom.publish(noon, { site: narrow });
  await newsroom.remove("a-01.md");
  await newsroom.publish(later, { site: narrow });
  await newsroom.publish(evening, { site: narrow });
  expect(tombstones(await newsroom.files())).toEqual([]);
});

describe("an article that vanished", () => {
  const vanished = async () => {
    const newsroom = await published();
    await newsroom.remove("a-01.md");
    await newsroom.publish(later, { site });
    await newsroom.publish(evening, { site });
    return newsroom;
  };

  test("leaves every feed without a notice, and Atom states since when", async () => {
    const newsroom = await vanished();
    const files = await newsroom.files();
    expect(tombstones(files)).toEqual([[id, "2026-11-20T15:00:00.000Z"]]);
    const naming = (text: string | undefined) => text?.replaceAll(/<at:deleted-entry[^>]*>/g, "").includes(id);
    expect(Object.keys(files).filter((key) => naming(files[key]))).toEqual([]);
    await newsroom.publish(over, { site });
    expect(tombstones(await newsroom.files())).toEqual([]);
  });

  test("is shown the same without catalog and manifest", async () => {
    const newsroom = await vanished();
    const before = await newsroom.files();
    await lose(newsroom.state, "catalog");
    await lose(newsroom.state, "manifest");
    expect((await newsroom.publish("2026-11-21T12:00:00Z", { site })).prepared.changes.plan.writes).toEqual([]);
    expect(await newsroom.files()).toEqual(before);
  });
});

describe("a corrected article", () => {
  test("shows its note before its text in every format, also after it left the window", async () => {
    const newsroom = await published();
    await newsroom.write("a-01.md", story({ correction: "It was Tuesday & not Monday." }));
    await newsroom.publish(later, { site });
    const files = await newsroom.files();
    const note = "<p><strong>Correction:</strong> It was Tuesday &amp; not Monday.</p>\n<p>The secret words.</p>";
    expect(itemOf(files)).toMatchObject({ title: "Article 01", content_html: note, date_modified: later });
    for (const file of ["all/rss.xml", "all/atom.xml", "all/archive/2026-01/rss.xml"]) expect(files[file]).toContain(note);
    await newsroom.publish(over, { site });
    const after = await newsroom.files();
    expect([itemOf(after), itemOf(after, "all/archive/2026-01")?.content_html]).toEqual([undefined, note]);
  });

  test("has its note in the summary if a feed shows only that", async () => {
    const newsroom = await aNewsroom({ "a-01.md": story({ correction: "It was Tuesday." }) });
    await newsroom.publish(noon, { site: `${aSiteFile}channels: [{ name: all, content: summary }]\n` });
    expect((await newsroom.files())["all/feed.json"]).toContain('"summary": "Correction: It was Tuesday. The secret words."');
  });
});

test("the text of a withdrawn article is in no feed, also if it was the only article there", async () => {
  const site = `${aSiteFile}channels: [{ name: all, split: language }, { by: tag }]\n`;
  const story = (more: object) => aFile({ title: "Last", date: "2026-03-01", tags: "solo", lang: "ru", ...more }, "The secret words.");
  const newsroom = await aNewsroom({ "last.md": story({}) });
  await newsroom.publish(noon, { site });
  const showing = async () => Object.entries(await newsroom.files()).flatMap(([key, text]) => (text.includes("secret words") ? [key] : []));
  expect(await showing()).toEqual(
    ["all", "all/ru", "tag/solo"]
      .flatMap((path) => ["atom.xml", "feed.json", "index.html", "rss.xml"].map((file) => `${path}/${file}`))
      .concat("index.html")
      .sort(),
  );
  await newsroom.write("last.md", story({ status: "canceled" }));
  await newsroom.publish(later, { site });
  expect(await showing()).toEqual([]);
  expect(titlesOf(await newsroom.files(), "tag/solo")).toEqual(["Отозвано: Last"]);
  await newsroom.publish(over, { site });
  expect(titlesOf(await newsroom.files(), "tag/solo")).toEqual([]);
});

test("an archive part that a withdrawal empties stays, with nothing in it", async () => {
  const site = `${aSiteFile}channels: [{ name: all, limit: 2, archive: monthly }]\n`;
  const story = (month: string, more: object = {}) =>
    aFile({ title: month, date: `2026-${month}-05T09:00:00Z`, ...more }, `Secret of ${month}.`);
  const newsroom = await aNewsroom(Object.fromEntries(["01", "02", "03", "04", "05"].map((month) => [`${month}.md`, story(month)])));
  await newsroom.publish(noon, { site });
  expect((await newsroom.files())["all/archive/2026-02/rss.xml"]).toContain("Secret of 02");
  await newsroom.write("02.md", story("02", { status: "canceled" }));
  await newsroom.publish(later, { site });
  await newsroom.publish(over, { site });
  const files = await newsroom.files();
  expect(Object.keys(files).filter((key) => files[key]?.includes("Secret of 02"))).toEqual([]);
  expect(itemsOf(files, "all/archive/2026-02")).toEqual([]);
  expect(files["all/archive/2026-03/rss.xml"]).toContain("archive/2026-01/rss.xml");
});
