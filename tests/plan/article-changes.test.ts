import { expect, test } from "vitest";
import { articleChanges } from "../../lambda/plan/article-changes.ts";
import type { Prepared } from "../../lambda/run/prepared.ts";
import { aFile, aNewsroom, someArticles } from "../support/a-newsroom.ts";

const [noon, one, later] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T20:00:00Z"];

const changesOf = ({ before, catalog, changes }: Prepared) =>
  articleChanges(before.ledger.value, changes.plan.ledger, {
    entries: catalog.entries,
    withheld: catalog.withheld,
    records: before.catalog.value.records,
    grace: 3_600_000,
  });

/** What a run at `now` would change after the first one at noon. */
const changed = async (change: (newsroom: Awaited<ReturnType<typeof aNewsroom>>) => Promise<unknown>, now = one) => {
  const newsroom = await aNewsroom(someArticles(4));
  await newsroom.publish(noon);
  await change(newsroom);
  const { prepared } = await newsroom.publish(now);
  return changesOf(prepared);
};
const says = (more: Readonly<Record<string, string | boolean>>, body = "The body of article 02.") =>
  aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z", ...more }, body);

test("a first run names every article as new, in the order of their files", async () => {
  const newsroom = await aNewsroom(someArticles(2));
  const { prepared } = await newsroom.publish(noon);
  expect(changesOf(prepared)).toEqual([
    { what: "new", key: "a-01.md", title: expect.any(String), why: "published 2026-03-01 09:00 UTC" },
    { what: "new", key: "a-02.md", title: expect.any(String), why: "published 2026-03-02 09:00 UTC" },
  ]);
});

test.each([
  ["edited", says({}, "Other words."), "text"],
  ["edited", says({ title: "Another" }), 'title, was "Article 02"'],
  ["corrected", says({ correction: "The number was wrong." }, "Other words."), "The number was wrong."],
  ["withdrawn", says({ status: "canceled" }), "its file says so"],
  ["draft", says({ draft: true }), "its file says so"],
  ["embargoed", says({ embargo: "2027-01-01T00:00:00Z" }), "until 2027-01-01 00:00 UTC"],
  ["expired", says({ expires: "2026-11-20T12:30:00Z" }), "since 2026-11-20 12:30 UTC"],
])("an article is %s", async (what, text, why) => {
  const changes = await changed((newsroom) => newsroom.write("a-02.md", text));
  expect(changes).toEqual([{ what, key: "a-02.md", title: expect.any(String), why }]);
});

test("a file that is gone is missing at first, and leaves after the grace", async () => {
  const remove = (newsroom: Awaited<ReturnType<typeof aNewsroom>>) => newsroom.content.remove("a-02.md");
  expect(await changed(remove)).toEqual([
    { what: "missing", key: "a-02.md", title: expect.any(String), why: "its file is gone; leaves 2026-11-20 14:00 UTC" },
  ]);
  const newsroom = await aNewsroom(someArticles(4));
  await newsroom.publish(noon);
  await remove(newsroom);
  await newsroom.publish(one);
  const { prepared } = await newsroom.publish(later);
  expect(changesOf(prepared)).toEqual([{ what: "gone", key: "a-02.md", why: "its file is gone since 2026-11-20 13:00 UTC" }]);
});

test("a file with another name is moved, and a draft that is published again is back", async () => {
  const moved = await changed(async (newsroom) => {
    const text = (await newsroom.content.read("a-02.md"))?.bytes ?? new Uint8Array();
    await newsroom.content.remove("a-02.md");
    await newsroom.content.write("b/a-02.md", text);
  });
  expect(moved).toEqual([{ what: "moved", key: "b/a-02.md", title: expect.any(String), from: "a-02.md", why: "was a-02.md" }]);
  const newsroom = await aNewsroom(someArticles(4));
  await newsroom.publish(noon);
  await newsroom.write("a-02.md", says({ draft: true }));
  await newsroom.publish(one);
  await newsroom.write("a-02.md", says({}));
  const { prepared } = await newsroom.publish(later);
  const changes = changesOf(prepared);
  expect(changes.map(({ what, key, why }) => [what, key, why])).toEqual([["back", "a-02.md", "was draft"]]);
});

test("nothing changed, nothing named", async () => {
  expect(await changed(async () => {})).toEqual([]);
});
