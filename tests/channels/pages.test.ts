import { expect, test } from "vitest";
import { pageKeyOf, placePages } from "../../lambda/channels/pages.ts";
import { anEntryOf, inOrder } from "../support/a-catalog.ts";

const apart = { url: "https://wire.example/", feedUrl: "https://feeds.wire.example/" };
const together = { url: "https://wire.example/", feedUrl: "https://wire.example/feeds/" };

test.each([
  ["a folder's address is its index", "https://wire.example/ru/story/", apart, "ru/story/index.html"],
  ["an address without a slash is a file", "https://wire.example/ru/story.html", apart, "ru/story.html"],
  ["letters of any script are letters of the key", "https://wire.example/%D0%BC%D0%B8%D1%80/", apart, "мир/index.html"],
  ["a fragment is no part of it", "https://wire.example/story/#top", apart, "story/index.html"],
  ["a page may be on the host of the feeds", "https://feeds.wire.example/story/", apart, "story/index.html"],
  ["on one host, what feeds are below is the target", "https://wire.example/feeds/story/", together, "story/index.html"],
  ["and what is not below them is another's", "https://wire.example/story/", together, undefined],
  ["another host is another's", "https://elsewhere.example/story/", apart, undefined],
  ["an address that begins alike is another's", "https://wire.example.org/story/", apart, undefined],
  ["a file has no query", "https://wire.example/?p=12", apart, undefined],
  ["what is behind a partner's access is no place for readers", "https://wire.example/partners/msn/story/", apart, undefined],
  ["media are named by their bytes", "https://wire.example/media/story/", apart, undefined],
  ["an empty folder has no name", "https://wire.example/ru//story/", apart, undefined],
  ["a slash in a name is none", "https://wire.example/a%2Fb/", apart, undefined],
  ["broken percent signs name nothing", "https://wire.example/%E0%A4%A/", apart, undefined],
  ["a compressed variant is no page", "https://wire.example/story.gz", apart, undefined],
])("%s: %s", (_, address, site, key) => expect(pageKeyOf(address, site)).toBe(key));

const at = (number: number, path: string, says: object = {}) => anEntryOf(number, {}, { url: `https://wire.example/${path}`, ...says });
const placed = (entries: readonly ReturnType<typeof at>[], taken: readonly string[] = []) => {
  const { pages, notices } = placePages(inOrder(entries), apart, taken);
  return { keys: pages.map(({ key, entry }) => `${key} ${entry.meta.slug}`), notices: notices.map(({ code, key }) => `${code} ${key}`) };
};

test("of two articles with one address the older has the page, and the newcomer a notice", () =>
  expect(placed([at(1, "story/"), at(2, "story/")])).toEqual({ keys: ["story/index.html n1"], notices: ["page-occupied n2.md"] }));

test.each([
  ["world/", "world/index.html"],
  ["World/", "world/index.html"],
  ["world/rss.xml/", "world/rss.xml"],
  ["world", "world/rss.xml"],
])("an article at %s does not take the place of %s", (path, taken) =>
  expect(placed([at(1, path)], [taken])).toEqual({ keys: [], notices: ["page-occupied n1.md"] }),
);

test("an article that is elsewhere has no page, and a notice", () =>
  expect(placed([at(1, "", { url: "https://elsewhere.example/story/" })])).toEqual({ keys: [], notices: ["page-elsewhere n1.md"] }));

test("what is withdrawn, or has no address, has no page and nothing is said of it", () => {
  const { url: _, ...homeless } = at(2, "b/");
  expect(placed([at(1, "a/", { state: "canceled" }), homeless])).toEqual({ keys: [], notices: [] });
});
