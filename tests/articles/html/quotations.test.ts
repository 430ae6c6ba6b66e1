import { describe, expect, test } from "vitest";
import { articleOf } from "../a-newsroom.ts";

const body = (lang: string, html: string): string => articleOf("a.html", `---\ntitle: T\nlang: ${lang}\n---\n${html}`).html;

const english = "<p>The road is open, said the minister.</p>";
const arabic = "<p>الطريق مفتوح، قال الوزير.</p>";

describe("in a right-to-left article", () => {
  test.each([
    ["a left-to-right quotation", `<blockquote>${english}</blockquote>`, `<blockquote dir="ltr">${english}</blockquote>`],
    ["an inline quotation", `<p>قال <q>We go.</q></p>`, `<p>قال <q dir="ltr">We go.</q></p>`],
    [
      "one from the right in one from the left",
      `<blockquote>${english}${english}<blockquote>${arabic}</blockquote></blockquote>`,
      `<blockquote dir="ltr">${english}${english}<blockquote dir="rtl">${arabic}</blockquote></blockquote>`,
    ],
    [
      "code",
      "<p>اكتب <code>f(x);</code></p><pre><code>a();</code></pre>",
      '<p>اكتب <code dir="ltr">f(x);</code></p><pre dir="ltr"><code>a();</code></pre>',
    ],
    ["a part with a stated language", '<p lang="en">Hello!</p>', '<p lang="en" dir="ltr">Hello!</p>'],
  ])("%s gets its direction", (_, written, expected) => {
    expect(body("ar", written)).toBe(expected);
  });

  test.each([
    ["a quotation in the article's script", `<blockquote>${arabic}</blockquote>`],
    ["one that begins with a foreign name", "<blockquote><p>Google قالت إن الطريق مفتوح أمام الجميع.</p></blockquote>"],
    ["one without letters", "<blockquote><p>1, 2, 3!</p></blockquote>"],
    ["a direction from the author", `<blockquote dir="rtl">${english}</blockquote>`],
    ["a direction that the author leaves to the browser", `<blockquote dir="auto">${english}</blockquote>`],
    ["a part with an invalid language", '<p lang="nonsense!">مرحبا</p>'],
  ])("%s stays as it is", (_, written) => {
    expect(body("ar", written)).toBe(written);
  });
});

describe("in a left-to-right article", () => {
  test.each([
    ["a right-to-left quotation", `<blockquote>${arabic}</blockquote>`, `<blockquote dir="rtl">${arabic}</blockquote>`],
    ["one in character references", "<blockquote>&#x645;&#x631;</blockquote>", '<blockquote dir="rtl">مر</blockquote>'],
    [
      "one that names a region's script",
      '<p>x</p><blockquote lang="kk-CN">سالەم</blockquote>',
      '<p>x</p><blockquote lang="kk-CN" dir="rtl">سالەم</blockquote>',
    ],
  ])("%s gets its direction", (_, written, expected) => {
    expect(body("en", written)).toBe(expected);
  });

  test("everything else stays as it is", () => {
    const plain = `${english}<blockquote>${english}</blockquote><pre><code>a();</code></pre>${arabic}`;
    expect(body("en", plain)).toBe(plain);
    expect(body("kk", plain)).toBe(plain);
  });
});
