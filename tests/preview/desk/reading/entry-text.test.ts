import { expect, test } from "vitest";
import { entryFinder } from "../../../../lambda/preview/desk/reading/entry-text.ts";

const article = { id: "a", uri: "tag:wire.example,2026-01-01:a", url: "https://wire.example/a/?b&c" };

test.each([
  [
    "rss.xml",
    "<rss>\n  <item>\n    <guid>b</guid>\n  </item>\n  <item>\n    <guid>a</guid>\n  </item>\n</rss>",
    "<item>\n  <guid>a</guid>\n</item>",
  ],
  [
    "atom.xml",
    "<feed><id>x</id><entry><id>tag:wire.example,2026-01-01:a</id></entry></feed>",
    "<entry><id>tag:wire.example,2026-01-01:a</id></entry>",
  ],
  ["feed.json", '{"items":[{"id":"b"},{"id":"tag:wire.example,2026-01-01:a"}]}', '{\n  "id": "tag:wire.example,2026-01-01:a"\n}'],
  [
    "sitemap.xml",
    "<urlset><url><loc>https://wire.example/a/?b&amp;c</loc></url></urlset>",
    "<url><loc>https://wire.example/a/?b&amp;c</loc></url>",
  ],
  ["a.json", '{"uri":"tag:wire.example,2026-01-01:a","title":"A"}', '{"uri":"tag:wire.example,2026-01-01:a","title":"A"}'],
  [
    "a.xml",
    '<newsItem guid="tag:wire.example,2026-01-01:a"><x/></newsItem>',
    '<newsItem guid="tag:wire.example,2026-01-01:a"><x/></newsItem>',
  ],
])("finds the entry of an article in %s", (key, text, entry) => {
  expect(entryFinder(key, text)(article)).toBe(entry);
  expect(entryFinder(key, text)({ id: "c", uri: "tag:c" })).toBeUndefined();
});

test("is not misled by the tags and ids in a body", () => {
  const other = "<item><guid>b</guid><content><![CDATA[</item><item><guid>a</guid></item>]]></content></item>";
  expect(entryFinder("rss.xml", `<rss>${other}</rss>`)(article)).toBeUndefined();
});

test("a damaged file shows no entry", () => {
  expect(entryFinder("feed.json", '{"items":[')(article)).toBeUndefined();
  expect(entryFinder("rss.xml", "<rss><item><guid>a</guid>")(article)).toBeUndefined();
});
