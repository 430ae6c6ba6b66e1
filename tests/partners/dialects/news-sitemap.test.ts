import { describe, expect, it } from "vitest";
import { dialects } from "../../../lambda/partners/dialects/dialects.ts";
import type { PartnerItem } from "../../../lambda/partners/model/item.ts";
import { type Node, strictly } from "../../feeds/strict-reader.ts";
import { saidByXmllint, schemasAbsent, xmllintAbsent } from "../../support/readers/iptc-schemas.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule } from "../a-partner.ts";

const { filesOf, render } = dialects["google-news"];

function files(items: readonly PartnerItem[], settings: Record<string, unknown> = {}, publisher = "The Wire") {
  const feed = aPartnerFeed(aPartnerRule("google-news", { settings }), items, { publisher });
  return filesOf(feed).map((file) => {
    const shown = items.filter(({ entry }) => file.ids.includes(entry.id));
    const url = `https://feeds.wire.example/partners/valley/${file.name}`;
    return { ...file, ...render({ ...feed, file: `partners/valley/${file.name}`, url, items: shown }) };
  });
}

const some = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aPartnerItem({ entry: { id: `a${index}`, url: `https://wire.example/${index}/`, title: `Story & ${index}` } }),
  );

/** The news of a file, element by element. */
const newsIn = (text: string): readonly Node[] =>
  strictly(text).nodes.flatMap(({ nodes }) => nodes.filter(({ name }) => name.endsWith("}news")));

describe("Google's news sitemap", () => {
  it("1.1 Size: cuts after a thousand, under an index", () => {
    const made = files(some(2001));
    expect(made.map(({ name, ids }) => [name, ids.length])).toEqual([
      ["sitemap-news-1.xml", 1000],
      ["sitemap-news-2.xml", 1000],
      ["sitemap-news-3.xml", 1],
      ["sitemap-news.xml", 2001],
    ]);
    expect(made.at(-1)?.text.match(/<loc>/g)).toHaveLength(3);
    expect(made.at(-1)?.text).toContain("<loc>https://feeds.wire.example/partners/valley/sitemap-news-3.xml</loc>");
  });

  it("1.1 Sitemap window: may be empty", () => {
    expect(files([]).map(({ name }) => name)).toEqual(["sitemap-news-1.xml", "sitemap-news.xml"]);
    for (const { text } of files([])) strictly(text);
  });

  it.each([
    ["zh-Hans", "zh-cn"],
    ["zh", "zh-cn"],
    ["zh-Hant", "zh-tw"],
    ["zh-TW", "zh-tw"],
    ["kk-Cyrl", "kk"],
    ["ru-KZ", "ru"],
  ])("1.1 news:language: writes %s as %s", (language, written) => {
    const [file] = files([aPartnerItem({ entry: { language } })]);
    expect(file?.text).toContain(`<news:language>${written}</news:language>`);
  });

  it("1.1 news:publication_date: says when the article was first published, whatever came later", () => {
    const [file] = files([aPartnerItem({ entry: { published: "2026-11-22T09:00:00.000Z", updated: "2026-11-23T09:00:00.000Z" } })]);
    expect(file?.text).toContain("<news:publication_date>2026-11-22T09:00:00.000Z<");
    expect(file?.text).toContain("<lastmod>2026-11-23T09:00:00.000Z<");
  });

  it("1.1 news:publication/name: has no parentheses, and may be set", () => {
    expect(files(some(1), {}, "The Wire (Almaty)")[0]?.text).toContain("<news:name>The Wire</news:name>");
    expect(files(some(1), { publicationName: "Wire Daily" })[0]?.text).toContain("<news:name>Wire Daily</news:name>");
  });

  it.each([
    [
      "1.1 Delete: a canceled article leaves it",
      aPartnerItem({ life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z" } }),
      "withdrawn",
    ],
    ["an article without a page stays out", aPartnerItem({ entry: { url: undefined } as never }), "link-missing"],
  ])("%s", (_, item, rule) => {
    const made = files([item]);
    expect(made[0]?.ids).toEqual([]);
    expect(made.at(-1)?.judged).toMatchObject([{ included: false, decisions: [{ rule, outcome: "skipped" }] }]);
  });

  it.skipIf(schemasAbsent || xmllintAbsent)("is valid by Google's schema", () => {
    const text = files([...some(3), aPartnerItem({ entry: { title: "Қазақ <тілі> & «сөз»", language: "kk-Cyrl" } })])[0]?.text ?? "";
    const found = text.match(/<news:news>.*<\/news:news>/g) ?? [];
    expect(found).toHaveLength(newsIn(text).length);
    for (const news of found) {
      const alone = news.replace("<news:news>", '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">');
      expect(saidByXmllint("google-news/sitemap-news.xsd", alone), news).toBe("");
    }
  });
});
