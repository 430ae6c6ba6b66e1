import { parseOpml } from "feedsmith";
import { expect, test } from "vitest";
import { renderOpml } from "../../../lambda/feeds/formats/opml.ts";
import { strictly } from "../strict-reader.ts";

test("the list has every feed with its title, address and page", () => {
  const opml = renderOpml({
    title: "R&D <news>\u0001",
    feeds: [
      { title: 'Q&A "live"', url: "https://feeds.wire.example/?a=1&b=2", page: "https://feeds.wire.example/", language: "ru" },
      { title: "World", url: "https://feeds.wire.example/world/rss.xml" },
    ],
  });
  expect(strictly(opml).attributes.version).toBe("2.0");
  const read = parseOpml(opml);
  expect(read.head?.title).toBe("R&D <news>");
  expect(
    read.body?.outlines?.map(({ type, text, title, xmlUrl, htmlUrl, language }) => [type, text, title, xmlUrl, htmlUrl, language]),
  ).toEqual([
    ["rss", 'Q&A "live"', 'Q&A "live"', "https://feeds.wire.example/?a=1&b=2", "https://feeds.wire.example/", "ru"],
    ["rss", "World", "World", "https://feeds.wire.example/world/rss.xml", undefined, undefined],
  ]);
});

test("has no date, which would change its bytes on every run", () =>
  expect(renderOpml({ title: "The Wire", feeds: [] })).not.toMatch(/date/i));
