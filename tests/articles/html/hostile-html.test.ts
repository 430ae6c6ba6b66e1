import { describe, expect, test } from "vitest";
import { preclean } from "../../../lambda/articles/html/tree/preclean.ts";
import { SELF } from "../../../lambda/articles/model/article.ts";
import { articleOf, codesOf, parsed } from "../a-newsroom.ts";

const bodyOf = (html: string): string => articleOf("a.html", `---\ntitle: T\n---\n${html}`).html;
const notices = (html: string): readonly string[] => codesOf("a.html", `---\ntitle: T\n---\n${html}`);

describe("removes what runs", () => {
  test.each([
    ["a script", "<p>a</p><script>alert(1)</script>", "<p>a</p>"],
    ["a script in capitals", "<p>a</p><SCRIPT SRC=//x.example></SCRIPT >b", "<p>a</p>b"],
    ["an unclosed script, whose text stays", "<p>a</p><script>alert(1)", "<p>a</p>alert(1)"],
    ["a script split by another", "<p>a</p><scr<script>ipt>b</script>", "<p>a</p>ipt&gt;b"],
    ["a script between the ends of a comment", "<p>a</p><!--><script>x</script>-->b", "<p>a</p>--&gt;b"],
    ["an event attribute", '<p onclick="x" onmouseover=x>a</p>', "<p>a</p>"],
    ["an event attribute after a slash", '<img/onerror="x"/src="/a.png">', '<img src="https://wire.example/a.png">'],
    ["a style", '<style>p{}</style><p style="x" class="y">a</p>', "<p>a</p>"],
    ["a javascript: link", '<a href="javascript:alert(1)">a</a>', "<a>a</a>"],
    ["one with a line end", '<a href="java\nscript:alert(1)">a</a>', "<a>a</a>"],
    ["one with a control reference before it", '<a href="&#1;javascript:alert(1)">a</a>', "<a>a</a>"],
    ["one in character references", '<a href="&#106;avascript&colon;alert(1)">a</a>', "<a>a</a>"],
    ["a vbscript: link", '<a href="vbscript:x">a</a>', "<a>a</a>"],
    ["a data: link", '<a href="data:text/html,x">a</a>', "<a>a</a>"],
    ["a forged mark of ours", `<a href="${SELF}#x">a</a>`, "<a>a</a>"],
    ["a form", '<form action="/x"><input name="a"><button>b</button>c</form>', "bc"],
    ["an unquoted address that ends with a slash, which stays", "<a href=https://y.example/>b</a>", '<a href="https://y.example/">b</a>'],
    ["a frame", '<iframe src="https://x.example/"><p>b</p></iframe><p>a</p>', "<p>a</p>"],
    ["an object and an embed", '<object data="x"><param></object><embed src="x"><p>a</p>', "<p>a</p>"],
    ["a vector image with a script", "<svg onload=x><script>y</script><a xlink:href=javascript:x>b</a></svg><p>a</p>", "<p>a</p>"],
    [
      "mathematics that changes its meaning",
      '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x&gt;">',
      "<table></table>",
    ],
    ["a base, which changes no link", '<base href="https://x.example/"><a href="/a">a</a>', '<a href="https://wire.example/a">a</a>'],
    ["a refresh", '<meta http-equiv="refresh" content="0;url=https://x.example/">a', "a"],
    ["a template", "<template><script>x</script><p>b</p></template><p>a</p>", "<p>a</p>"],
    ["an unknown element, whose text stays", "<blink>a <b>b</b></blink>", "a <b>b</b>"],
    ["a table cell outside a table", "<td>a</td>", "a"],
  ])("%s", (_, html, expected) => {
    expect(bodyOf(html).replaceAll(">", "&gt;").replaceAll("&gt;", ">")).toBe(expected.replaceAll("&gt;", ">"));
  });

  test("text that looks like markup stays text", () => {
    expect(bodyOf("a < b, 1 <2 & <3 > 2, &lt;script&gt;x&lt;/script&gt;")).toBe(
      "a &lt; b, 1 &lt;2 &amp; &lt;3 > 2, &lt;script>x&lt;/script>",
    );
  });

  test("two pieces around a comment do not form a tag", () => {
    expect(bodyOf("<p>a <<!-- x -->script>b</p>")).toBe("<p>a &lt;script>b</p>");
  });
});

describe("addresses", () => {
  test.each([
    ["a path", '<a href="/a?b=c#d">x</a>', '<a href="https://wire.example/a?b=c#d">x</a>'],
    ["a relative path", '<a href="../a b.html">x</a>', '<a href="https://wire.example/a%20b.html">x</a>'],
    ["no protocol", '<img src="//cdn.example/a.png">', '<img src="https://cdn.example/a.png">'],
    [
      "mail and telephone",
      '<a href="mailto:a@b.example">x</a><a href="tel:+7">y</a>',
      '<a href="mailto:a@b.example">x</a><a href="tel:+7">y</a>',
    ],
    ["a place in the article", '<a href="#n1" id="r1">x</a>', `<a href="${SELF}#n1" id="r1">x</a>`],
    ["a place with Cyrillic letters", '<a href="#Ж">x</a>', `<a href="${SELF}#%D0%96">x</a>`],
    ["a quotation's source", '<blockquote cite="/q">x</blockquote>', '<blockquote cite="https://wire.example/q">x</blockquote>'],
    [
      "a film and its picture",
      '<video src="v.mp4" poster="p.jpg"></video>',
      '<video src="https://wire.example/v.mp4" poster="https://wire.example/p.jpg" controls></video>',
    ],
    [
      "a set of images",
      '<img srcset="a.png 1x, b.png 2x" src=a.png>',
      '<img srcset="https://wire.example/a.png 1x, https://wire.example/b.png 2x" src="https://wire.example/a.png">',
    ],
    [
      "a set whose addresses hold commas",
      '<img srcset="/w_1,h_2/a.png 300w" src=a.png>',
      '<img srcset="https://wire.example/w_1%2Ch_2/a.png 300w" src="https://wire.example/a.png">',
    ],
    [
      "an image that a script was to load",
      '<img data-src="/a.png" src="data:image/gif;base64,R0lG">',
      '<img src="https://wire.example/a.png">',
    ],
    ["spaces around", '<a href="  /a ">x</a>', '<a href="https://wire.example/a">x</a>'],
  ])("%s becomes absolute", (_, html, expected) => {
    expect(bodyOf(html)).toBe(expected);
  });

  test("resolve against the article's own, if it names one", () => {
    const article = articleOf("a.md", "---\ntitle: T\npermalink: /news/a/\nimage: i.png\n---\n[x](b) ![](c.png)");
    expect(article.url).toBe("https://wire.example/news/a/");
    expect(article.html).toBe('<p><a href="https://wire.example/news/a/b">x</a> <img src="https://wire.example/news/a/c.png" alt=""></p>');
    expect(article.image).toEqual({ url: "https://wire.example/news/a/i.png", type: "image/png" });
  });

  test.each([
    ["a link without a host", '<a href="https://">x</a>', "<a>x</a>", "link-dropped"],
    ["a link of another protocol", '<a href="irc://x.example/">x</a>', "<a>x</a>", "link-dropped"],
    ["an image without a host", '<img src="https://">x', "x", "file-dropped"],
    ["an image of a local file", '<img src="file:///etc/passwd">x', "x", "file-dropped"],
    ["an embedded image", '<img src="data:image/png;base64,AAAA">x', "x", "image-inline"],
  ])("drops %s, with a notice", (_, html, expected, code) => {
    expect(bodyOf(html)).toBe(expected);
    expect(notices(html)).toEqual([code]);
  });
});

describe("cuts deep nesting with a notice and keeps its text", () => {
  const many = 10_000;
  test.each([
    ["blocks", `${"<div>".repeat(many)}words${"</div>".repeat(many)}`],
    ["unclosed blocks", `${"<div>".repeat(many)}words`],
    [
      "marks that are never closed, before paragraphs",
      `${Array.from({ length: 300 }, (_, index) => `<b lang="x${index}">`).join("")}${"<p>words".repeat(many)}`,
    ],
    ["lists", `${"<ul><li>".repeat(many)}words`],
    ["tables", `${"<table><tr><td>".repeat(many)}words`],
    ["quotations", `${"<blockquote><p>".repeat(many)}words`],
    ["links with blocks", `${'<a href="/x"><div>'.repeat(many)}words`],
    ["closing tags that close nothing", `${"<div><table></div></table>".repeat(many)}words`],
    ["elements that only a parser opens", `${"<section></x>".repeat(many)}words`],
    ["unwrapped elements", `${"<font>".repeat(many)}words`],
  ])("%s", (_, html) => {
    expect(bodyOf(html)).toContain("words");
    expect(depthOf(bodyOf(html))).toBeLessThanOrEqual(256);
    expect(notices(html)).toEqual(["nesting-cut"]);
  });

  test.each([
    ["quotations", `${">".repeat(many)} words`],
    ["lists", Array.from({ length: 400 }, (_, index) => `${"  ".repeat(index)}- words${index}`).join("\n")],
  ])("%s of Markdown", (_, markdown) => {
    const result = parsed("a.md", `---\ntitle: T\n---\n${markdown}`);
    expect(result).toMatchObject({ kind: "article", findings: [{ code: "nesting-cut" }] });
    expect(result.kind === "article" && result.article.html).toContain(markdown.endsWith("399") ? "words399" : "words");
  });

  test("leaves ordinary nesting alone", () => {
    const html = "<div><p>one<p>two<ul><li>a<li>b</ul><b>bold<i>both</b>italic</i></div>".repeat(500);
    expect(notices(html.replaceAll("<b>bold<i>both</b>italic</i>", "<b>bold</b>"))).toEqual([]);
    expect(preclean("<p>one<br>two", "page")).toEqual({ html: "<p>one<br>two", cut: false });
  });
});

describe("reads large input without an error", () => {
  const large = 400_000;
  test.each([
    ["signs outside of tags", "<".repeat(large)],
    ["comments", "<!-- a -->".repeat(large / 10)],
    ["unclosed comments", "<!--".repeat(large / 4)],
    ["attributes", `<a ${Array.from({ length: large / 8 }, (_, index) => `a${index}`).join(" ")}>x</a>`],
    ["an unclosed attribute", `<a title="${"<b>".repeat(large / 3)}`],
    ["children of an unwrapped element", `<font>${"<b>x</b>".repeat(large / 8)}</font>`],
    ["children of a stray cell", `<td>${"<b>x</b>".repeat(large / 8)}`],
    ["references", "&lt;&amp&#x26;".repeat(large / 14)],
  ])("%s", (_, html) => {
    expect(parsed("a.html", `---\ntitle: T\n---\n${html}`).kind).toBe("article");
  });

  test.each([
    ["backticks", "`".repeat(large / 8) + " a ".repeat(9) + "``a".repeat(large / 16)],
    ["brackets", "[".repeat(large / 8)],
    ["links in links", "[a](".repeat(large / 16)],
    ["emphasis", "*a_ ".repeat(large / 8)],
    ["unclosed tags", "<a ".repeat(large / 8)],
  ])("%s in Markdown", (_, markdown) => {
    expect(parsed("a.md", markdown).kind).toBe("article");
  });
});

/** The depth of balanced HTML. */
function depthOf(html: string): number {
  let depth = 0;
  let most = 0;
  for (const [tag, slash] of html.matchAll(/<(\/?)[a-z][^>]*>/g)) {
    if (/^<(?:br|hr|img|col|input|source|wbr)\b/.test(tag)) continue;
    depth += slash === "/" ? -1 : 1;
    most = Math.max(most, depth);
  }
  return most;
}
