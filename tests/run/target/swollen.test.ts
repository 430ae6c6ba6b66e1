import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";
import { itemsOf } from "../../support/readers/json-items.ts";

const site = `${aSiteFile}channels: [{ name: all }]\n`;
/** Short in its file, 2 MB in a feed: a reference to one address, again and again. */
const swelling = `[a]: https://x.example/${"y".repeat(200)}\n\n${"[a] ".repeat(9_000)}`;

test("bodies that swell never exceed what readers accept: the longest give way to their summaries, and nothing is held", async () => {
  const long = Object.fromEntries(
    [1, 2, 3].map((day) => [`long-${day}.md`, aFile({ title: `Long ${day}`, date: `2026-03-0${day}`, summary: "In short." }, swelling)]),
  );
  const newsroom = await aNewsroom({ ...long, "plain.md": aFile({ title: "Plain", date: "2026-01-01" }, "The plain text.") });
  const { prepared } = await newsroom.publish("2026-11-20T12:00:00Z", { site });
  expect(prepared.changes.plan.holds).toEqual([]);
  const files = await newsroom.files();
  expect(itemsOf(files).map(({ title, content_html: html, content_text: text }) => [title, html?.length ?? text])).toEqual([
    ["Long 3", "In short."],
    ["Long 2", expect.any(Number)],
    ["Long 1", expect.any(Number)],
    ["Plain", "<p>The plain text.</p>".length],
  ]);
  for (const name of ["rss.xml", "atom.xml", "feed.json"]) expect(files[`all/${name}`]?.length).toBeLessThan(5_000_000);
});

test("a text beyond every limit is shown as its summary and link, with a notice", async () => {
  const newsroom = await aNewsroom({
    "crowded.md": aFile({ title: "Crowded", date: "2026-03-01" }, `The beginning.\n\n${"a\n\n".repeat(66_000)}`),
  });
  const { prepared } = await newsroom.publish("2026-11-20T12:00:00Z", { site });
  expect(prepared.catalog.findings.map(({ kind, code }) => [kind, code])).toEqual([["notice", "article-crowded"]]);
  const [item] = itemsOf(await newsroom.files());
  expect(item).toMatchObject({
    title: "Crowded",
    url: "https://wire.example/crowded/",
    content_text: expect.stringMatching(/^The beginning\./),
  });
  expect(item).not.toHaveProperty("content_html");
});
