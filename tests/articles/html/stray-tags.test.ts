import { describe, expect, test } from "vitest";
import { articleOf, codesOf, findingsOf, parsed } from "../a-newsroom.ts";

const bodyOf = (text: string, key = "a.md"): string => articleOf(key, `---\ntitle: T\n---\n${text}`).html;

describe("in Markdown, a tag is text", () => {
  test.each([
    ["that HTML does not know", "A Map<T> for <your-name>.", "<p>A Map&lt;T> for &lt;your-name>.</p>"],
    ["even if it is closed", "<xy a=b>one</xy>", "<p>&lt;xy a=b>one&lt;/xy></p>"],
    ["that is a program's component", "<Button>Click</Button>", "<p>&lt;Button>Click&lt;/Button></p>"],
    ["that is a program's type", "A List<Object> and a Set<A>.", "<p>A List&lt;Object> and a Set&lt;A>.</p>"],
    ["that would swallow what follows", "The <title> and <SELECT>, <svg> too.", "<p>The &lt;title> and &lt;SELECT>, &lt;svg> too.</p>"],
    ["that would be empty", "From <input> to <img>.", "<p>From &lt;input> to &lt;img>.</p>"],
    ["that has no effect", "Write <address> here.", "<p>Write &lt;address> here.</p>"],
    ["that closes nothing", "Then </script>.", "<p>Then &lt;/script>.</p>"],
  ])("%s", (_, markdown, html) => {
    expect(bodyOf(markdown)).toBe(html);
  });
});

const LINK = '<a href="https://wire.example/c">one</a>';
const LINKS = '<p><a href="https://a.example/b/">c</a> <a href="https://wire.example/d/"></a>e</p>';

test.each([
  ["formatting", "<b>a</b> <SUP>b</SUP> <Kbd>c</Kbd>", "<p><b>a</b> <sup>b</sup> <kbd>c</kbd></p>"],
  ["a site's custom element", 'a <x-y b="c">d</x-y> <x-y b="c" />e', "<p>a d e</p>"],
  ["a line break", "a<br>b<BR/>c", "<p>a<br>b<br>c</p>"],
  ["formatting left open", "<b>a", "<p><b>a</b></p>"],
  ["an open element with attributes", '<div class="x">\n\na', "<div>\n<p>a</p>\n</div>"],
  ["a self-closed anchor", '<a id="x"/>a', '<p><a id="x"></a>a</p>'],
  ["a link whose address ends in a slash", "<a href=https://a.example/b/>c</a> <a href=/d/ />e</a>", LINKS],
  ["a vector image with a blank line, which is removed", "a <svg><g>\n\n<text>b</text></g></svg> c", "<p>a  c</p>"],
])("in Markdown, %s is HTML", (_, markdown, html) => {
  expect(bodyOf(markdown).replace(/<b>\s*<\/b>$/, "")).toBe(html);
});

const TAKERS =
  "title textarea xmp plaintext noembed noframes svg math style script select template object button iframe canvas dialog Object BUTTON pre";

describe("unclosed markup swallows nothing after it", () => {
  const marks = [
    ...TAKERS.split(" ").flatMap((name) => [`<${name}>`, `<${name}/>`, `<${name} a="b">`, `</${name}>`]),
    "<!--",
    "<![CDATA[",
    "<?",
  ];
  for (const key of ["a.md", "a.html"]) {
    test.each(marks)(`%s in ${key}`, (mark) => {
      for (const written of [`One ${mark} two.\n\nThree.\n`, `One.\n\n${mark}\n\nThree.\n`])
        expect(bodyOf(written, key)).toContain("Three.");
      expect(bodyOf(`<p>One.</p>\n<div>${mark}</div>\n\n<p>Three.</p>`, key)).toContain("Three.");
    });
  }

  test("an unclosed attribute value", () => {
    expect(bodyOf('<p><a href="/x>one</a> two</p>\n<p>three</p>', "a.html")).toBe("<p><a>one</a> two</p>\n<p>three</p>");
  });

  test("a comment, whose own paragraph is hidden", () => {
    expect(bodyOf("One.\n\n<!-- a\nb\n\n*Two*.")).toBe("<p>One.</p>\n<p><em>Two</em>.</p>");
    expect(bodyOf("<p>One.</p><!-- a\n\n<p>Two.</p>", "a.html")).toBe("<p>One.</p>\n<p>Two.</p>");
  });

  test("a title in a sentence, which a later paragraph does not close", () => {
    expect(bodyOf("The <title> tag.\n\nTwo.\n\nThen </title>.")).toBe("<p>The &lt;title> tag.</p>\n<p>Two.</p>\n<p>Then &lt;/title>.</p>");
  });
});

test("removes server code whole", () => {
  expect(bodyOf("<p>One.</p><?php if ($a > 1) { echo 1; } ?><p>Two.</p>", "a.html")).toBe("<p>One.</p><p>Two.</p>");
});

describe("what a browser hides is not published", () => {
  test.each([
    ["hidden", "<p hidden>no</p>", ""],
    ["hidden until it is found", '<p hidden="until-found">no</p>', ""],
    ["not displayed", '<p style="color: red; DISPLAY : none !important">no</p>', ""],
    ["invisible", '<p style="visibility:hidden">no</p>', ""],
    ["of a template", "<template>no</template>", ""],
    ["in a comment", "<!-- no --><!-- no --!>", ""],
    ["displayed by a later declaration", '<p style="display:none;display:block">yes</p>', "<p>yes</p>"],
    ["hidden only from screen readers", '<p aria-hidden="true">yes</p>', "<p>yes</p>"],
  ])("%s", (_, html, shown) => {
    expect(bodyOf(`<p>One.</p>${html}`, "a.html")).toBe(`<p>One.</p>${shown}`);
    expect(bodyOf(`<p>One.</p>\n\n${html}`).replace("\n<p></p>", "")).toBe(`<p>One.</p>${shown === "" ? "" : `\n${shown}`}`);
  });

  test("including the Markdown in it, and not as a title", () => {
    expect(bodyOf("One.\n\n<div hidden>\n\n*no*\n\n</div>\n\nTwo.")).toBe("<p>One.</p>\n\n<p>Two.</p>");
    expect(articleOf("a.html", "<h1 hidden>no</h1><h1>One</h1><p>Two</p>").title).toBe("One");
  });
});

describe("words are kept, or a notice says that they are not", () => {
  test.each([
    ["in a field", "<textarea>one &lt;b> <i>two</i></textarea>", "one &lt;b> &lt;i>two&lt;/i>", []],
    ["in a hidden field", "<textarea hidden>one</textarea>", "", []],
    ["in the fallback of an object", '<object data="javascript:x"><b>one</b><script>two</script></object>', "<b>one</b>", []],
    ["in the fallback of an embedded page", '<object data="https://a.example/b"><a href="/c">one</a></object>', LINK, ["frame-dropped"]],
    ["in the fallback of a canvas", "<canvas>one</canvas>", "one", []],
    ["in a meter", '<meter value="0.5">one half</meter> <output>two</output>', "one half two", []],
    ["in an open dialog", "<dialog open>one</dialog><dialog>two</dialog>", "one", []],
    ["in a choice", "<select><optgroup><option>one</option><option>two</option></optgroup></select>", "", ["choices-dropped"]],
    ["in an empty choice", "<select><option></option></select>", "", []],
  ])("%s", (_, written, shown, codes) => {
    for (const key of ["a.md", "a.html"]) {
      const text = `---\ntitle: T\n---\n<p>Here: ${written}</p>`;
      const { html } = articleOf(key, text);
      expect(html.replace(/<\/?p>/g, "").trim()).toBe(`Here: ${shown}`.trim());
      expect(codesOf(key, text)).toEqual(codes);
    }
  });

  test("in a choice, which the notice quotes", () => {
    const text = "---\ntitle: T\n---\nOne.\n\n<select>\n<option>Red</option>\n<option> Green  one</option>\n</select>";
    expect(findingsOf(parsed("a.md", text))).toEqual([
      expect.objectContaining({ code: "choices-dropped", line: 6, message: expect.stringContaining('"Red, Green one"') }),
    ]);
  });
});

describe("a formula becomes a line of text", () => {
  test.each([
    ["with sub- and superscripts", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x<sub>i</sub><sup>2</sup>"],
    ["a fraction", "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"],
    ["a root", "<msqrt><mi>x</mi></msqrt><mroot><mi>y</mi><mn>3</mn></mroot>", "√x<sup>3</sup>√y"],
    ["a matrix", "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>", "(1, 2; 3)"],
    ["applied", "<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "sin x"],
    ["without its source", '<semantics><mi>x</mi><annotation encoding="application/x-tex">\\x</annotation></semantics>', "x"],
  ])("%s", (_, mathml, html) => {
    expect(bodyOf(`<p>So <math>\n  ${mathml}\n</math> is.</p>`, "a.html")).toBe(`<p>So ${html} is.</p>`);
  });

  test("once, if KaTeX draws it a second time", () => {
    const drawn = '<span class="katex"><span><math><mi>x</mi></math></span><span class="katex-html" aria-hidden="true">x</span></span>';
    expect(bodyOf(`<p>So ${drawn}.</p>`, "a.html").replace(/<\/?span>/g, "")).toBe("<p>So x.</p>");
  });

  test("in words, if it has no other content", () => {
    expect(bodyOf('<p>So <math alttext="x^2"></math>.</p>', "a.html")).toBe("<p>So x^2.</p>");
  });
});
