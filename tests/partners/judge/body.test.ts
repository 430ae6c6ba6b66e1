import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { judgedBody } from "../../../lambda/partners/judge/body.ts";
import { profileOf } from "../../../lambda/partners/profiles/profiles.ts";
import { termsOf } from "../../../lambda/partners/profiles/terms.ts";
import { strictly } from "../../feeds/strict-reader.ts";

const demands = (name: "dzen" | "msn" | "generic" | "google-licensed", settings = {}) => termsOf(profileOf(name), { settings }).demands;
const asDzen = (html: string) => judgedBody(html, demands("dzen"), "full", []).html;
const row = (...cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;

describe("a body for Dzen", () => {
  test.each([
    ["emphasis", "<p><em>a</em> <strong>b</strong></p>", "<p><i>a</i> <b>b</b></p>"],
    ["line breaks", "<p>a<br>b</p>", "<p>a</p><p>b</p>"],
    ["line breaks in emphasis", "<p>x <em>a<br>b</em> y</p>", "<p>x <i>a</i></p><p><i>b</i> y</p>"],
    ["line breaks in an item", "<ul><li>a<br>b</li></ul>", "<ul><li>a b</li></ul>"],
    ["loose text", "a <em>b</em><p>c</p>", "<p>a <i>b</i></p><p>c</p>"],
    ["a rule", "<p>a</p><hr><p>b</p>", "<p>a</p><p>b</p>"],
    ["code", "<pre><code>a\nb</code></pre>", "<p>a\nb</p>"],
    ["a list of terms", "<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p><p>b</p>"],
    ["a direction", '<div dir="rtl" lang="ar"><p>أ</p></div>', '<p dir="rtl" lang="ar">أ</p>'],
    ["a no-break space", "<p>40\u00A0тонн</p>", "<p>40 тонн</p>"],
    ["a table", `<table>${row("a", "b")}${row("c", "d")}</table>`, "<ul><li>a; b</li><li>c; d</li></ul>"],
    [
      "a table with spans",
      '<table><tr><th colspan="2">a</th></tr><tr><td>b</td><td>c</td></tr></table>',
      "<ul><li>a</li><li>b; c</li></ul>",
    ],
    [
      "a header over empty cells",
      "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td></td></tr></table>",
      "<ul><li>a; b</li><li>c</li></ul>",
    ],
    ["a caption", `<table><caption>x</caption>${row("a")}</table>`, "<p>x</p><ul><li>a</li></ul>"],
    ["blocks in a cell", `<table>${row("<p>a</p><p>b</p>")}</table>`, "<ul><li> a  b </li></ul>"],
    [
      "a link in a cell",
      `<table>${row('<a href="https://a.example/">a</a>')}</table>`,
      '<ul><li><a href="https://a.example/">a</a></li></ul>',
    ],
    [
      "an embedded page",
      '<p>a</p><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
      '<p>a</p><p><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">',
    ],
    ["scripts and styles", "<p>a</p><script>alert(1)</script><style>p{}</style>", "<p>a</p>"],
  ])("writes %s as it takes it", (_, html, expected) => {
    expect(asDzen(html)).toContain(expected);
  });
});

/** Trees of elements that articles have; each word is its own. */
const tree = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 1, max: 99_999 }).map((number) => `w${number} `),
    fc
      .tuple(fc.constantFrom("p", "div", "ul", "h2", "h5", "blockquote", "pre", "section"), fc.array(tie("node"), { maxLength: 3 }))
      .map(([name, inner]) =>
        name === "ul" ? `<ul>${inner.map((one) => `<li>${one}</li>`).join("")}</ul>` : `<${name}>${inner.join("")}</${name}>`,
      ),
    fc.tuple(fc.constantFrom("em", "strong", "span", "code", "a"), tie("node")).map(([name, inner]) => `<${name}>${inner}</${name}>`),
    fc
      .array(fc.array(tie("node"), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((rows) => `<table>${rows.map((cells) => row(...cells)).join("")}</table>`),
    fc.constant("<br>"),
  ),
})).node;

const wordsIn = (html: string): readonly string[] => (html.replace(/<[^>]*>/g, " ").match(/w\d+/g) ?? []).toSorted();

describe("any body, for a partner with few elements", () => {
  for (const name of ["dzen", "msn", "google-licensed"] as const)
    it(`keeps every word and holds no other element (${name})`, () => {
      const allowed = new Set(demands(name).bodyTags);
      fc.assert(
        fc.property(fc.array(tree, { maxLength: 5 }), (parts) => {
          const html = parts.join("");
          const made = judgedBody(html, demands(name), "full", []);
          expect(wordsIn(made.html)).toEqual(wordsIn(html));
          expect(wordsIn(made.text)).toEqual(wordsIn(html));
          for (const [, tag] of made.html.matchAll(/<([a-z][a-z0-9]*)/g)) expect(allowed).toContain(tag);
          strictly(`<x>${made.html.replaceAll("<br>", "<br/>").replaceAll("&nbsp;", " ")}</x>`);
        }),
      );
    });
});

it("leaves a body alone where nothing is demanded", () => {
  const html = "<p>a <em>b</em>\n<table><tr><td>c</td></tr></table><video src='x.mp4'></video>";
  expect(judgedBody(html, demands("generic"), "full", []).html).toBe(html);
});

test.each([
  [1, "<p>a</p>"],
  [2, "<p>a</p><h2>b</h2><p>c</p>"],
  [9, "<p>a</p><h2>b</h2><p>c</p><p>d</p>"],
])("cuts after %s paragraphs", (paragraphs, expected) => {
  expect(judgedBody("<p>a</p><h2>b</h2><p>c</p><p>d</p>", demands("generic"), { paragraphs }, []).html).toBe(expected);
});

it("unlinks the links that are too many, from the end", () => {
  const { html, changes } = judgedBody('<p><a href="/1">a</a> <a href="/2">b</a></p>', demands("generic", { bodyLinks: 1 }), "full", []);
  expect(html).toBe('<p><a href="/1">a</a> b</p>');
  expect(changes.links).toBe(1);
});
