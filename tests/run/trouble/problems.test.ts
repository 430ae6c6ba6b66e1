import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { lose } from "../../support/a-state.ts";
import { itemsOf, titlesOf } from "../../support/readers/json-items.ts";

const noon = "2026-11-20T12:00:00Z";
const withinGrace = "2026-11-20T13:00:00Z";
const later = "2026-11-20T14:00:00Z";
const pastGrace = "2026-11-20T15:00:00Z";
const late = "2026-11-20T18:00:00Z";

type Files = Readonly<Record<string, string>>;
const ids = (files: Files, path = "all") =>
  (JSON.parse(files[`${path}/feed.json`] ?? "{}") as { items: { id: string }[] }).items.map(({ id }) => id.split(":").at(-1));
const holdsOf = ({ prepared }: Awaited<ReturnType<Newsroom["publish"]>>) => prepared.changes.plan.holds;
const findings = ({ prepared }: Awaited<ReturnType<Newsroom["publish"]>>) => [...prepared.catalog.findings, ...prepared.notices];
const problems = (run: Parameters<typeof findings>[0]) => findings(run).flatMap(({ kind, key }) => (kind === "problem" ? [key] : []));

test("publishes an article with a missing picture, no date or an old encoding, and names each", async () => {
  const newsroom = await aNewsroom({
    "pictured.md": aFile({ title: "Pictured", date: "2026-03-01" }, "![A picture](nowhere.png) Words."),
    "undated.md": "# Undated\n\nWords.\n",
  });
  await newsroom.content.write(
    "old.md",
    Buffer.from("---\ntitle: Caf\xe9\ndate: 2026-03-02\n---\n\nUn caf\xe9 noir, s'il vous pla\xeet.\n", "latin1"),
  );
  const named = findings(await newsroom.publish(noon));
  expect(named.filter(({ kind }) => kind === "problem")).toEqual([]);
  expect(new Set(named.map(({ key }) => key))).toEqual(new Set(["pictured.md", "old.md"]));
  const { "all/feed.json": feed = "" } = await newsroom.files();
  for (const words of ["Pictured", "Undated", "Café"]) expect(feed).toContain(words);
});

test("keeps a broken new article out, explains it, and publishes every other", async () => {
  const newsroom = await aNewsroom({ ...someArticles(2), "bad.md": "---\ntitle: Bad\ndate: tomorrow\n---\n\nWords.\n" });
  const { prepared } = await newsroom.publish(noon);
  expect(titlesOf(await newsroom.files())).toEqual(["Article 02", "Article 01"]);
  const problems = prepared.catalog.findings.filter((finding) => finding.kind === "problem");
  expect(problems).toMatchObject([{ key: "bad.md", line: 3, message: '"date" is not a date: got "tomorrow".' }]);
});

test.each([
  ["an id that another article has", aFile({ title: "Thief", date: "2026-03-09", id: "tag:wire.example,2026-01-01:a-02" })],
  ["a file that is too large", aFile({ title: "Large", date: "2026-03-09" }, "Words. ".repeat(20_000))],
  ["a date that is no date", aFile({ title: "Dateless", date: "tomorrow" })],
])("keeps %s out if it is new, and leaves a published article byte for byte as it was", async (_, text) => {
  const site = `${aSiteFile}limits: { article: 100KB }\n`;
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  await newsroom.write("new.md", text);
  const first = await newsroom.publish(withinGrace, { site });
  expect(problems(first)).toEqual(["new.md"]);
  expect(await newsroom.files()).toEqual(before);
  await newsroom.remove("new.md");
  await newsroom.write("a-03.md", text);
  const second = await newsroom.publish(late, { site });
  expect(problems(second)).toEqual(["a-03.md"]);
  expect(await newsroom.files()).toEqual(before);
});

test("keeps a broken published article and its feeds byte for byte, and publishes the rest", async () => {
  const broken = ["---\ntitle: [broken\n---\n\nWords.\n", aFile({ title: "A", date: "tomorrow" }), "", "\u0000\u0000"];
  for (const text of broken) {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    await newsroom.write("a-02.md", text);
    expect(holdsOf(await newsroom.publish(withinGrace))).toEqual([]);
    expect(await newsroom.files()).toEqual(before);
    await newsroom.write("a-04.md", aFile({ title: "News", date: "2026-11-20T13:30:00Z" }));
    await newsroom.publish(pastGrace);
    expect(ids(await newsroom.files())).toEqual(["a-04", "a-03", "a-02", "a-01"]);
  }
});

test("keeps a published article with broken front matter byte for byte, also without a catalog", async () => {
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  await newsroom.write("a-02.md", "---\ntitle: [broken\n---\n\nWords.\n");
  const { prepared } = await newsroom.publish(later);
  expect(await newsroom.files()).toEqual(before);
  expect(prepared.catalog.findings.map((finding) => finding.code)).toContain("kept");
  await lose(newsroom.state, "catalog");
  await newsroom.publish("2026-11-20T15:00:00Z");
  expect(await newsroom.files()).toEqual(before);
});

test("shows an article that broke beyond the window by its summary, because its body was never kept", async () => {
  const site = `${aSiteFile}channels: [{ name: all, limit: 2 }]\n`;
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon, { site });
  await newsroom.write("a-01.md", "---\ntitle: [broken\n---\n");
  await newsroom.publish("2026-11-20T13:00:00Z", { site });
  await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z", draft: true }));
  await newsroom.publish(later, { site });
  const items = itemsOf(await newsroom.files());
  expect(items.map(({ title }) => title)).toEqual(["Article 02", "Article 01"]);
});
