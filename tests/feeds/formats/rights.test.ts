import { expect, test } from "vitest";
import { renderRobots, renderTdmRep, tdmHeaders } from "../../../lambda/feeds/formats/rights.ts";

test("robots.txt names the crawlers that must stay away, the permitted uses and the licence", () => {
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

test("robots.txt names the existing sitemaps", () =>
  expect(renderRobots({ ai: { train: false }, disallow: [] }, ["https://feeds.wire.example/sitemap-news.xml"])).toMatch(
    /\n\nSitemap: https:\/\/feeds.wire.example\/sitemap-news.xml\n$/,
  ));

test("robots.txt leaves out what the newsroom does not set, and does not exist without any setting", () => {
  expect(renderRobots({ ai: { train: false }, disallow: [] })).toBe("User-agent: *\nContent-Signal: ai-train=no\nAllow: /\n");
  expect(renderRobots({ ai: {}, disallow: [] })).toBeUndefined();
});

test.each([
  [false, [{ location: "/", "tdm-reservation": 1, "tdm-policy": "https://wire.example/tdm.json" }]],
  [true, [{ location: "/", "tdm-reservation": 0 }]],
])("with training %s, tdmrep.json reserves the right to mine accordingly", (train, rules) =>
  expect(JSON.parse(renderTdmRep({ ai: { train }, disallow: [], policy: "https://wire.example/tdm.json" }) ?? "")).toEqual(rules),
);

test("tdmrep.json does not exist without a setting for training", () =>
  expect(renderTdmRep({ ai: { search: true }, disallow: [] })).toBeUndefined());

test.each([
  [false, { "tdm-reservation": "1", "tdm-policy": "https://wire.example/%D1%82dm?a=%22" }],
  [true, { "tdm-reservation": "0" }],
  [undefined, undefined],
])("with training %s, the headers say what tdmrep.json says", (train, headers) =>
  expect(tdmHeaders({ ai: train === undefined ? {} : { train }, disallow: [], policy: 'https://wire.example/тdm?a="' })).toEqual(headers),
);
