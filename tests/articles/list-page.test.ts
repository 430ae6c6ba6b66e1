import { describe, expect, test } from "vitest";
import { parsed } from "./a-newsroom.ts";

const reasonOf = (text: string, key = "blog.md"): string | undefined => {
  const result = parsed(key, text);
  return result.kind === "passed-over" ? result.reason : undefined;
};

describe("a page that lists other articles is none itself", () => {
  test.each([
    [
      "Jekyll",
      "---\ntitle: All our stories\nlayout: page\n---\n\nThe newest first.\n\n{% for post in site.posts %}\n- {{ post.title }}\n{% endfor %}\n",
    ],
    [
      "Jekyll, in pages",
      "---\ntitle: News\n---\n{%- for post in paginator.posts -%}<a href='{{ post.url }}'>{{ post.title }}</a>{%- endfor -%}",
    ],
    ["Eleventy", "---\ntitle: News\n---\n{% for item in collections.news | reverse %}{{ item.data.title }}{% endfor %}\n"],
    ["Eleventy, in pages", "---\ntitle: News\npagination: { data: collections.news, size: 10 }\n---\nOne page of many.\n"],
    ["Hugo", "---\ntitle: News\n---\n{{ range .Site.RegularPages }}{{ .Title }}{{ end }}\n"],
  ])("%s", (_, text) => {
    expect(reasonOf(text)).toBe("It is a list of other articles, without a date.");
  });

  test("nor is a page that its layout makes, or that leads elsewhere", () => {
    expect(reasonOf("---\ntitle: Blog\nlayout: posts\npermalink: /blog/\n---\n")).toBe(
      "It has no date and no text: a layout makes the page.",
    );
    expect(reasonOf('+++\ntemplate = "newest.html"\n+++\n', "newest.md")).toBe("It has no date and no text: a layout makes the page.");
    expect(reasonOf("---\ntitle: Old\nredirect_to: /new/\n---\n")).toBe("It has no date and no text, and leads to another page.");
  });
});

describe("it is an article", () => {
  test.each([
    ["with a date", "---\ntitle: The year\ndate: 2026-11-20\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}"],
    [
      "whose loop is shown as code",
      "---\ntitle: How to list\n---\nWrite:\n\n```liquid\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n```\n",
    ],
    [
      "with much more to say",
      `---\ntitle: Us\n---\n${"We have written about the river. ".repeat(20)}\n{% for post in site.posts %}{{ post.title }}{% endfor %}`,
    ],
    ["that loops over something else", "---\ntitle: Us\n---\n{% for river in rivers %}{{ river }}{% endfor %}\nThe rivers."],
    ["with a layout and text", "---\ntitle: Us\nlayout: page\n---\nText."],
    ["with a title alone", "---\ntitle: The bridge is open again\n---\n"],
  ])("%s", (_, text) => {
    expect(parsed("blog.md", text).kind).toBe("article");
  });
});
