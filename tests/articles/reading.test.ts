import { describe, expect, test } from "vitest";
import { parseHead } from "../../lambda/articles/parse-head.ts";
import { summarize } from "../../lambda/articles/title/summary.ts";
import { aNewsroom, articleOf, codesOf } from "./a-newsroom.ts";
import { bytes, page, singleByte, utf8, utf16 } from "./hostile/row.ts";

const markdown = (body: string): string => articleOf("a.md", page(body)).html;
const html = (body: string): string => articleOf("a.html", page(body)).html;

describe("the same article, saved in", () => {
  const text =
    '---\ntitle: "Новая линия метро откроется в декабре"\ndate: 2026-11-23\nauthor: Анна Ли\ntags: [город, метро]\n---\n\n' +
    "Новая линия метро откроется в декабре, сообщила пресс-служба города.\n\n## Что известно\n\nСтроители завершили работы. Я там был.\n";
  const { key: _, ...given } = articleOf("a.md", text);

  test.each([
    ["UTF-8 with a byte order mark", bytes([0xef, 0xbb, 0xbf], text)],
    ["UTF-8 with CRLF", utf8(text.replaceAll("\n", "\r\n"))],
    ["UTF-8 in NFD", utf8(text.normalize("NFD"))],
    ["UTF-16LE", utf16(text, "LE")],
    ["UTF-16BE", utf16(text, "BE")],
    ["windows-1251", singleByte(text, "windows-1251")],
    ["KOI8-R", singleByte(text, "koi8-r")],
    ["IBM866", singleByte(text, "ibm866")],
    ["ISO-8859-5", singleByte(text, "iso-8859-5")],
    ["macCyrillic", singleByte(text, "x-mac-cyrillic")],
    ["windows-1251 with CRLF", singleByte(text.replaceAll("\n", "\r\n"), "windows-1251")],
  ])("%s, is the same in every field", (_name, file) => {
    const article = articleOf("a.md", file);
    expect(article).toEqual({ key: "a.md", ...given });
    const content = (bytes: string | Uint8Array) => {
      const read = parseHead({ key: "a.md", bytes: Buffer.from(bytes) }, aNewsroom(), { soleInFolder: false });
      return read.kind === "article" && read.head.content;
    };
    expect(content(file)).toBe(content(text));
  });
});

describe("footnotes", () => {
  test("form a list at the end, in order of first mention, with links in both directions", () => {
    expect(markdown("One[^b] two[^a] three[^b].\n\n[^a]: First *note*\n    goes on.\n[^b]: Second.\n\nEnd.")).toBe(
      '<p>One<sup><a href="wireroom-self:#fn1" id="fnref1">[1]</a></sup> two<sup><a href="wireroom-self:#fn2" id="fnref2">[2]</a></sup> ' +
        'three<sup><a href="wireroom-self:#fn1" id="fnref1-2">[1]</a></sup>.</p>\n<p>End.</p>\n<section role="doc-endnotes"><hr>\n<ol>\n' +
        '<li id="fn1"><p>Second. <a href="wireroom-self:#fnref1">↩\uFE0E</a> <a href="wireroom-self:#fnref1-2">↩\uFE0E</a></p>\n</li>\n' +
        '<li id="fn2"><p>First <em>note</em>\ngoes on. <a href="wireroom-self:#fnref2">↩\uFE0E</a></p>\n</li>\n</ol>\n</section>',
    );
  });

  test("keep indented paragraphs and code, and notes that nothing mentions", () => {
    const made = markdown("x[^1]\n\n[^1]: One.\n\n    Two.\n\n        code\n[^2]: Alone.");
    expect(made).toContain('<p>One.</p>\n<p>Two.</p>\n<pre><code>code\n</code></pre>\n<a href="wireroom-self:#fnref1">');
    expect(made).toContain('<li id="fn2"><p>Alone.</p>');
  });

  test("keep text that only looks like one", () => {
    expect(markdown("a[^1] `[^2]` [^x](/y)\n\n> [^3]: z")).toContain(
      '<p>a[^1] <code>[^2]</code> <a href="https://wire.example/y">^x</a></p>',
    );
  });

  test("do not appear in summary and title", () => {
    expect(articleOf("a.md", "# Head[^1]\n\nText[^1] more.\n\n[^1]: Note.")).toMatchObject({ title: "Head", summary: "Text more." });
  });
});

describe("task lists", () => {
  test("have disabled boxes", () => {
    expect(markdown("- [x] done\n- [ ] *open*\n- [z] none\n\n[x] text")).toBe(
      '<ul>\n<li><input type="checkbox" disabled checked> done</li>\n<li><input type="checkbox" disabled> <em>open</em></li>\n' +
        "<li>[z] none</li>\n</ul>\n<p>[x] text</p>",
    );
  });
});

describe("known players become links", () => {
  const picture = (id: string, alt: string): string => `<img src="https://i.ytimg.com/vi/${id}/hqdefault.jpg" alt="${alt}">`;
  const watch = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";
  test.each([
    [
      '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?start=5" title="Film"></iframe>',
      `<p><a href="${watch}">${picture("dQw4w9WgXcQ", "Film")}</a></p>`,
    ],
    [
      '<iframe data-src="//www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>',
      `<p><a href="${watch}">${picture("dQw4w9WgXcQ", "youtube.com/watch?v=dQw4w9WgXcQ")}</a></p>`,
    ],
    [
      '<p>a <iframe src="https://player.vimeo.com/video/123?h=x"></iframe></p>',
      '<p>a <a href="https://vimeo.com/123">vimeo.com/123</a></p>',
    ],
    [
      '<iframe src="https://rutube.ru/play/embed/abc1/"></iframe>',
      '<p><a href="https://rutube.ru/video/abc1/">rutube.ru/video/abc1/</a></p>',
    ],
    [
      '<iframe src="https://vk.com/video_ext.php?oid=-1&id=2&hd=1"></iframe>',
      '<p><a href="https://vk.com/video-1_2">vk.com/video-1_2</a></p>',
    ],
    [
      '<iframe src="//player.bilibili.com/player.html?aid=1&bvid=BV1xx"></iframe>',
      '<p><a href="https://www.bilibili.com/video/BV1xx/">bilibili.com/video/BV1xx/</a></p>',
    ],
    [
      '<iframe src="https://open.spotify.com/embed/episode/4a?utm=x"></iframe>',
      '<p><a href="https://open.spotify.com/episode/4a">open.spotify.com/episode/4a</a></p>',
    ],
    [
      '<object><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"></object>',
      `<p><a href="${watch}">${picture("dQw4w9WgXcQ", "youtube.com/watch?v=dQw4w9WgXcQ")}</a></p>`,
    ],
    ['<a href="/x"><iframe src="https://player.vimeo.com/video/123"></iframe></a>', '<a href="https://wire.example/x">vimeo.com/123</a>'],
  ])("%s", (written, expected) => {
    expect(html(written)).toBe(expected);
    expect(codesOf("a.html", page(written))).toEqual([]);
  });

  test.each([
    "https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ",
    "https://evil.example/?https://www.youtube.com/embed/dQw4w9WgXcQ",
    "https://maps.example/embed",
    "https://www.youtube.com/embed/short",
  ])("%s is not a player: a notice", (address) => {
    expect(html(`<iframe src="${address}"></iframe><p>x</p>`)).toBe("<p>x</p>");
    expect(codesOf("a.html", page(`<iframe src="${address}"></iframe><p>x</p>`))).toEqual(["frame-dropped"]);
  });
});

describe("lazy images become plain and appear once", () => {
  const plain = '<img src="https://x.example/a.jpg">';
  test.each([
    '<img src="data:image/gif;base64,R0" data-src="https://x.example/a.jpg"><noscript><img src="https://x.example/a.jpg"></noscript>',
    '<img src="data:image/gif;base64,R0">\n<noscript><img src="https://x.example/a.jpg"></noscript>',
    '<noscript><img src="https://x.example/a.jpg"></noscript><img src="/spacer.gif" data-original="https://x.example/a.jpg">',
    '<img data-lazy-src="https://x.example/a.jpg">',
    '<img src="/img/placeholder-small.png?x" data-src="https://x.example/a.jpg" loading="lazy" class="lazyload">',
  ])("%s", (written) => {
    expect(html(written).replace(/\s+/g, " ").trim()).toBe(plain);
  });

  test("keeps two images that only look alike", () => {
    expect(html(`${plain}${plain}`)).toBe(plain + plain);
  });
});

test("keeps figures, code, tables and right-to-left quotations", () => {
  const written =
    '<figure><img src="https://x.example/a.jpg" alt="A"><figcaption>Photo</figcaption></figure><pre><code class="language-js">1 &lt; 2</code></pre>' +
    '<table><caption>C</caption><thead><tr><th scope="col" colspan="2">a</th></tr></thead><tbody><tr><td align="right">1</td><td>2</td></tr></tbody></table>' +
    '<blockquote dir="rtl" lang="ar"><p>نص</p></blockquote><p>см. <bdi dir="rtl">نص</bdi> и <q lang="kk">сөз</q></p>';
  expect(html(written)).toBe(written);
});

describe("a summary is cut", () => {
  const russian = "В 2020 г. в г. Алматы прошла «Встреча министров» (по данным пресс-службы), сообщил проф. Иванов.";
  test.each([
    [15, "В 2020 г. в…"],
    [22, "В 2020 г. в г. Алматы…"],
    [45, "В 2020 г. в г. Алматы прошла «Встреча…"],
    [66, "В 2020 г. в г. Алматы прошла «Встреча министров» (по данным…"],
    [93, "В 2020 г. в г. Алматы прошла «Встреча министров» (по данным пресс-службы), сообщил…"],
  ])("at %i: between words, not after an abbreviation, without a lone opening bracket", (budget, expected) => {
    expect(summarize(russian, budget)).toBe(expected);
  });

  test("never inside a grapheme of any script", () => {
    const texts = [
      "哈萨克斯坦与邻国就粮食运输的新规则达成协议",
      "يُعَلِّمُ المُعَلِّمُ الطُّلَّابَ",
      "👩‍🚀🇰🇿 é👨‍👩‍👧‍👦 ok",
      "क्षत्रिय नमस्ते दुनिया",
      "e\u0301\u0302e\u0301 x\u0308y",
    ];
    const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
    for (const text of texts) {
      const ends = new Set([...graphemes.segment(text)].map(({ index }) => index).concat(text.length));
      for (let budget = 1; budget < 30; budget += 1) expect(ends).toContain(summarize(text, budget).replace(/ ?…$/, "").length);
    }
  });
});
