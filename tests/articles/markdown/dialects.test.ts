import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { useAttributeLists } from "../../../lambda/articles/markdown/attribute-lists.ts";
import { articleOf, codesOf, findingsOf, parsed } from "../a-newsroom.ts";

const written = (markdown: string): string => `---\ntitle: T\n---\n${markdown}`;
const bodyOf = (markdown: string): string => articleOf("a.md", written(markdown)).html;
const quotation = (title: string, text: string): string => `<blockquote>\n<p><strong>${title}</strong></p>\n${text}\n</blockquote>`;

describe("admonitions become quotations with their title", () => {
  test.each([
    ["Docusaurus", ":::warning[Care *now*]\n\n- a\n\n:::\n\nb", `${quotation("Care <em>now</em>", "<ul>\n<li>a</li>\n</ul>")}\n<p>b</p>`],
    ["Docusaurus, with a title after the kind", ":::note Mind\na\n:::", quotation("Mind", "<p>a</p>")],
    ["VuePress", "::: tip\na\n:::", quotation("Tip", "<p>a</p>")],
    ["nested", "::::note\n:::details Sum\na\n:::\nb\n::::", quotation("Note", `${quotation("Sum", "<p>a</p>")}\n<p>b</p>`)],
    [
      "in a list",
      "- a\n\n  :::tip\n  b\n  :::\n\n- c",
      `<ul>\n<li>\n<p>a</p>\n${quotation("Tip", "<p>b</p>")}\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>`,
    ],
    ["with colons in its code", ":::tip\n```\n:::\n```\n:::\n\na", `${quotation("Tip", "<pre><code>:::\n</code></pre>")}\n<p>a</p>`],
    ["unclosed", "a\n\n:::tip\nb", `<p>a</p>\n${quotation("Tip", "<p>b</p>")}`],
    ["MyST", ":::{note} Mind\na\n:::", quotation("Mind", "<p>a</p>")],
    ["GitHub", "> [!NOTE]\n> a", quotation("Note", "<p>a</p>")],
    ["Obsidian", "> [!tip]+ Mind **it**\n> a", quotation("Mind <strong>it</strong>", "<p>a</p>")],
    ["MkDocs", '!!! note "Mind"\n    a\n\n    b\n\nc', `${quotation("Mind", "<p>a</p>\n<p>b</p>")}\n<p>c</p>`],
    ["MkDocs, folded", "??? tip\n    a", quotation("Tip", "<p>a</p>")],
    ["kramdown, after the block", "a\n{: .note}\n\nb", `${quotation("Note", "<p>a</p>")}\n<p>b</p>`],
    ["kramdown, before", "{: .warning }\n> a\n\nb", `${quotation("Warning", "<p>a</p>")}\n<p>b</p>`],
    ["kramdown, with a theme's class", "a\n{: .notice--info}", quotation("Info", "<p>a</p>")],
    ["a division that is not an admonition", "::: {.columns}\na\n:::", "<p>a</p>"],
  ])("%s", (_, markdown, html) => {
    expect(bodyOf(markdown)).toBe(html);
    expect(codesOf("a.md", written(markdown))).toEqual([]);
  });

  test("an exclamation is not an admonition", () => {
    expect(bodyOf("!!! wow\n\na")).toBe("<p>!!! wow</p>\n<p>a</p>");
  });
});

describe("attributes are not text", () => {
  test.each([
    ["a heading's id, which it keeps", "## A {#b .c}", '<h2 id="b">A</h2>'],
    ["a heading's in kramdown", "## A {: #b}", '<h2 id="b">A</h2>'],
    ["a paragraph's", 'a\n{: .lead #x style="y"}', "<p>a</p>"],
    [
      "a table's",
      "| a |\n|---|\n| b |\n{: .c}",
      "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>",
    ],
    [
      "a link's, a picture's and a word's",
      '[a](/b){:target="_blank"} ![c](/c.png){width=50%} *d*{.e}',
      '<p><a href="https://wire.example/b">a</a> <img src="https://wire.example/c.png" alt="c"> <em>d</em></p>',
    ],
    ["the placeholder of a table of contents", "* TOC\n{:toc}\n\n[TOC]\n\n[[toc]]\n\na", "<p>a</p>"],
    ["kramdown's extensions", '{::options a="b" /}\n\na {::nomarkdown}b{:/} c', "<p>a b c</p>"],
    ["braces in a text, which stay", 'a {b} {c: 1} {d=1}, {"e": {"f": 2}}', '<p>a {b} {c: 1} {d=1}, {"e": {"f": 2}}</p>'],
    [
      "those behind code and a link's emphasis",
      "`a`{.b} **[c](/d)**{.e}",
      '<p><code>a</code> <strong><a href="https://wire.example/d">c</a></strong></p>',
    ],
    [
      "braces behind brackets of a text, which stay",
      "f(x){n=1} [A]{x=1} a*{n=1} 2 * 3*{n=1}",
      "<p>f(x){n=1} [A]{x=1} a*{n=1} 2 * 3*{n=1}</p>",
    ],
    [
      "those in code, which stay",
      "`{: .a}` `{#b}`\n\n    {: .c}",
      "<p><code>{: .a}</code> <code>{#b}</code></p>\n<pre><code>{: .c}\n</code></pre>",
    ],
  ])("%s", (_, markdown, html) => {
    expect(bodyOf(markdown)).toBe(html);
    expect(codesOf("a.md", written(markdown))).toEqual([]);
  });
});

describe("wiki links become", () => {
  test.each([
    ["their words", "[[Note|the *words*]]", "<p>the <em>words</em></p>"],
    ["a note's name", "[[folder/Note]], [[Note#Part]], [[Note#^1a2b3c]] and [[#Part]]", "<p>folder/Note, Note > Part, Note and Part</p>"],
    [
      "what goes on in the next line",
      "[[a\nlong note]], [[b|two\n*words*]] and ![[c\n  d.png|D\ne]]",
      '<p>a long note, two <em>words</em> and <img src="https://wire.example/c%20d.png" alt="D e"></p>',
    ],
    [
      "a cell of a table",
      "| a |\n|---|\n| [[b\\|c]] |",
      "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n</table>",
    ],
    [
      "a picture",
      "![[a b.png]] ![[c.png|300]] ![[d.png|D]]",
      '<p><img src="https://wire.example/a%20b.png" alt=""> <img src="https://wire.example/c.png" alt=""> <img src="https://wire.example/d.png" alt="D"></p>',
    ],
    ["a picture without its width", "![a|300](/a.png)", '<p><img src="https://wire.example/a.png" alt="a"></p>'],
    [
      "blocks without their ids",
      "[[a]] ^1a2b3c\n\n- b ^quote-1\n\n^cid\n\n2 ^2",
      "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p></p>\n<p>2 ^2</p>",
    ],
    ["a block without an id that a link refers to", "[[#^top|a]]\n\nb ^top", "<p>a</p>\n<p>b</p>"],
    ["a word that looks like an id", "See [[a]] and ^top", "<p>See a and ^top</p>"],
    ["a highlight", "[[a]] ==b *c* `==`==, 漢==字==漢", "<p>a <mark>b <em>c</em> <code>==</code></mark>, 漢<mark>字</mark>漢</p>"],
    [
      "signs of equality",
      "[[a]] b==c and d==e, f == g == h, ==, $x ==y== z_1$, `==i==`",
      "<p>a b==c and d==e, f == g == h, ==, $x ==y== z_1$, <code>==i==</code></p>",
    ],
    ["the same without a wiki link", "==b== `[[a]]` [[nodiscard]]", "<p>==b== <code>[[a]]</code> <code>[[nodiscard]]</code></p>"],
    ["such a word without any wiki link", "See ^top", "<p>See ^top</p>"],
    ["a number in brackets", "a [[1]] [[2]](/b)", '<p>a [1] <a href="https://wire.example/b">[2]</a></p>'],
    [
      "what is no link",
      "[[nodiscard]] [[ -f x ]] [[1,2],[3]]",
      "<p><code>[[nodiscard]]</code> <code>[[ -f x ]]</code> <code>[[1,2],[3]]</code></p>",
    ],
    ["a CommonMark reference", "[[a]]\n\n[a]: /b", '<p>[<a href="https://wire.example/b">a</a>]</p>'],
    ["code, which stays", "`[[a]]`", "<p><code>[[a]]</code></p>"],
  ])("%s", (_, markdown, html) => {
    expect(bodyOf(markdown)).toBe(html);
  });

  test("an embedded note becomes its name, with a notice", () => {
    expect(bodyOf("a ![[Note]]")).toBe("<p>a Note</p>");
    expect(findingsOf(parsed("a.md", written("a ![[Note]]")))).toEqual([
      expect.objectContaining({ code: "template-dropped", line: 4, message: expect.stringContaining("![[Note]]") }),
    ]);
  });
});

describe("MDX", () => {
  const mdxOf = (markdown: string): string => articleOf("a.mdx", written(markdown)).html;

  test.each([
    [
      "imports and exports",
      "import A from './a';\n\nexport const x = {\n  a: 1,\n\n  b: 2,\n};\n\na\n\nimport B from './b'\n\nb",
      "<p>a</p>\n<p>b</p>",
      [],
    ],
    [
      "what stands between tags",
      "<Tabs>\n  <Tab>\n\n    a\n\n    ```js\n    {x}\n    ```\n\n    - b\n      - c\n\n  </Tab>\n</Tabs>",
      '<p>a</p>\n<pre><code class="language-js">{x}\n</code></pre>\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>',
      ["template-dropped"],
    ],
    [
      "code that stands far to the right",
      "1. a\n\n        ```js\n        b\n\n        c\n        ```",
      '<ol>\n<li>\n<p>a</p>\n<pre><code class="language-js">b\n\nc\n</code></pre>\n</li>\n</ol>',
      [],
    ],
    [
      "Markdown below a tag, and within one",
      "<details>\n<summary>a</summary>\n**b**\n</details>\n\n<p>\n**c**\n</p>",
      "<details>\n<summary>a</summary>\n<p><strong>b</strong></p>\n</details>\n<p><strong>c</strong></p>",
      [],
    ],
    ["escaped braces", "a \\{b\\} \\<C>", "<p>a {b} &lt;C></p>", []],
    ["expressions", "a {x.y} b {list.map((z) => { return <b>{z}</b>; })} c", "<p>a  b  c</p>", ["template-dropped"]],
    ["literals", 'a{" "}b {"{c}"} {`d`}', "<p>a b {c} d</p>", []],
    ["comments", "a {/* b { c */} d", "<p>a  d</p>", []],
    ["titles of components", '<TabItem value="a" label="Apple">\n\nb\n\n</TabItem>', "<p><strong>Apple</strong></p>\n<p>b</p>", []],
    ["remarks", '<Callout type="warning" title="Mind">a</Callout>', quotation("Mind", "<p>a</p>"), []],
    [
      "pictures",
      'import p from "./p.png";\n\n<Image src={p} alt="P" />\n\n<img src={require("./q.png").default} style={{ width: 1 }} />',
      '<figure><img src="https://wire.example/p.png" alt="P"></figure>\n<img src="https://wire.example/q.png">',
      [],
    ],
    ["links", 'a <Link to="/b">c</Link>', '<p>a <a href="https://wire.example/b">c</a></p>', []],
    ["HTML with JavaScript values", 'a <b style={{ color: "red" }} className="x">c</b>', "<p>a <b>c</b></p>", []],
    ["code", "`{a}` `<B />`", "<p><code>{a}</code> <code>&lt;B /></code></p>", []],
  ])("%s", (_, markdown, html, codes) => {
    expect(mdxOf(markdown)).toBe(html);
    expect(codesOf("a.mdx", written(markdown))).toEqual(codes);
  });

  test("a Markdown file that uses its imports is MDX", () => {
    expect(bodyOf('import Tabs from "@theme/Tabs";\n\n<Tabs>\n\na {x}\n\n</Tabs>')).toBe("<p>a</p>");
  });

  test("imports in code do not make a Markdown file MDX", () => {
    const fence = '```js\nimport React from "react"\n\n<React.Fragment/>\n```';
    const html = bodyOf(`Set the path to /users/{id}.\n\n${fence}\n\n    indented {code}\n\nThe end {of it}.`);
    for (const kept of ["/users/{id}.", "<code>indented {code}", "The end {of it}."]) expect(html).toContain(kept);
    expect(bodyOf("a\n\nimport Tab from './t'\n\nList<Table> {x}")).toContain("{x}");
  });

  test.each([
    "import duties on cars from Japan will rise, the ministry said.\nThey are at 5%.",
    'import duties from "Japan" will rise.',
    "import {all} of it from Japan.",
    "export default rates rose again in May.",
    "export const is a word.",
    "export function and class differ.",
  ])("keeps prose that begins with a JavaScript keyword: %s", (first) => {
    for (const key of ["a.md", "a.mdx"]) {
      const { html } = articleOf(key, written(`${first}\n\nb`));
      expect(html).toMatch(/^<p>(?:im|ex)port .*[\s\S]*<p>b<\/p>$/);
    }
    expect(bodyOf(`${first}\n\nb`)).toBe(`<p>${first}</p>\n<p>b</p>`);
  });

  test.each([
    "import A, { B as C } from './a';",
    "import * as A from './a'",
    "import './a.css'",
    "import {\n  A,\n  B,\n} from './a'",
    "export const meta = {\n  a: 1,\n}",
    "export default ({ children }) => <A>{children}</A>",
    "export default Layout",
    "export async function f() {\n  return 1\n}",
    "export { A } from './a'",
  ])("removes a JavaScript statement, with a notice in a Markdown file: %s", (statement) => {
    for (const key of ["a.md", "a.mdx"]) expect(articleOf(key, written(`${statement}\n\nb`)).html).toBe("<p>b</p>");
    expect(codesOf("a.mdx", written(`${statement}\n\nb`))).toEqual([]);
    expect(codesOf("a.md", written(`${statement}\n\nb`))).toEqual(["template-dropped"]);
  });

  test("in another file, only certain JSX counts", () => {
    const markdown = "a {b} List<Object> <Foo bar={c > 1} /> <Bar /> <b style={{ d }}>e</b>";
    expect(bodyOf(markdown)).toBe("<p>a {b} List&lt;Object>   <b>e</b></p>");
    expect(codesOf("a.md", written(markdown))).toEqual(["template-dropped"]);
  });

  test("in another file, a component around paragraphs counts: its tags stand alone on their lines", () => {
    expect(bodyOf("a\n\n<Wire glued>\n\n**b**\n\n</Wire>\n\nc")).toMatch(/^<p>a<\/p>\s*<p><strong>b<\/strong><\/p>\s*<p>c<\/p>$/);
    expect(bodyOf("The type\n\n<Wire>\n\nhas no end.")).toContain("&lt;Wire>");
    expect(bodyOf("It is `a` <Wire> or </Wire> b.\n")).toContain("&lt;Wire>");
  });

  test("a film keeps its address", () => {
    expect(bodyOf('<Video src="https://wire.example/a.mp4" muted controls />')).toContain(
      '<video src="https://wire.example/a.mp4" controls></video>',
    );
  });
});

test("reads a long block once for many attribute lists after it", () => {
  const engine = new MarkdownIt();
  useAttributeLists(engine);
  let [reads, tokens] = [0, 0];
  engine.core.ruler.before("attribute-lists", "count", (state) => {
    tokens = state.tokens.length;
    for (const token of state.tokens) {
      const { nesting } = token;
      Object.defineProperty(token, "nesting", {
        get: () => {
          reads += 1;
          return nesting;
        },
      });
    }
  });
  engine.parse(`${"- a\n".repeat(200)}${"{: .x}\n{: .note}\n".repeat(200)}`, {});
  expect(reads).toBeLessThan(5 * tokens);
});
