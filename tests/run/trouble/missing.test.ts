import { expect, test } from "vitest";
import { aNewsroom, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { titlesOf } from "../../support/readers/json-items.ts";

const noon = "2026-11-20T12:00:00Z";
const withinGrace = "2026-11-20T13:00:00Z";
const pastGrace = "2026-11-20T15:00:00Z";

type Files = Readonly<Record<string, string>>;
const ids = (files: Files, path = "all") =>
  (JSON.parse(files[`${path}/feed.json`] ?? "{}") as { items: { id: string }[] }).items.map(({ id }) => id.split(":").at(-1));
const holdsOf = ({ prepared }: Awaited<ReturnType<Newsroom["publish"]>>) => prepared.changes.plan.holds;

test("keeps an article without its file for the grace, then drops it", async () => {
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon);
  await newsroom.remove("a-02.md");
  await newsroom.publish("2026-11-20T13:00:00Z");
  expect(titlesOf(await newsroom.files())).toHaveLength(3);
  await newsroom.publish("2026-11-20T14:00:00Z");
  expect(titlesOf(await newsroom.files())).toEqual(["Article 03", "Article 01"]);
});

test("reports a missing file while its article stays, and once when the article goes", async () => {
  const newsroom = await aNewsroom(someArticles(3));
  const codes = async (now: string) => (await newsroom.publish(now)).prepared.catalog.findings.map(({ code, key }) => `${code} ${key}`);
  await newsroom.publish(noon);
  await newsroom.remove("a-02.md");
  expect(await codes("2026-11-20T13:00:00Z")).toEqual(["missing a-02.md"]);
  expect(await codes("2026-11-20T14:00:00Z")).toEqual(["dropped a-02.md"]);
  expect(await codes("2026-11-20T15:00:00Z")).toEqual([]);
});

test("keeps every byte within the grace; after it no format has the article, and Atom has a tombstone", async () => {
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  await newsroom.remove("a-02.md");
  await newsroom.publish(withinGrace);
  expect(await newsroom.files()).toEqual(before);
  expect(holdsOf(await newsroom.publish(pastGrace))).toEqual([]);
  const after = await newsroom.files();
  expect(ids(after)).toEqual(["a-03", "a-01"]);
  expect(after["all/rss.xml"]).not.toContain("a-02");
  expect(after["all/atom.xml"]).toContain('<at:deleted-entry ref="tag:wire.example,2026-01-01:a-02" when="2026-11-20T14:00:00.000Z"/>');
});

test("gives a file that comes back its id and its date again, within the grace and after it", async () => {
  for (const back of [withinGrace, "2026-11-20T18:00:00Z"]) {
    const newsroom = await aNewsroom({ ...someArticles(2), "note.md": "# A note\n\nWithout a date.\n" });
    await newsroom.publish(noon);
    await newsroom.remove("note.md");
    await newsroom.publish("2026-11-20T12:30:00Z");
    if (back > pastGrace) await newsroom.publish(pastGrace);
    await newsroom.write("note.md", "# A note\n\nWithout a date.\n");
    await newsroom.publish(back);
    const feed = JSON.parse((await newsroom.files())["all/feed.json"] ?? "{}") as { items: { id: string; date_published: string }[] };
    expect(feed.items[0]).toMatchObject({ id: "tag:wire.example,2026-01-01:note", date_published: new Date(noon).toISOString() });
  }
});
