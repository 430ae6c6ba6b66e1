import { expect, it } from "vitest";
import { dialects } from "../../../lambda/partners/dialects/dialects.ts";
import type { PartnerItem } from "../../../lambda/partners/model/item.ts";
import { itemsOf, textOf } from "../../feeds/strict-reader.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule } from "../a-partner.ts";

const published = (at: string, says: Partial<PartnerItem> = {}) =>
  aPartnerItem({ ...says, entry: { id: `tag:wire.example,2026:${at}`, published: at, updated: at } });
const items = [
  published("2026-11-22T09:00:00.000Z"),
  published("2026-11-22T00:00:00.000Z"),
  published("2026-11-10T23:59:59.999Z"),
  published("2026-11-09T08:00:00.000Z", { life: { kind: "canceled", since: "2026-11-22T08:00:00.000Z" } }),
];
const filesFor = (settings: Readonly<Record<string, unknown>>) =>
  dialects["google-licensed"]
    .filesOf(aPartnerFeed(aPartnerRule("google-licensed", { settings }), items))
    .map(({ name, ids }) => [name, ids.length]);

it("keeps each day in a file of its own, beside the feed of its window", () => {
  expect(filesFor({ archiveDays: 100 })).toEqual([
    ["rss.xml", 3],
    ["archive/2026/feed-2026-11-22.xml", 2],
    ["archive/2026/feed-2026-11-10.xml", 1],
  ]);
});

it("is not there unless it is wanted", () => {
  expect(filesFor({})).toEqual([["rss.xml", 4]]);
});

it("holds text alone", () => {
  const partner = aPartnerRule("google-licensed", { settings: { archiveDays: 100 } });
  const { text, judged } = dialects["google-licensed"].render(
    aPartnerFeed(partner, items.slice(0, 2), { file: "partners/valley/archive/2026/feed-2026-11-22.xml" }),
  );
  expect(itemsOf(text).map((item) => textOf(item, "guid"))).toEqual(items.slice(0, 2).map(({ entry }) => entry.id));
  expect(text).not.toMatch(/media:content |<img/);
  expect(judged).toEqual([]);
});
