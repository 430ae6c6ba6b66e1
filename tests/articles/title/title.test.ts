import { describe, expect, test } from "vitest";
import { mendTitle } from "../../../lambda/articles/title/title.ts";
import { articleOf, codesOf } from "../a-newsroom.ts";

describe("removes a stray character before a title", () => {
  test.each([
    ["Han before Cyrillic", "百Президент", "Президент"],
    ["kana before Latin", "のPresident", "President"],
    ["Hangul before Latin", "한President", "President"],
    ["Arabic before Cyrillic", "عПрезидент", "Президент"],
    ["Hebrew before Latin", "אPresident", "President"],
    ["Han outside of the basic plane", "𠀀President", "President"],
    ["after space", "  百President", "President"],
  ])("%s", (_, written, title) => {
    const mended = mendTitle(written, `${written}\n\nText.`);
    expect(mended.title).toBe(title);
    expect(mended.remarks).toMatchObject([{ kind: "notice", code: "title-mended" }]);
  });
});

describe("keeps a title", () => {
  test.each([
    ["if the character's script occurs again in the title", "百President 百", "Text."],
    ["if it occurs again in the text", "百President", "He said 百."],
    ["if the character stands alone", "百 President", "Text."],
    ["before a digit", "第5", "Text."],
    ["before another East Asian script", "美대통령 방한", "본문."],
    ["before kana", "私はペン", "テキスト"],
    ["if there are two characters", "百百President", "Text."],
    ["if the character is at the end", "President百", "Text."],
    ["if it is the whole title", "百", "Text."],
    ["of one script", "Президент", "Текст."],
  ])("%s", (_, title, text) => {
    expect(mendTitle(title, `${title}\n\n${text}`)).toEqual({ title, remarks: [] });
  });
});

test("a word of mixed alphabets is only a notice", () => {
  const title = "Пpезидент в Алматы"; // the second letter is Latin
  expect(mendTitle(title, title)).toMatchObject({ title, remarks: [{ kind: "notice", code: "title-mixed-letters" }] });
  expect(mendTitle("IT-компания и 5G-сеть", "")).toMatchObject({ remarks: [] });
});

describe("without one in front matter, the title is", () => {
  test.each([
    ["the first heading of Markdown", "a.md", "# One *two*\n\nText.", "One two", "<p>Text.</p>"],
    [
      "a heading behind a picture",
      "a.md",
      "![x](x.png)\n\n## One\n\nText.",
      "One",
      '<p><img src="https://wire.example/x.png" alt="x"></p>\n\n<p>Text.</p>',
    ],
    ["the first heading of level one", "a.md", "Intro.\n\n# One\n\nText.", "One", "<p>Intro.</p>\n\n<p>Text.</p>"],
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
      "not a heading in a quotation",
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

  test("the file's name if there are only pictures, with a notice", () => {
    expect(articleOf("two-photos.md", "![](a.png)").title).toBe("two photos");
    expect(codesOf("two-photos.md", "![](a.png)")).toEqual(["title-from-name"]);
  });
});

test("a title in front matter leaves the body unchanged", () => {
  expect(articleOf("a.md", "---\ntitle: One\n---\n# Two\n\nText.")).toMatchObject({ title: "One", html: "<h1>Two</h1>\n<p>Text.</p>" });
});

describe("a note's file name is its title if it reads like one", () => {
  test.each([
    ["of words", "notes/Sea level, autumn.md", "Sea level, autumn"],
    ["of one word", "Каспий.md", "Каспий"],
    ["in a script without capitals", "里海的水位.md", "里海的水位"],
    ["after a date", "2026-11-24 Talk with Ann.md", "Talk with Ann"],
    ["after a number that orders notes", "202611240915 Talk with Ann.md", "Talk with Ann"],
    ["of a folder", "Sea level/index.md", "Sea level"],
    ["of an HTML file", "Sea level.html", "Sea level"],
  ])("%s", (_, key, title) => {
    const text = `---\ndate: 2026-11-24\n---\n${"It fell by two metres. ".repeat(12)}\n\nMore.`;
    expect(articleOf(key, text).title).toBe(title);
    expect(articleOf(key, "---\ndate: 2026-11-24\n---\nIt fell.\n\nMore.")).toMatchObject({
      title,
      html: key.endsWith("html") ? "It fell.\n\nMore." : "<p>It fell.</p>\n<p>More.</p>",
    });
  });

  test.each([
    ["a bare date", "2026-11-24.md"],
    ["a number", "202611240915.md"],
    ["a hash", "9f1c2b3a4d 5e6f7a8b.md"],
    ["a name for programs", "sea-level.md"],
    ["a default name", "Untitled 2.md"],
    ["a plain text, which has a first line", "Sea level.txt"],
  ])("not after %s", (_, key) => {
    expect(articleOf(key, "It fell.\n\nMore.").title).toBe("It fell.");
  });

  test("and not if there is a heading", () => {
    expect(articleOf("Sea level.md", "# It fell\n\nMore.").title).toBe("It fell");
  });
});

describe("a long title from the body is cut, and the whole text stays", () => {
  const long = "The sea fell by two metres. ".repeat(100).trim();
  test.each([
    ["a paragraph of plain text", "a.txt", `${long}\n\nMore.`],
    ["a plain text of one line", "a.txt", long],
    ["a heading", "a.md", `# ${long}\n\nMore.`],
    ["a paragraph", "a.md", `${long}\n\nMore.`],
  ])("%s", (_, key, text) => {
    const article = articleOf(key, text);
    expect(article.title).toMatch(/^The sea fell by two metres\. .*…$/);
    expect(article.title.length).toBeLessThanOrEqual(202);
    expect(article.html).toContain(`>${long}<`);
  });
});

describe("a line that becomes the title stays in the body if it holds", () => {
  test.each([
    ["a link", "# [One](https://a.example)\n\nText."],
    ["a bare address", "# One https://a.example\n\nText."],
    ["a picture", "# ![x](x.png) One\n\nText."],
    ["a link in its first paragraph", "One [two](https://a.example)\nThree.\n\nText."],
  ])("%s", (_, markdown) => {
    const article = articleOf("a.md", markdown);
    expect(article.title).toMatch(/^One/);
    expect(article.title).not.toMatch(/Three/);
    expect(article.html).toMatch(/^<(?:h1|p)>.*One/);
    expect(article.html).toMatch(/href="https:\/\/a\.example\/?"|src="https:\/\/wire\.example\/x\.png"/);
  });

  test("but not for a link to itself", () => {
    expect(articleOf("a.md", '# <a href="#one">#</a> One\n\nText.').html).toBe("<p>Text.</p>");
  });

  test("is cut at the line's end, whatever formatting is in it", () => {
    expect(articleOf("a.md", "*One* two\nThree *four*.")).toMatchObject({ title: "One two", html: "<p>Three <em>four</em>.</p>" });
    expect(articleOf("a.md", "One *two*  \nThree.")).toMatchObject({ title: "One two", html: "<p>\nThree.</p>" });
  });

  test("and not for a link to its own page", () => {
    const page =
      '<html><head><link rel="canonical" href="https://a.example/one/"></head><h1><a href="/one/">One</a></h1><p>Text.</p></html>';
    expect(articleOf("a.html", page)).toMatchObject({ title: "One", html: "<p>Text.</p>" });
  });
});

test.each(["a.md", "a.txt"])("a wrapped line is not a headline: %s", (key) => {
  const text = "The sea fell by two metres in the year\nof the drought. Now it rises.\n\nMore.";
  const article = articleOf(key, text);
  expect(article.title).toMatch(/^The sea fell by two metres in the year of the drought\. Now it rises\./);
  expect(article.html).toMatch(/^<p>The sea fell by two metres in the year\nof the drought\./);
});
