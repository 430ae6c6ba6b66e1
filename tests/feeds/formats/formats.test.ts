import { expect, test } from "vitest";
import { renderFormats } from "../../../lambda/feeds/formats/formats.ts";
import { aFeed } from "../../support/a-feed.ts";

test("a document has a file with a charset for each of its formats, in a fixed order", () =>
  expect(renderFormats(aFeed({ path: "section/world" })).map(({ key, format, contentType }) => [key, format, contentType])).toEqual([
    ["section/world/rss.xml", "rss", "application/rss+xml; charset=utf-8"],
    ["section/world/atom.xml", "atom", "application/atom+xml; charset=utf-8"],
    ["section/world/feed.json", "json", "application/feed+json; charset=utf-8"],
  ]));

test("a format that the feed does not have is not rendered", () =>
  expect(renderFormats(aFeed({ urls: { atom: "https://feeds.wire.example/all/atom.xml" } })).map(({ key }) => key)).toEqual([
    "all/atom.xml",
  ]));
