import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { markdownOf } from "../../../lambda/feeds/documents/markdown.ts";
import { htmlText } from "../../../lambda/feeds/model/text.ts";

const trap = "<img src=x onerror=alert(1)> <script>alert(1)</script> [x](javascript:alert(1)) ![y](data:z) `a` &lt;b&gt; {{ site.secret }}";
/** A reader that shows HTML inside Markdown as it is. */
const careless = new MarkdownIt({ html: true });

test.each([
  ["<h2>Head</h2><p>One <strong>bold</strong> <em>word</em>.</p>", "## Head\n\nOne **bold** *word*."],
  ['<p><a href="https://wire.example/a(b)/?x=1&amp;y=2">more</a></p>', "[more](https://wire.example/a\\(b\\)/?x=1\\&y=2)"],
  ['<p><img src="https://wire.example/a.jpg" alt="A ] harbour"></p>', "![A \\] harbour](https://wire.example/a.jpg)"],
  ["<ul><li>one</li><li>two</li></ul>", "- one\n- two"],
  ["<pre><code>&lt;b&gt;\n</code></pre>", "```\n<b>\n```"],
  ["<table><thead><tr><th>a|b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>", "| a\\|b |\n| - |\n| c |"],
  ["<p>10<sup>2</sup></p>", "10^2"],
  ['<div dir="rtl" lang="ar"><p>نص</p></div>', "نص"],
])("%s", (html, markdown) => expect(markdownOf(html)).toBe(markdown));

test("a film stays reachable", () =>
  expect(markdownOf('<video src="https://wire.example/a.mp4" controls></video>')).toBe("<https://wire.example/a.mp4>"));

const joined = '<table><tr><td colspan="900">a</td></tr></table>';
const uneven = `<table>${"<tr><td>x</td></tr>".repeat(2000)}<tr>${"<td>y</td>".repeat(2000)}</tr></table>`;

const nested = "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>";

test("two tables beside each other stay", () =>
  expect(markdownOf("<table><tr><th>a</th></tr></table><table><tr><th>b</th></tr></table>")).toBe("| a |\n| - |\n\n| b |\n| - |"));

test.each([joined, uneven, nested, "<p><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math></p>", `<p>${"a".repeat(100_001)}</p>`])(
  "there is none for %.20s",
  (html) => expect(markdownOf(html)).toBeUndefined(),
);

describe("words that look like HTML or Markdown stay words", () => {
  const elementsOf = (text: string): readonly string[] => {
    const html = careless.render(markdownOf(`<p>${htmlText(text)}</p>`) ?? "");
    return [...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name]) => name!);
  };

  test("in a paragraph", () => expect(new Set(elementsOf(trap))).toEqual(new Set(["p"])));

  test.each(["alt", "title"])("in the attribute %s of a picture", (name) => {
    const html = careless.render(markdownOf(`<p><img src="https://wire.example/a.jpg" ${name}="${htmlText(trap)}"></p>`) ?? "");
    expect(html.match(/<[a-z]+/g)).toEqual(["<p", "<img"]);
    expect(html).toContain('src="https://wire.example/a.jpg"');
  });

  test("in a heading, an item, a cell, a link and code", () => {
    const words = htmlText(trap);
    const html = `<h2>${words}</h2><ul><li>${words}</li></ul><table><thead><tr><th>${words}</th></tr></thead></table><p><a href="https://wire.example/">${words}</a></p><pre><code>${words}</code></pre><p><code>${words}</code></p>`;
    const shown = careless.render(markdownOf(html) ?? "");
    expect(shown).not.toMatch(/<(?:script|img)|href="(?!https:\/\/wire\.example\/")/);
  });

  test("whatever they are (law)", () => {
    const part = fc.constantFrom(
      ..."<>![]()`*_&;\\\"'\n #-|~: ".split(""),
      "<b",
      "<!--",
      "-->",
      "script",
      "javascript:",
      "a",
      "&lt;",
      "<a@b.example>",
      "1.",
      "```",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const elements = elementsOf(parts.join(""));
        expect(elements.filter((name) => name !== "p")).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
