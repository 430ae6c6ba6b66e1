import { describe, expect, test } from "vitest";
import { articleOf, parsed } from "../a-newsroom.ts";

const page = (body: string, head = ""): string => `<!doctype html><html><head><title>T</title>${head}</head><body>${body}</body></html>`;
const bodyOf = (body: string): string => articleOf("a.html", page(body)).html.replace(/\n/g, "");
const ld = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
const metas = (name: string, ...contents: readonly string[]): string =>
  contents.map((content) => `<meta property="${name}" content="${content}">`).join("");

describe("the article of a whole page is", () => {
  test.each([
    ["not a teaser next to the text", "<main><p>Text.</p></main><aside><article>Teaser</article></aside>", "<p>Text.</p>"],
    [
      "not a teaser above or below it",
      "<nav><article>a</article></nav><p>Text.</p><footer><article>b</article></footer>",
      "a<p>Text.</p>b",
    ],
    ["the one in the text, among teasers", "<main><article>Text.</article></main><article>a</article><article>b</article>", "Text."],
    ["the one around the comments", "<article>Text.<article>Comment.</article></article>", "Text.Comment."],
    ["the one that is not empty", "<article></article><article>Text.</article><article><p> </p></article>", "Text."],
    ["the visible one", "<article hidden>Draft.</article><article>Text.</article>", "Text."],
    ["the text, if the article is empty", "<article><script>1</script></article><p>Text.</p>", "<p>Text.</p>"],
    ["the text, if the main part is empty", '<main id="app"></main><p>Text.</p>', "<p>Text.</p>"],
  ])("%s", (_, body, html) => {
    expect(bodyOf(body)).toBe(html);
  });

  test("its text, even after an empty article", () => {
    expect(parsed("a.html", "<html><body><article></article><h1>One</h1><p>Text.</p></body></html>")).toMatchObject({
      kind: "article",
      article: { title: "One", html: "<p>Text.</p>" },
    });
  });
});

describe("JSON-LD names a page's authors and dates", () => {
  const said = { "@type": "NewsArticle", author: { name: "Ann Lee" }, datePublished: "2026-11-01T09:00:00Z", dateModified: "2026-11-02" };
  test.each([
    ["alone", said],
    ["in a list", [{ "@type": "WebSite", name: "Wire" }, said]],
    ["in a graph", { "@context": "https://schema.org", "@graph": [{ "@type": "WebPage" }, said] }],
    ["as what the page is about", { "@type": "WebPage", mainEntity: said }],
    ["with a list of types", { ...said, "@type": ["Thing", "BlogPosting"] }],
    ["with a list of authors", { ...said, author: [{ name: "https://a.example/ann" }, { "@type": "Person", name: "Ann Lee" }] }],
    ["with only a name", { ...said, author: "Ann Lee" }],
    [
      "with an author named elsewhere",
      {
        "@graph": [
          { ...said, author: { "@id": "#ann" } },
          { "@id": "#ann", "@type": "Person", name: "Ann Lee" },
        ],
      },
    ],
  ])("%s", (_, value) => {
    const article = articleOf("a.html", page("<p>Text.</p>", metas("author", "Wire") + ld(value)));
    expect(article).toMatchObject({
      authors: [{ name: "Ann Lee" }],
      published: { kind: "instant", at: "2026-11-01T09:00:00.000Z" },
      updated: { kind: "day", day: "2026-11-02" },
    });
  });

  test.each([
    ["that is not JSON", '<script type="application/ld+json">{"@type":</script>'],
    ["of another thing", ld({ "@type": "Person", author: "Ann Lee", datePublished: "2026-11-01" })],
    ["of a teaser", ld({ "@type": "ItemList", itemListElement: [said] })],
    [
      "behind more lists than anybody writes",
      ld([...Array.from({ length: 900 }, () => [[], []]), [[{ "@type": "Article", author: "A" }]]]),
    ],
    ["that is unclosed", '<script type="application/ld+json">{"a":1}'],
    ["with values of wrong types", ld({ "@type": "Article", author: [null, 1, { name: null }], datePublished: 5 })],
  ])("ignores a block %s", (_, block) => {
    const article = articleOf("a.html", page("<p>Text.</p>", metas("article:author", "Bo Ray") + block));
    expect(article.authors).toEqual([{ name: "Bo Ray" }]);
    expect(article).not.toHaveProperty("published");
  });
});

test.each([
  "https://a.example/ann",
  "//a.example/ann",
  "www.a.example",
  "ann@wire.example",
  "mailto:ann@wire.example",
  "facebook.example/ann",
])("ignores an author who is only an address: %s", (address) => {
  expect(articleOf("a.html", page("<p>Text.</p>", metas("article:author", address))).authors).toEqual([]);
  expect(articleOf("a.html", page("<p>Text.</p>", metas("article:author", address, "Ann Lee"))).authors).toEqual([{ name: "Ann Lee" }]);
});
