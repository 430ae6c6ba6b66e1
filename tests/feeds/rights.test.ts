import { expect, test } from "vitest";
import { renderRobots, renderTdmRep } from "../../lambda/feeds/rights.ts";

test("robots.txt says who shall stay away, what may be done with what is fetched, and where the licence is", () => {
  const robots = renderRobots({
    ai: { search: true, input: false, train: false },
    disallow: ["GPTBot", "CCBot"],
    rsl: "https://wire.example/license.xml",
  });
  expect(robots).toBe(`License: https://wire.example/license.xml

User-agent: GPTBot
User-agent: CCBot
Disallow: /

User-agent: *
Content-Signal: search=yes, ai-input=no, ai-train=no
Allow: /
`);
});

test("robots.txt names the sitemaps that there are", () =>
  expect(renderRobots({ ai: { train: false }, disallow: [] }, ["https://feeds.wire.example/sitemap-news.xml"])).toMatch(
    /\n\nSitemap: https:\/\/feeds.wire.example\/sitemap-news.xml\n$/,
  ));

test("what the newsroom does not say robots.txt does not say, and of nothing there is none", () => {
  expect(renderRobots({ ai: { train: false }, disallow: [] })).toBe("User-agent: *\nContent-Signal: ai-train=no\nAllow: /\n");
  expect(renderRobots({ ai: {}, disallow: [] })).toBeUndefined();
});

test.each([
  [false, [{ location: "/", "tdm-reservation": 1, "tdm-policy": "https://wire.example/tdm.json" }]],
  [true, [{ location: "/", "tdm-reservation": 0 }]],
])("where training is %s, the right to mine is reserved or not", (train, rules) =>
  expect(JSON.parse(renderTdmRep({ ai: { train }, disallow: [], policy: "https://wire.example/tdm.json" }) ?? "")).toEqual(rules),
);

test("where nothing is said of training, nothing is said of mining", () =>
  expect(renderTdmRep({ ai: { search: true }, disallow: [] })).toBeUndefined());
