import { expect, test } from "vitest";
import { renderAtom } from "../../../lambda/feeds/formats/atom.ts";
import { renderJsonFeed } from "../../../lambda/feeds/formats/json-feed.ts";
import { machineTermsOf, renderRsl } from "../../../lambda/feeds/formats/rsl.ts";
import { renderRss } from "../../../lambda/feeds/formats/rss.ts";
import { aFeed, anEntry } from "../../support/a-feed.ts";
import { ATOM, all, channelOf, itemsOf, type Node, strictly } from "../strict-reader.ts";

const RSL = "{https://rslstandard.org/rsl}";

const terms = { permits: ["search", "ai-input"], prohibits: ["ai-train"], payment: "attribution" };
const license = "https://creativecommons.org/licenses/by/4.0/";
const here = "https://wire.example/all/rss.xml";

/** An element as [name, attributes or text, children]. */
const shown = ({ name, attributes, nodes, text }: Node): unknown => [
  name.replace(RSL, "rsl:"),
  ...Object.values(attributes),
  ...(nodes.length === 0 && text !== "" ? [text] : []),
  ...nodes.map(shown),
];

const licence = (standard: string) => [
  "rsl:license",
  ["rsl:permits", "usage", "search ai-input"],
  ["rsl:prohibits", "usage", "ai-train"],
  ["rsl:payment", "attribution", ["rsl:standard", standard]],
];

const itemOf = (entry: Parameters<typeof anEntry>[0], feed: Parameters<typeof aFeed>[0] = {}) =>
  all(itemsOf(renderRss(aFeed({ urls: { rss: here }, terms, license, ...feed, entries: [anEntry(entry)] })))[0]!, `${RSL}content`);

test("each use that site.yaml decides is permitted or prohibited; without terms there is no licence", () => {
  const rights = { ai: { search: true, input: false, train: false }, disallow: [] };
  expect(machineTermsOf({ ...rights, terms: { payment: "free" } })).toEqual({
    permits: ["search"],
    prohibits: ["ai-input", "ai-train"],
    payment: "free",
  });
  expect([machineTermsOf(rights), machineTermsOf(undefined)]).toEqual([undefined, undefined]);
});

test("the document licenses everything below feedUrl", () => {
  const root = strictly(renderRsl(terms, { feedUrl: "https://feeds.wire.example/", license }));
  expect(root.nodes.map(shown)).toEqual([["rsl:content", "https://feeds.wire.example/", licence(license)]]);
  expect(root.name).toBe(`${RSL}rsl`);
});

test("what is free names no licence, and an empty list of uses is left out", () => {
  const text = renderRsl({ permits: [], prohibits: ["ai-train"], payment: "free" }, { feedUrl: "https://feeds.wire.example/", license });
  expect(text).toContain('<license><prohibits type="usage">ai-train</prohibits><payment type="free"/></license>');
});

test("an item of RSS holds the licence of its article, each element with the namespace", () => {
  const url = "https://wire.example/a?b=1&c=2";
  expect(itemOf({ url }).map(shown)).toEqual([["rsl:content", url, licence(license)]]);
});

test("the article's own licence stands in place of the newsroom's", () => {
  const own = "https://wire.example/terms/?a=1&b=2";
  expect(itemOf({ license: own }).map(shown)).toEqual([["rsl:content", anEntry().url, licence(own)]]);
});

test("nothing is licensed on another origin than the feed's", () => {
  expect(itemOf({ url: "https://elsewhere.example/a/" })).toEqual([]);
  expect(itemOf({}, { urls: { rss: "https://feeds.wire.example/all/rss.xml" } })).toEqual([]);
});

test("every format links to the licence of the newsroom", () => {
  const rsl = "https://feeds.wire.example/rsl.xml";
  const feed = aFeed({ license, rsl });
  const linked = (node: Node) =>
    all(node, `${ATOM}link`).flatMap(({ attributes: { rel, type, href } }) => (rel === "license" ? [[type, href]] : []));
  for (const node of [strictly(renderAtom(feed)), channelOf(renderRss(feed))]) {
    expect(linked(node)).toContainEqual([undefined, license]);
    expect(linked(node)).toContainEqual(["application/rsl+xml", rsl]);
  }
  expect(JSON.parse(renderJsonFeed(feed))).toMatchObject({ _wireroom: { license, rsl } });
});

test("without terms a feed does not name the namespace", () => {
  expect(renderRss(aFeed({ entries: [anEntry()] }))).not.toContain("rslstandard");
});
