import { describe, expect, test } from "vitest";
import { markdownToHtml } from "../../../lambda/articles/markdown/markdown.ts";

/** Every link of a text: its words and its target. */
const linksIn = (markdown: string): readonly string[] =>
  [...(markdownToHtml(markdown)?.html ?? "").matchAll(/<a href="([^"]*)">([^<]*)<\/a>/g)].map(([, href, text]) => `${text} ${href}`);
const plain = (address: string): string => `${address} ${address}`;

describe("a bare address in Markdown is a link", () => {
  test.each([
    ["with a protocol", "See https://a.example/x.", [plain("https://a.example/x")]],
    ["in capitals", "HTTP://A.example", [plain("HTTP://A.example")]],
    ["that begins with www.", "(www.a.example/x)", ["www.a.example/x http://www.a.example/x"]],
    ["that contains brackets", "(https://a.example/x_(y))", [plain("https://a.example/x_(y)")]],
    ["before quotation marks and stops", '"https://a.example/x"?!', [plain("https://a.example/x")]],
    ["before a reference", "https://a.example/?a=b&hl;", ["https://a.example/?a=b https://a.example/?a=b"]],
    ["before a tag", "https://a.example/x<br>y", [plain("https://a.example/x")]],
    ["in Russian quotation marks", "«https://a.example/x»", [plain("https://a.example/x")]],
    ["in Chinese, without spaces", "见https://a.example/x。又", [plain("https://a.example/x")]],
    ["for mail", "ann.lee+x@wire.example.", ["ann.lee+x@wire.example mailto:ann.lee+x@wire.example"]],
    ["for mail, with its protocol", "mailto:ann@wire.example", ["mailto:ann@wire.example mailto:ann@wire.example"]],
    ["twice", "https://a.example, b@c.example", [plain("https://a.example"), "b@c.example mailto:b@c.example"]],
    [
      "in a heading and a list",
      "# https://a.example\n\n- www.b.example",
      [plain("https://a.example"), "www.b.example http://www.b.example"],
    ],
  ])("%s", (_, markdown, links) => {
    expect(linksIn(markdown)).toEqual(links);
  });
});

test.each([
  ["a file's name", "README.md and a.example/x"],
  ["a protocol that feeds do not carry", "ftp://a.example/x"],
  ["the end of another word", "xhttps://a.example awww.a.example"],
  ["a host with an underscore in its last parts", "https://a.b_c.example"],
  ["a version", "react@18.2.0 and @ann"],
  ["mail that ends in a hyphen", "ann@wire.example-"],
  ["code", "`https://a.example`\n\n    www.a.example"],
])("%s is not a link", (_, markdown) => {
  expect(linksIn(markdown)).toEqual([]);
});

test("a bare address inside a link stays its text", () => {
  for (const before of ["", "To stream the event, go to ", "Get involved here: ", "**Words** "]) {
    expect(linksIn(`${before}[https://a.example](https://b.example)`)).toEqual(["https://a.example https://b.example"]);
    expect(linksIn(`${before}[see https://a.example/x for more](https://b.example)`)).toEqual([
      "see https://a.example/x for more https://b.example",
    ]);
  }
  expect(markdownToHtml("See this picture: ![https://a.example](b.png)")?.html).toContain('<img src="b.png" alt="https://a.example">');
  expect(linksIn('<a href="https://b.example">https://a.example</a>')).toEqual(["https://a.example https://b.example"]);
});

test("reads a hundred thousand address signs", () => {
  for (const sign of ["www.", "@", "a@", "https://", "https://a.b&x;", "https://a.b)", "https://a.b_"]) {
    expect(markdownToHtml(sign.repeat(100_000))).toBeDefined();
  }
});
