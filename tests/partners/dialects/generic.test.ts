import fc from "fast-check";
import { parseRssFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import { dialects } from "../../../lambda/partners/dialects/dialects.ts";
import type { PartnerItem } from "../../../lambda/partners/model/item.ts";
import { all, channelOf, itemsOf, strictly, textOf } from "../../feeds/strict-reader.ts";
import { trapTexts } from "../../support/histories/trap-texts.ts";
import { countTraps } from "../../support/histories/traps.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule, longText } from "../a-partner.ts";

const made = (items: readonly PartnerItem[], says: Parameters<typeof aPartnerRule>[1] = {}) =>
  dialects.generic.render(aPartnerFeed(aPartnerRule("generic", says), items));
const first = (...arguments_: Parameters<typeof made>) => itemsOf(made(...arguments_).text)[0]!;
const CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded";

describe("the generic dialect", () => {
  it("writes a whole article", () => {
    const item = first([aPartnerItem({ imageRights: { credit: "A. Nurlan" } })]);
    expect(Object.fromEntries(item.nodes.map(({ name, text }) => [name, text]))).toMatchObject({
      title: "The harvest of the valley is in at last",
      link: "https://wire.example/world/harvest/",
      guid: "tag:wire.example,2026:articles/harvest",
      pubDate: "Fri, 20 Nov 2026 08:00:00 GMT",
      "{http://purl.org/dc/terms/}modified": "2026-11-21T09:30:00Z",
      "{http://purl.org/dc/elements/1.1/}creator": "Aigerim Nurlan",
    });
    const picture = all(item, "{http://search.yahoo.com/mrss/}content")[0]!;
    expect(picture.attributes["url"]).toBe("https://feeds.wire.example/media/field.jpg");
    expect(textOf(picture, "{http://search.yahoo.com/mrss/}credit")).toBe("A. Nurlan");
  });

  it("says the same to feedsmith", () => {
    const { title, items = [] } = parseRssFeed(made([aPartnerItem()]).text);
    expect(title).toBe("The Wire");
    expect(items).toMatchObject([{ title: "The harvest of the valley is in at last", dc: { creators: ["Aigerim Nurlan"] } }]);
  });

  it("holds any text", () => {
    const { piece, text } = trapTexts(countTraps());
    fc.assert(
      fc.property(text, piece, (words, part) => {
        const item = aPartnerItem({ entry: { title: words, summary: part, html: `<p>${words}]]></p>`, tags: [part], section: words } });
        const attribution = { line: words, canonical: true, noindex: true, parameters: { utm_source: part } };
        strictly(made([item], { attribution, settings: { itemElements: { note: words } } }).text);
      }),
    );
  });

  it("takes its ids from the addresses of articles if the partner wants that", () => {
    const guid = all(first([aPartnerItem()], { ids: "url" }), "guid")[0]!;
    expect([guid.text, guid.attributes["isPermaLink"]]).toEqual(["https://wire.example/world/harvest/", "true"]);
  });

  it("gives summaries alone", () => {
    expect(textOf(first([aPartnerItem()], { content: "summary" }), CONTENT)).toBeUndefined();
  });

  it("gives the first paragraphs, also of a text that runs from right to left", () => {
    const html = '<div dir="rtl" lang="ar">\n<h2>أ</h2><p>ب</p><p>ت</p><p>ث</p>\n</div>';
    const body = textOf(first([aPartnerItem({ entry: { html, language: "ar" } })], { content: { paragraphs: 2 } }), CONTENT);
    expect(body).toBe('<div dir="rtl" lang="ar">\n<h2>أ</h2><p>ب</p><p>ت</p></div>');
  });

  it("adds what says where a copy is from", () => {
    const item = first([aPartnerItem()], {
      attribution: {
        line: "First in The Wire",
        canonical: true,
        noindex: true,
        pixel: "https://count.example/?a={id}",
        parameters: { utm_source: "valley" },
      },
    });
    expect(textOf(item, "link")).toBe("https://wire.example/world/harvest/?utm_source=valley");
    const body = textOf(item, CONTENT);
    expect(body).toContain('<p><a href="https://wire.example/world/harvest/?utm_source=valley">First in The Wire</a></p>');
    expect(body).toContain(
      '<img src="https://count.example/?a=tag%3Awire.example%2C2026%3Aarticles%2Fharvest" alt="" width="1" height="1">',
    );
    const canonical = all(item, "{http://www.w3.org/2005/Atom}link").find(({ attributes }) => attributes["rel"] === "canonical");
    expect(canonical?.attributes["href"]).toBe("https://wire.example/world/harvest/");
    const noindex = made([aPartnerItem()], { attribution: { canonical: false, noindex: true, parameters: {} } }).text;
    expect(all(channelOf(noindex), "{http://www.w3.org/1999/xhtml}meta")[0]?.attributes).toMatchObject({
      name: "robots",
      content: "noindex",
    });
  });

  it("has a description that a reader of HTML and one of text understand", () => {
    const written = (summary: string) => textOf(first([aPartnerItem({ entry: { summary } })]), "description");
    expect(written("AT&T & 4 < 5")).toBe("AT&T & 4 < 5");
    expect(written("Press <enter>, not &lt;")).toBe("Press &lt;enter>, not &amp;lt;");
  });

  it("says what was corrected, once", () => {
    const life = { kind: "corrected", note: "40 tons, not 4" } as const;
    expect(textOf(first([aPartnerItem({ life })]), CONTENT)).toMatch(/^<p>Correction: 40 tons, not 4<\/p>\n<p>word0/);
    const html = "<p><strong>Correction:</strong> 40 tons, not 4</p><p>The text</p>";
    expect(textOf(first([aPartnerItem({ life, entry: { html } })]), CONTENT)).toBe(html);
  });

  it("shows nothing of a withdrawn article but its title and the reason", () => {
    const { text } = made([
      aPartnerItem({ life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z", reason: "The source was wrong" } }),
    ]);
    const [item] = itemsOf(text);
    expect(textOf(item!, "title")).toBe("Withdrawn: The harvest of the valley is in at last");
    expect(textOf(item!, CONTENT)).toBe("<p>This article has been withdrawn.</p>\n<p>The source was wrong</p>");
    expect(textOf(item!, "{http://purl.org/dc/terms/}modified")).toBe("2026-11-22T09:00:00Z");
    expect(all(item!, "{http://search.yahoo.com/mrss/}status")[0]?.attributes).toEqual({ state: "deleted" });
    expect(text).not.toMatch(/word0|field\.jpg|Aigerim/);
  });

  it("has at most the newest articles, and every withdrawal", () => {
    const items = [1, 2, 3].map((number) => aPartnerItem({ entry: { id: `tag:x,2026:${number}` } }));
    const gone = aPartnerItem({ life: { kind: "expired", since: "2026-11-22T09:00:00.000Z" }, entry: { id: "tag:x,2026:4" } });
    const { text, judged } = made([...items, gone], { limit: 2 });
    expect(itemsOf(text).map((item) => textOf(item, "guid"))).toEqual(["tag:x,2026:1", "tag:x,2026:2", "tag:x,2026:4"]);
    expect(judged).toMatchObject([{ id: "tag:x,2026:3", included: false, decisions: [{ rule: "window-entries", outcome: "skipped" }] }]);
  });

  it("leaves the oldest articles out of a file that would be too large", () => {
    const items = [1, 2].map((number) => aPartnerItem({ entry: { id: `tag:x,2026:${number}`, html: `<p>${longText(900)}</p>` } }));
    const { text, judged, defects } = made(items, { settings: { fileBytes: 12_000 } });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(12_000);
    expect(itemsOf(text)).toHaveLength(1);
    expect(judged).toMatchObject([{ id: "tag:x,2026:2", included: false, decisions: [{ rule: "file-too-large" }] }]);
    expect(defects).toEqual([]);
  });

  it("refuses a file that is too large without an article", () => {
    expect(made([aPartnerItem()], { settings: { fileBytes: 100 } }).defects).toHaveLength(1);
  });

  it("writes no element of a namespace that it does not declare", () => {
    const { text } = made([aPartnerItem()], { settings: { updatedElement: "unknown:modified" } });
    expect(text).not.toContain("unknown");
    expect(channelOf(text).name).toBe("channel");
  });
});
