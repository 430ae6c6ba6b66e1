import { describe, expect, test } from "vitest";
import { isRelative } from "../../../lambda/articles/links/relative-mark.ts";
import { aNewsroom } from "../../support/a-newsroom.ts";

const SITE = "title: The Wire\nurl: https://wire.example/\nids: { authority: wire.example, since: 2026-01-01 }\n";
const dated = (text: string, more = ""): string => `---\ntitle: Ferry\ndate: 2026-11-01T09:00:00Z\n${more}---\n${text}\n`;

/** The entry of a newsroom with one article. */
async function entryOf(text: string, site: string) {
  const newsroom = await aNewsroom({ "news/ferry.md": text });
  await newsroom.publish("2026-11-20T12:00:00Z", { site });
  const files = await newsroom.files();
  return { newsroom, files, item: JSON.parse(files["all/feed.json"] ?? "{}").items[0] };
}

describe("resolves relative links against the address that the permalink makes", () => {
  const site = `${SITE}permalink: /{year}/{slug}/\npages: true\n`;

  test.each([
    ["a link", "[x](map.html?a=1,2&b#c)", 'href="https://wire.example/2026/ferry/map.html?a=1,2&amp;b#c"'],
    ["a link upwards", "[x](../other/)", 'href="https://wire.example/2026/other/"'],
    ["a query alone", "[x](?print)", 'href="https://wire.example/2026/ferry/?print"'],
    ["a link from the root", "[x](/map)", 'href="https://wire.example/map"'],
    ["a place in the article", "[x](#map)", 'href="https://wire.example/2026/ferry/#map"'],
    ["a picture that is not in the content", "![x](mayor's.png)", 'src="https://wire.example/2026/ferry/mayor&#x27;s.png"'],
    ["a picture without an extension", "![x](picture?id=1)", 'src="https://wire.example/2026/ferry/picture?id=1"'],
    [
      "a set of pictures",
      '<img src="a" srcset="a 1x, w_1,h_2/b 2x, c,d.png 3x">',
      'srcset="https://wire.example/2026/ferry/a 1x, https://wire.example/2026/ferry/w_1%2Ch_2/b 2x, https://wire.example/2026/ferry/c%2Cd.png 3x"',
    ],
    ["a quotation's source", '<blockquote cite="said">x</blockquote>', 'cite="https://wire.example/2026/ferry/said"'],
  ])("%s", async (_, markdown, html) => {
    const { item, files } = await entryOf(dated(markdown), site);
    expect(item.url).toBe("https://wire.example/2026/ferry/");
    expect(item.content_html).toContain(html);
    expect(files["all/rss.xml"]).toContain(item.content_html);
    expect(files["2026/ferry/index.html"]).toContain(html);
  });

  test("in lead image and attachments, too", async () => {
    const { item } = await entryOf(dated("x", "image: lead.png\naudio: talk?id=1\n"), site);
    expect(item.image).toBe("https://wire.example/2026/ferry/lead.png");
    expect(item.attachments).toMatchObject([{ url: "https://wire.example/2026/ferry/talk?id=1" }]);
  });

  test("follows a change of that address without a new date", async () => {
    const { newsroom, item } = await entryOf(dated("[x](map.html)"), site);
    await newsroom.publish("2026-11-21T12:00:00Z", { site: site.replace("{year}", "news") });
    const later = JSON.parse((await newsroom.files())["all/feed.json"] ?? "{}").items[0];
    expect(later.content_html).toContain('href="https://wire.example/news/ferry/map.html"');
    expect([later.id, later.date_modified]).toEqual([item.id, item.date_modified]);
  });
});

test("resolves relative links of an article without an address against the site", async () => {
  const { item } = await entryOf(dated("[x](map.html) ![y](y.png) [z](#z)"), SITE);
  expect(item.content_html).toBe(
    '<p><a href="https://wire.example/map.html">x</a> <img src="https://wire.example/y.png" alt="y"> <a>z</a></p>',
  );
});

test("keeps text that looks like a mark", async () => {
  const { item } = await entryOf(dated('wireroom-self:a href="wireroom-self:b" <b title="wireroom-self:c">d</b>'), SITE);
  expect(item.content_html).toBe('<p>wireroom-self:a href="wireroom-self:b" <b title="wireroom-self:c">d</b></p>');
});

test.each([
  ["a", true],
  ["./a", true],
  ["..", true],
  ["?a", true],
  [" a:b/c", false],
  ["a/b:c", true],
  ["/a", false],
  ["\\a", false],
  ["//a", false],
  ["#a", false],
  ["ht\ntps://a.example", false],
  ["", false],
])("%j is relative: %s", (written, answer) => expect(isRelative(written)).toBe(answer));
