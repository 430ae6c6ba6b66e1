import { describe, expect, test } from "vitest";
import { pageKeyOf, placePages } from "../../../lambda/channels/select/pages.ts";
import { movesOf } from "../../../lambda/channels/site/moves.ts";
import type { Site } from "../../../lambda/channels/site/site.ts";
import { anEntryOf, inOrder } from "../../support/a-catalog.ts";
import { aByRule, aNamedRule, aSite } from "../../support/a-site.ts";

const apart = { url: "https://wire.example/", feedUrl: "https://feeds.wire.example/" };
const together = { url: "https://wire.example/", feedUrl: "https://wire.example/feeds/" };

test.each([
  ["the address of a folder is its index", "https://wire.example/ru/story/", apart, "ru/story/index.html"],
  ["an address without a slash is a file", "https://wire.example/ru/story.html", apart, "ru/story.html"],
  ["letters of any script are letters of the key", "https://wire.example/%D0%BC%D0%B8%D1%80/", apart, "мир/index.html"],
  ["a fragment is not part of the key", "https://wire.example/story/#top", apart, "story/index.html"],
  ["a page may be on the host of the feeds", "https://feeds.wire.example/story/", apart, "story/index.html"],
  ["on one host, the target is everything below the feeds", "https://wire.example/feeds/story/", together, "story/index.html"],
  ["and anything else there belongs to another", "https://wire.example/story/", together, undefined],
  ["another host belongs to another", "https://elsewhere.example/story/", apart, undefined],
  ["an address that only begins alike belongs to another", "https://wire.example.org/story/", apart, undefined],
  ["a file has no query", "https://wire.example/?p=12", apart, undefined],
  ["an empty folder has no name", "https://wire.example/ru//story/", apart, undefined],
  ["an encoded slash in a name is refused", "https://wire.example/a%2Fb/", apart, undefined],
  ["broken percent-encoding names nothing", "https://wire.example/%E0%A4%A/", apart, undefined],
  ["a backslash, which the edge does not answer, is refused", "https://wire.example/a%5Cb/", apart, undefined],
  ["and so is a line feed", "https://wire.example/a%0Ab/", apart, undefined],
  ["a path without a file extension is a folder", "https://wire.example/ru/story", apart, "ru/story/index.html"],
  [
    "unless the permalink of the site makes such addresses",
    "https://wire.example/ru/story",
    { ...apart, permalink: "/{slug}" },
    "ru/story",
  ],
])("%s: %s", (_, address, site, key) => expect(pageKeyOf(address, site)).toBe(key));

const at = (number: number, path: string, says: object = {}) => anEntryOf(number, {}, { url: `https://wire.example/${path}`, ...says });
const placed = (
  entries: readonly ReturnType<typeof at>[],
  { taken = [], held = {}, site = {} }: { taken?: readonly string[]; held?: Readonly<Record<string, string>>; site?: Partial<Site> } = {},
) => {
  const { pages, notices } = placePages(inOrder(entries), aSite({ ...apart, ...site }), taken, {
    holder: (key) => held[key],
    strangers: [],
    theirs: [],
  });
  return { keys: pages.map(({ key, entry }) => `${key} ${entry.meta.slug}`), notices: notices.map(({ code, key }) => `${code} ${key}`) };
};

test("of two articles with one address the older has the page, and the newer a notice", () =>
  expect(placed([at(1, "story/"), at(2, "story/")])).toEqual({ keys: ["story/index.html n1"], notices: ["page-occupied n2.md"] }));

test("a new article with an old date does not replace the page of an article seen before", () =>
  expect(placed([at(1, "story/", { since: "2026-11-02T00:00:00.000Z" }), at(2, "story/", { since: "2026-11-01T00:00:00.000Z" })])).toEqual({
    keys: ["story/index.html n2"],
    notices: ["page-occupied n1.md"],
  }));

test("an older article that moves to another's address does not replace its page", () => {
  const held = { "story/index.html": anEntryOf(2).id };
  expect(placed([at(1, "story/"), at(2, "story/")], { held })).toEqual({ keys: ["story/index.html n2"], notices: ["page-occupied n1.md"] });
});

test.each([
  ["world/", "world/index.html"],
  ["World/", "world/index.html"],
  ["wo%CC%88rld/", "w\u00f6rld/index.html"],
  ["a/b/", "a/b"],
  ["a", "a/index.html/b"],
])("an article at %s does not take the place of %s", (path, taken) =>
  expect(placed([at(1, path)], { taken: [taken] })).toEqual({ keys: [], notices: ["page-occupied n1.md"] }),
);

describe("an article's page takes no address that has another meaning", () => {
  const site: Partial<Site> = {
    ...{ permalink: "/{section}/{slug}/", language: "en", languages: ["en", "ru"] },
    channels: [aNamedRule("world", { split: "language" }), aByRule("tag")],
    moves: movesOf({
      url: apart.url,
      moved: { "/old/rss.xml": "/all/rss.xml", "/blog/": "/all/", "/then": "/all/rss.xml" },
      retired: ["/gone/"],
    }),
  };
  test.each(
    [
      [
        "rss.xml",
        "RSS.xml",
        "rss.xml/",
        "%72ss.xml",
        "./x/../rss.xml",
        "feed",
        "feed/",
        "Feed/",
        "rss/",
        "feed.json",
        "index.xml",
        "any/depth/atom.xml",
      ],
      [
        "robots.txt",
        "robots.txt/",
        "robots.txt/a/",
        "ads.txt",
        "app-ads.txt",
        "ads.txt/",
        "humans.txt",
        "sitemap.xml",
        "sitemap-news.xml",
        "sitemap_index.xml",
      ],
      ["favicon.ico", "apple-touch-icon-precomposed.png", "manifest.webmanifest", "sw.js", "google0123abc.html", "yandex_0123abc.html"],
      [
        ".well-known/security.txt",
        ".well-known/a/",
        "%2Ewell-known/a/",
        ".git/config",
        "index.html",
        "",
        "edge.json",
        "status.json",
        "feeds.opml",
      ],
      ["media/", "media/a.png", "media/a/", "MEDIA/a/", "partners/msn/", "p/token/", "archive/2026-01/"],
      ["world", "world/", "world/index.html", "world/archive/2026-01/", "world/ru/", "world/ru/archive/2026-01/", "tag/tea/", "tag/"],
      ["all/rss.xml.gz/", "story.html.gz", "a.br/b/", "story.png", "data.json", "script.js"],
      ["old/rss.xml", "blog/", "blog/story/", "then", "then/", "gone/", "gone/story/"],
    ].flat(),
  )("/%s", (path) => expect(placed([at(1, path)], { site })).toEqual({ keys: [], notices: ["page-reserved n1.md"] }));

  test.each([
    "world/story/",
    "feeds/",
    "rss-readers/",
    "2026/rss/",
    "robots/",
    "sitemap/",
    "security/",
    "a/archive/",
    "media-law/",
    "story.html",
    "404.html",
    "v24.1.0/",
  ])("but it may have /%s", (path) => expect(placed([at(1, path)], { site }).notices).toEqual([]));

  test("a site whose own addresses begin so may use them", () =>
    expect(placed([at(1, "p/story/")], { site: { ...site, permalink: "/p/{slug}/" } }).notices).toEqual([]));
});

test("an article at another site has no page, and a notice", () =>
  expect(placed([at(1, "", { url: "https://elsewhere.example/story/" })])).toEqual({ keys: [], notices: ["page-elsewhere n1.md"] }));

test("a withdrawn article, or one without an address, has no page and no notice", () => {
  const { url: _, ...homeless } = at(2, "b/");
  expect(placed([at(1, "a/", { state: "canceled" }), homeless])).toEqual({ keys: [], notices: [] });
});
