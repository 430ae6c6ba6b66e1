import { describe, expect, test } from "vitest";
import { mendTitle } from "../../lambda/articles/title.ts";
import { articleOf, codesOf } from "./a-newsroom.ts";

describe("a stray character before a title is taken off", () => {
  test.each([
    ["Han before Cyrillic", "百Президент", "Президент"],
    ["kana before Latin", "のPresident", "President"],
    ["Hangul before Latin", "한President", "President"],
    ["Arabic before Cyrillic", "عПрезидент", "Президент"],
    ["Hebrew before Latin", "אPresident", "President"],
    ["Han outside of the first plane", "𠀀President", "President"],
    ["behind space", "  百President", "President"],
  ])("%s", (_, written, title) => {
    const mended = mendTitle(written, `${written}\n\nText.`);
    expect(mended.title).toBe(title);
    expect(mended.remarks).toMatchObject([{ kind: "notice", code: "title-mended" }]);
  });
});

describe("a title stays as it is", () => {
  test.each([
    ["where the character has a fellow in the title", "百President 百", "Text."],
    ["where it has a fellow in the text", "百President", "He said 百."],
    ["where it stands alone", "百 President", "Text."],
    ["before a figure", "第5", "Text."],
    ["before another script of East Asia", "美대통령 방한", "본문."],
    ["before kana", "私はペン", "テキスト"],
    ["where two stray", "百百President", "Text."],
    ["where it is at the end", "President百", "Text."],
    ["where it is all", "百", "Text."],
    ["of one script", "Президент", "Текст."],
  ])("%s", (_, title, text) => {
    expect(mendTitle(title, `${title}\n\n${text}`)).toEqual({ title, remarks: [] });
  });
});

test("a word of mixed alphabets is a notice, and no change", () => {
  const title = "Пpезидент в Алматы"; // the second letter is Latin
  expect(mendTitle(title, title)).toMatchObject({ title, remarks: [{ kind: "notice", code: "title-mixed-letters" }] });
  expect(mendTitle("IT-компания и 5G-сеть", "")).toMatchObject({ remarks: [] });
});

describe("where front matter has none, the title is", () => {
  test.each([
    ["the first heading of Markdown", "a.md", "# One *two*\n\nText.", "One two", "<p>Text.</p>"],
    [
      "a heading behind a picture",
      "a.md",
      "![x](x.png)\n\n## One\n\nText.",
      "One",
      '<p><img src="https://wire.example/x.png" alt="x"></p>\n\n<p>Text.</p>',
    ],
    ["the first heading of the first level", "a.md", "Intro.\n\n# One\n\nText.", "One", "<p>Intro.</p>\n\n<p>Text.</p>"],
    [
      "the first line, when headings only part the text",
      "a.md",
      "One\n\nText.\n\n## Part\n\nMore.",
      "One",
      "<p>Text.</p>\n<h2>Part</h2>\n<p>More.</p>",
    ],
    ["the first line of a paragraph", "a.md", "One\nText.", "One", "<p>Text.</p>"],
    ["the first line of a text", "a.txt", "One\nText.", "One", "<p>Text.</p>"],
    ["the heading of a page", "a.html", "<title>One | Wire</title><h1>One</h1><p>Text.</p>", "One", "<p>Text.</p>"],
    ["the title of a page without a heading", "a.html", "<title>One</title><p>Text.</p>", "One", "<p>Text.</p>"],
    ["the only heading, which stays", "a.md", "# One", "One", "<h1>One</h1>"],
    ["the only line, which stays", "a.txt", "One", "One", "<p>One</p>"],
    [
      "no heading of a quotation",
      "a.md",
      "> # Quoted\n\nText.",
      "Quoted Text.",
      "<blockquote>\n<h1>Quoted</h1>\n</blockquote>\n<p>Text.</p>",
    ],
  ])("%s", (_, key, text, title, html) => {
    expect(articleOf(key, text)).toMatchObject({ title, html });
  });

  test("the beginning of a long first paragraph, which stays", () => {
    const article = articleOf("a.md", `${"Long words follow. ".repeat(20)}\n\nText.`);
    expect(article.title).toMatch(/^Long words follow\..*…$/);
    expect(article.title.length).toBeLessThan(110);
    expect(article.html).toContain("<p>Long words follow.");
  });

  test("the file's name where there are only pictures, with a notice", () => {
    expect(articleOf("two-photos.md", "![](a.png)").title).toBe("two photos");
    expect(codesOf("two-photos.md", "![](a.png)")).toEqual(["title-from-name"]);
  });
});

test("a title of front matter leaves the body as it is", () => {
  expect(articleOf("a.md", "---\ntitle: One\n---\n# Two\n\nText.")).toMatchObject({ title: "One", html: "<h1>Two</h1>\n<p>Text.</p>" });
});
