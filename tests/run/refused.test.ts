import { expect, test } from "vitest";
import { packed } from "../../lambda/articles/packed.ts";
import type { Published } from "../../lambda/run/prepared.ts";
import { readingOf } from "../../lambda/run/read/reading.ts";
import { type Workers, workHere } from "../../lambda/run/threads/work.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { lose } from "../support/a-state.ts";

const noon = "2026-11-21T12:00:00Z";
const one = "2026-11-21T13:00:00Z";
const two = "2026-11-21T14:00:00Z";

/** A parser with a hole: what the article calls its section is put into a field that is held to more than any text is. */
const holed: Workers = {
  ...workHere,
  read: async (source, newsroom, task) => {
    const reading = readingOf(source, newsroom, task);
    const meta = reading?.what === "head" ? (reading.record.kind === "article" ? reading.record.meta : undefined) : reading?.meta;
    const [field = "", value] = (meta?.section ?? "").split("=");
    if (reading === undefined || meta === undefined || value === undefined) return reading;
    if (reading.what === "body" && field === "html") return { ...reading, article: packed({ meta, html: value }) };
    if (reading.what !== "head" || reading.record.kind !== "article") return reading;
    return { ...reading, record: { ...reading.record, meta: { ...meta, [field]: value } } };
  },
};
const ports = { workers: holed };

const hostile = (section: string, more: Readonly<Record<string, string>> = {}): string =>
  aFile({ title: "Hostile", date: "2026-03-20", section, tags: "tea", ...more }, "The body of a hostile article.");

const problems = ({ prepared }: Published) =>
  prepared.catalog.findings.filter(({ kind }) => kind === "problem").map(({ key, code, message }) => ({ key, code, message }));
const withoutStatus = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).filter(([key]) => key !== "status.json"));

const site = `${aSiteFile}pages: true\nchannels: [{ name: all, archive: monthly, limit: 5, split: language }, { name: json, formats: [json] }, { by: tag }]\n`;

// Each is refused by a format of its own: a language and an id by all, the rest by RSS and Atom alone.
test.each([
  ["language=no language", /language/],
  ["url=javascript:alert(1)", /absolute/],
  ["comments=javascript:alert(1)", /absolute/],
  ["license=data:,x", /absolute/],
  ['html=<p onclick="x">text</p>', /body contains a script/],
])("a new article of which the gate refuses %s is in no format, archive, language and page, and holds nothing", async (section, why) => {
  const newsroom = await aNewsroom(someArticles(12));
  const quiet = await aNewsroom(someArticles(12));
  await newsroom.write("hostile.md", hostile(section));
  const first = await newsroom.publish(noon, { site, ports });
  await quiet.publish(noon, { site, ports });
  expect(first.prepared.changes.plan.holds).toEqual([]);
  expect(problems(first)).toEqual([{ key: "hostile.md", code: "entry-refused", message: expect.stringMatching(why) }]);
  expect(withoutStatus(await newsroom.files())).toEqual(withoutStatus(await quiet.files()));
});

test("the next run refuses the same, and writes nothing", async () => {
  const newsroom = await aNewsroom({ ...someArticles(3), "hostile.md": hostile("comments=javascript:alert(1)") });
  const first = await newsroom.publish(noon, { site, ports });
  const before = await newsroom.files();
  // Read anew, through the hole.
  await lose(newsroom.state, "catalog");
  const next = await newsroom.publish(one, { site, ports });
  expect(problems(next)).toEqual(problems(first));
  expect(next.prepared.changes.plan.writes).toEqual([]);
  expect(await newsroom.files()).toEqual(before);
});

test("a live article stays as it was, in every format, until its file is repaired", async () => {
  const newsroom = await aNewsroom({ ...someArticles(3), "hostile.md": hostile("news") });
  await newsroom.publish(noon, { site, ports });
  const before = await newsroom.files();
  await newsroom.write("hostile.md", hostile("comments=javascript:alert(1)", { title: "Another title" }));
  const broken = await newsroom.publish(one, { site, ports });
  expect([broken.prepared.changes.plan.holds, broken.prepared.catalog.entries.length]).toEqual([[], 4]);
  expect(broken.prepared.catalog.findings.map(({ key, code }) => [key, code])).toEqual([
    ["hostile.md", "entry-refused"],
    ["hostile.md", "kept"],
  ]);
  expect(withoutStatus(await newsroom.files())).toEqual(withoutStatus(before));
  await newsroom.write("hostile.md", hostile("news", { title: "Another title" }));
  await newsroom.publish(two, { site, ports });
  expect((await newsroom.files())["all/rss.xml"]).toContain("Another title");
});

test("a withdrawn article whose notice is refused is in no feed, and does not stay as it was", async () => {
  const newsroom = await aNewsroom({ ...someArticles(3), "hostile.md": hostile("news") });
  await newsroom.publish(noon, { site, ports });
  await newsroom.write("hostile.md", hostile("language=no language", { status: "canceled" }));
  const { prepared } = await newsroom.publish(one, { site, ports });
  expect(prepared.changes.plan.holds).toEqual([]);
  expect(prepared.catalog.findings).toMatchObject([{ key: "hostile.md", code: "entry-refused" }]);
  expect((await newsroom.files())["all/rss.xml"]).not.toContain("Hostile");
  expect((await newsroom.files())["all/rss.xml"]).toContain("Article 03");
});

test("an article refused also as it was is in no feed", async () => {
  const newsroom = await aNewsroom({ ...someArticles(3), "hostile.md": hostile("comments=javascript:alert(1)") });
  await newsroom.publish(noon, { site: `${aSiteFile}channels: [{ name: json, formats: [json] }]\n`, ports });
  expect((await newsroom.files())["json/feed.json"]).toContain("Hostile");
  const { prepared } = await newsroom.publish(one, { site, ports });
  expect(prepared.changes.plan.holds).toEqual([]);
  expect(problems({ prepared } as Published)).toMatchObject([
    { key: "hostile.md", message: expect.stringMatching(/^No feed can hold the article, nor its last published version: [^}]+$/) },
  ]);
  expect((await newsroom.files())["all/rss.xml"]).not.toContain("Hostile");
});
