import { page, type Row } from "./row.ts";

const html = (what: string, written: string, expected: string, ...says: readonly string[]): Row => ({
  what,
  key: "a.html",
  file: page(`${written}<p>end</p>`),
  says,
  has: { html: `${expected}<p>end</p>` },
});
const markdown = (what: string, written: string, expected: string, ...says: readonly string[]): Row => ({
  what: `${what} in Markdown`,
  key: "a.md",
  file: page(`${written}\n\nend`),
  says,
  has: { html: `${expected}<p>end</p>` },
});

// Mutation: addresses.ts, LINKS with "javascript:", or allowed.ts, "*" with "onClick": the rows of addresses or events fail.
export const vectors: readonly Row[] = [
  html("a script with a slash instead of a space", '<script/x src="//e.example/x.js"></script>', ""),
  html("a script that ends inside a string", "<script>var a = '</script><b>x</b>';</script>", "<b>x</b>';"),
  html("a script in an unknown space", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>", "alert(1)"),
  html("an event in every quotation", `<p onclick="a" onload='b' onfocus=c onblur onpointerdown=\`d\`>x</p>`, "<p>x</p>"),
  html("an event after a NUL", '<p \0onclick="a">x</p>', "<p>x</p>", "character-forbidden"),
  html("an event after a false quotation mark", `<img """><p onclick="a">x</p>">`, '<p>x</p>"&gt;'.replace("&gt;", ">")),
  html("an event on details", "<details open ontoggle=alert(1)>x</details>", "<details open>x</details>"),
  html("an event of an animation", '<p style="animation-name:x" onanimationstart="alert(1)">x</p>', "<p>x</p>"),
  html("javascript: in capitals and tabs", '<a href=" JaVa\tScRiPt:alert(1)">x</a>', "<a>x</a>", "link-dropped"),
  html("javascript: after control characters", '<a href="&#x1F;javascript:alert(1)">x</a>', "<a>x</a>", "link-dropped"),
  html(
    "javascript: after a zero-width space",
    '<a href="\u200Bjavascript:alert(1)">x</a>',
    '<a href="https://wire.example/%E2%80%8Bjavascript:alert(1)">x</a>',
  ),
  html("javascript: in a form's button", '<form><button formaction="javascript:alert(1)">x</button></form>', "x"),
  html(
    "javascript: in an area",
    '<map name=m><area href="javascript:alert(1)"></map><img usemap="#m" src="/a.png">',
    '<img src="https://wire.example/a.png">',
  ),
  html("javascript: in a picture", '<img src="javascript:alert(1)">', "", "file-dropped"),
  html("javascript: in a srcset", '<img srcset="javascript:alert(1) 1x, /a.png 2x">', '<img srcset="https://wire.example/a.png 2x">'),
  html(
    "javascript: in a poster",
    '<video poster="javascript:alert(1)" src="/a.mp4"></video>',
    '<video src="https://wire.example/a.mp4" controls></video>',
    "file-dropped",
  ),
  html("javascript: in a quotation's source", '<blockquote cite="javascript:alert(1)">x</blockquote>', "<blockquote>x</blockquote>"),
  html("javascript: in a vector image's link", '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', ""),
  html("javascript: in an animation in a vector image", '<svg><animate attributeName=href values="javascript:alert(1)" /></svg>', ""),
  html("javascript: in MathML", '<math href="javascript:alert(1)">x</math>', "x"),
  html("javascript: in a frame", '<iframe src="javascript:alert(1)"></iframe>', ""),
  html("a page in a frame's attribute", '<iframe srcdoc="<script>alert(1)</script>"></iframe>', ""),
  html("a page in a data: address", '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>', "<a>x</a>", "link-dropped"),
  html("a vector image in a data: address", '<img src="data:image/svg+xml,<svg onload=alert(1)>">', "", "image-inline"),
  html("an object of another type", '<object type="text/x-scriptlet" data="https://e.example/x"></object>', "", "frame-dropped"),
  html("an applet and a frame set", "<applet code=x></applet><frameset><frame src=x></frameset>", ""),
  html("a style that loads", "<style>@import '//e.example/x.css'; p { background: url(//e.example/) }</style>", ""),
  html("a linked style", '<link rel="stylesheet" href="//e.example/x.css"><link rel=import href=//e.example/>', ""),
  html("an old CSS expression", '<p style="width: expression(alert(1))">x</p>', "<p>x</p>"),
  html("an old CSS binding", '<p style="-moz-binding: url(//e.example/x.xml#x)">x</p>', "<p>x</p>"),
  html("a comment that some browsers ran", "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", ""),
  html(
    "a comment that ends early",
    "<!--><img src=x onerror=alert(1)>-->",
    '<img src="https://wire.example/x">--&gt;'.replace("&gt;", ">"),
  ),
  html("CDATA outside of XML", "<![CDATA[<script>alert(1)</script>]]>", ""),
  html("a processing instruction", '<?xml-stylesheet href="javascript:alert(1)"?>', ""),
  html(
    "a text area that hides its end",
    "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
    '<img src="https://wire.example/x">',
  ),
  html(
    "noscript that hides an attribute",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></p></noscript>',
    '<p title="&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;"></p>',
  ),
  {
    what: "a style in MathML that changes its meaning",
    key: "a.html",
    file: page("<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"),
    says: ["body-empty"],
    has: { html: "" },
  },
  html(
    "a style in a vector image",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<img src="https://wire.example/1">">',
  ),
  html(
    "a table whose content is moved out",
    "<table><script>alert(1)</script><img src=x onerror=alert(1)><tr><td>x</table>",
    '<img src="https://wire.example/x"><table><tbody><tr><td>x</td></tr></tbody></table>',
  ),
  html(
    "names that shadow a page's own",
    '<a id="location" name="cookie">x</a><img name="getElementById" src="/a.png">',
    '<a id="location">x</a><img src="https://wire.example/a.png">',
  ),
  html("a base that changes links", '<base href="javascript:/a/"><a href="#x">x</a>', '<a href="wireroom-self:#x">x</a>'),
  html(
    "a target that exposes its opener",
    '<a href="/x" target="_blank" rel="opener" ping="//e.example/">x</a>',
    '<a href="https://wire.example/x">x</a>',
  ),
  html("a custom element of the reader", "<x-reader is=script onclick=alert(1)>x</x-reader><slot name=a>y</slot>", "xy"),
  html(
    "spaces in a phone number and in a mail address",
    '<a href="tel:+7 (727) 1">x</a><a href="mailto:a@b.example?subject=a b">y</a>',
    '<a href="tel:+7(727)1">x</a><a href="mailto:a@b.example?subject=a%20b">y</a>',
  ),
  html("a forged mark of a file", '<img src="wireroom-media:/x;javascript:alert(1)">', "", "file-dropped"),
  html("a forged mark of the article", '<a href="wireroom-self:#x" >x</a>', "<a>x</a>", "link-dropped"),
  html("an unterminated character reference", '<a href="&#106&#97&#118&#97script&#58alert(1)">x</a>', "<a>x</a>", "link-dropped"),
  html(
    "a right-to-left quotation",
    '<blockquote dir="rtl" lang="ar"><p>نص <bdo dir="ltr">abc</bdo></p></blockquote>',
    '<blockquote dir="rtl" lang="ar"><p>نص <bdo dir="ltr">abc</bdo></p></blockquote>',
  ),
  markdown("a javascript: link", "[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
  markdown("a javascript: link in character references", "[x](&#106;avascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
  markdown("a bare javascript: address", "<javascript:alert(1)>", "<p>&lt;javascript:alert(1)></p>\n"),
  markdown("a vbscript: picture", "![x](vbscript:a)", "<p>![x](vbscript:a)</p>\n"),
  markdown(
    "a link with a title that ends it",
    '[x](/y "a\\"onclick=alert(1)")',
    '<p><a href="https://wire.example/y" title="a&quot;onclick=alert(1)">x</a></p>\n',
  ),
  markdown("a script block", "<script>\nalert(1)\n</script>", ""),
  markdown("a language of code", '```"><script>alert(1)</script>\nx\n```', "<pre><code>x\n</code></pre>\n"),
  {
    what: "a footnote's name in Markdown",
    file: page('x[^"><b>]\n\n[^"><b>]: y'),
    has: {
      html:
        '<p>x<sup><a href="wireroom-self:#fn1" id="fnref1">[1]</a></sup></p>\n<section role="doc-endnotes"><hr>\n<ol>\n' +
        '<li id="fn1"><p>y <a href="wireroom-self:#fnref1">↩\uFE0E</a></p>\n</li>\n</ol>\n</section>',
    },
  },
];
