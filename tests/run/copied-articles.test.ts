import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";

const site = `${aSiteFile}guard: { grace: 1h }\n`;
const [noon, one, two, friday] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T15:00:00Z", "2026-11-27T12:00:00Z"];
const text = "The text of Monday, which somebody takes as the beginning of another.";
const scheduled = aFile({ title: "Monday", date: "2026-11-25T09:00:00Z" }, text);

async function aMonday() {
  const newsroom = await aNewsroom({
    "mon.md": aFile({ title: "Monday" }, text),
    "old.md": aFile({ title: "Old", date: "2026-01-01T09:00:00Z" }),
  });
  await newsroom.publish(noon, { site });
  const items = async () => {
    const feed = (await newsroom.files())["all/feed.json"] ?? "{}";
    const { items: all } = JSON.parse(feed) as { items: { id: string; title: string; date_published: string }[] };
    return all
      .filter(({ title }) => title !== "Old")
      .map(({ id, title, date_published }) => [id.replace("tag:wire.example,2026-01-01:", ""), title, date_published]);
  };
  return { ...newsroom, items };
}

test("a copied and then edited article stays the same article, and a copy for another day waits for it", async () => {
  const newsroom = await aMonday();
  await newsroom.write("tue.md", scheduled);
  await newsroom.write("mon.md", aFile({ title: "Monday, corrected" }, "Other words."));
  const { prepared } = await newsroom.publish(one, { site });
  const monday = ["mon", "Monday, corrected", "2026-11-20T12:00:00.000Z"];
  expect(await newsroom.items()).toEqual([monday]);
  expect(prepared.catalog.findings.map(({ code, key }) => [code, key])).toEqual([["move-unclear", "tue.md"]]);
  expect((await newsroom.publish(two, { site })).prepared.catalog.findings).toEqual([]);
  await newsroom.publish(friday, { site });
  expect(await newsroom.items()).toEqual([["tue", "Monday", "2026-11-25T09:00:00.000Z"], monday]);
});

test("a waiting copy does not become the article when the original is deleted", async () => {
  const newsroom = await aMonday();
  await newsroom.write("tue.md", scheduled);
  await newsroom.publish(one, { site });
  await newsroom.remove("mon.md");
  await newsroom.publish(two, { site });
  await newsroom.publish("2026-11-20T18:00:00Z", { site });
  expect(await newsroom.items()).toEqual([]);
  await newsroom.publish(friday, { site });
  expect(await newsroom.items()).toEqual([["tue", "Monday", "2026-11-25T09:00:00.000Z"]]);
});

test.each([
  ["withdrawn", { status: "canceled" }],
  ["embargoed", { embargo: "2026-11-20T14:00:00Z" }],
  ["expired", { expires: "2026-11-20T12:30:00Z" }],
])("an article that is %s and moves to the path of a deleted one keeps its id", async (_, says) => {
  const newsroom = await aMonday();
  await newsroom.write("tue.md", aFile({ title: "Tuesday" }, "Other words."));
  await newsroom.publish(noon, { site });
  await newsroom.write("mon.md", aFile({ title: "Monday", ...says }, text));
  await newsroom.publish(one, { site });
  await newsroom.remove("mon.md");
  await newsroom.write("tue.md", aFile({ title: "Monday", ...says }, text));
  await newsroom.publish(one, { site });
  await newsroom.write("tue.md", aFile({ title: "Monday" }, text));
  await newsroom.publish(two, { site });
  expect(await newsroom.items()).toEqual([["mon", "Monday", "2026-11-20T12:00:00.000Z"]]);
});
