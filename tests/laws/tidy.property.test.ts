import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frontMatter } from "../../lambda/articles/front-matter/front-matter.ts";
import { fastParse } from "../../lambda/articles/html/tree/fast-parse.ts";
import { parseHtml, safeTree } from "../../lambda/articles/html/tree/tree.ts";
import { markdownToHtml, markdownToTree } from "../../lambda/articles/markdown/markdown.ts";
import { countTraps } from "../support/histories/traps.ts";

const settings = { numRuns: Number(process.env.WIREROOM_LAW_RUNS ?? 300) };
const { reach } = countTraps();
const BLOG = join(import.meta.dirname, "../../../shared/corpus/nodejs-blog/posts");

const NAMES = (
  "a b blockquote br code del div em h2 h3 hr i img input kbd li mark ol p pre s section small span strong sub sup table tbody td tfoot th " +
  "thead tr u ul script iframe dl dt button nobr center font svg"
).split(" ");
const USUAL = "a br code em img strong sub p ul ol table div pre h2 blockquote".split(" ");
/** In this order, from the parts of tables and lists, so that not all of them are refused. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  table: ["thead", "tbody"],
  thead: ["tr"],
  tbody: ["tr"],
  tr: ["th", "td"],
  ul: ["li"],
  ol: ["li"],
  pre: ["code"],
};
const ATTRIBUTES = [
  ...['href="/a?b&amp;c"', 'href="javascript:alert(1)"', 'title="&quot;&lt;&gt;"', 'title="a\nb"', 'id="fn1"', 'src="a.png"', 'alt=""'],
  ...[
    'class="language-js"',
    'class="language-"',
    'class="note"',
    'start="3"',
    'start="-1"',
    'start="007"',
    'align="left"',
    "align",
    "disabled",
  ],
  ...['type="checkbox"', 'role="doc-endnotes"', 'onclick="x"', 'style="x"', 'href="&copy"', 'data-src="b.png"', 'dir="rtl"', 'value="4"'],
];
const TEXTS = [
  "two words",
  "\n",
  "",
  " ",
  "&amp;lt;",
  "&lt;p&gt;",
  "&quot;",
  "&copy;",
  "& ",
  "ё漢👩🏽‍🚀",
  "\t",
  "\f",
  "\u00a0",
  "]]>",
  "\0",
  "\r",
];

/** HTML in which every element is closed in order: mostly in the right place, sometimes anywhere. */
const { node } = fc.letrec<{ node: string; element: string }>((tie) => ({
  node: fc.oneof({ depthSize: "small", withCrossShrink: true }, fc.constantFrom(...TEXTS), { weight: 3, arbitrary: tie("element") }),
  element: fc
    .tuple(
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...USUAL) }, { weight: 2, arbitrary: fc.constantFrom(...NAMES) }),
      fc.array(fc.constantFrom(...ATTRIBUTES), { maxLength: 2, size: "xsmall" }),
      fc.array(tie("node"), { maxLength: 4, depthIdentifier: "html" }),
      fc.nat(3),
    )
    .map(([name, attributes, children, luck]) => written(name, luck < 2 ? [] : attributes, children, luck)),
}));
const html = fc.array(node, { maxLength: 6 }).map((nodes) => nodes.join(""));

function written(name: string, attributes: readonly string[], children: readonly string[], luck: number): string {
  const start = `<${[name, ...attributes].join(" ")}>`;
  if (["br", "hr", "img", "input"].includes(name)) return start;
  const places = luck === 3 ? undefined : WITHIN[name];
  const within = places === undefined ? children : children.map((child, index) => placed(places[index % places.length] ?? "", child));
  return `${start}${within.join("")}</${name}>`;
}

/** `child` in the place that its parent has for it, with all places between. */
function placed(place: string, child: string): string {
  const [below] = WITHIN[place] ?? [];
  return `<${place}>${below === undefined ? child : placed(below, child)}</${place}>`;
}

const marks = [
  "*",
  "**",
  "~~",
  "`",
  "[",
  "](",
  ")",
  "![",
  "<",
  ">",
  "&",
  "&amp;",
  "|",
  "---",
  "# ",
  "- ",
  "1. ",
  "7. ",
  "> ",
  "    ",
  "```js\n",
];
const markdown = fc
  .array(
    fc.constantFrom(
      ...marks,
      "\n",
      "\n\n",
      "word",
      " ",
      "| a | b |\n|:--|--:|\n| c |\n",
      "[^1]",
      "[^1]: note",
      "- [x] done",
      "<b>",
      "</b>",
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(""));

/** Whether the fast parser takes it; then both must give the same tree. As text, because the order of attributes counts. */
const same = (source: string): boolean => {
  const tree = fastParse(source);
  reach(tree === undefined ? "HTML that is refused" : source.includes("<") ? "HTML that is taken" : "text without marks");
  if (tree === undefined) return false;
  const long = safeTree(parseHtml(source, "markdown"));
  expect({ ...long, tree: JSON.stringify(long.tree) }).toEqual({ tree: JSON.stringify(tree), cut: false, frames: [], choices: [] });
  return true;
};

/** The same for the tree of the engine's tokens, which never becomes HTML, and for their HTML. */
const sameFromTokens = (markdown: string): boolean => {
  const html = markdownToHtml(markdown)?.html ?? "";
  const tree = markdownToTree(markdown)?.tree;
  reach(tree === undefined ? "tokens that need HTML" : "tokens that need none");
  if (tree !== undefined) expect(JSON.stringify(tree)).toBe(JSON.stringify(safeTree(parseHtml(html, "markdown")).tree));
  return same(html) && tree !== undefined;
};

describe("the fast parser of safe HTML", () => {
  test("gives the tree of the full parser, or none, for any HTML whose elements are closed in order", () => {
    const taken: string[] = [];
    fc.assert(
      fc.property(html, (source) => {
        if (same(source) && source.includes("<")) taken.push(source);
      }),
      { ...settings, numRuns: 5 * settings.numRuns },
    );
    expect(taken.length).toBeGreaterThan(settings.numRuns / 5);
  });

  test("gives the tree of the full parser, or none, for any output of the Markdown engine", () => {
    const taken: string[] = [];
    fc.assert(
      fc.property(markdown, (source) => {
        if (sameFromTokens(source)) taken.push(source);
      }),
      settings,
    );
    expect(taken.length).toBeGreaterThan(settings.numRuns / 4);
  });

  test.skipIf(!existsSync(BLOG))("takes nine of ten posts of the Node.js blog, with the same tree (needs ../shared/corpus)", () => {
    const posts = (readdirSync(BLOG, { recursive: true }) as string[])
      .filter((path) => path.endsWith(".md"))
      .filter((_, index) => index % 10 === 0);
    const bodies = posts.map((path) => frontMatter(readFileSync(join(BLOG, path), "utf8")).body);
    expect(bodies.filter(sameFromTokens).length).toBeGreaterThan(posts.length * 0.9);
  });
});

test.each([
  ["a paragraph in a paragraph", "<p><p>a</p></p>"],
  ["a list in a paragraph", "<p><ul><li>a</li></ul></p>"],
  ["a link in a link", '<a href="x"><em><a href="y">a</a></em></a>'],
  ["words between cells", "<table><tbody><tr>a<td>b</td></tr></tbody></table>"],
  ["a row without its group", "<table><tr><td>b</td></tr></table>"],
  ["an element that is not closed", "<p><em>a</p>"],
  ["a closing tag too many", "<p>a</p></p>"],
  ["a reference of another name", "<p>&nbsp;</p>"],
  ["a name off the allow-list", "<p><font>a</font></p>"],
  ["an attribute off the allow-list", '<p onclick="x">a</p>'],
  ["a line end at the head of preformatted text", "<pre>\na</pre>"],
  ["seventeen levels", "<div>".repeat(17) + "</div>".repeat(17)],
])("the fast parser refuses %s", (_, source) => expect(fastParse(source)).toBeUndefined());
