import { describe, expect, test } from "vitest";
import { articleOf } from "./a-newsroom.ts";

const htmlOf = (body: string, key = "a.md"): string => articleOf(key, `---\ntitle: "The bridge, open again"\n---\n${body}`).html;

describe("a title of front matter that the text repeats as its first heading leaves the text", () => {
  test.each([
    ["as it is", "# The bridge, open again\n\nText."],
    ["in other case and punctuation", "## THE BRIDGE – OPEN AGAIN!\n\nText."],
    ["underlined", "The bridge, open again\n===\n\nText."],
  ])("%s", (_, body) => {
    expect(htmlOf(body)).toBe("<p>Text.</p>");
  });

  test("in HTML, and below a picture", () => {
    expect(htmlOf("<header><h1>The bridge, open again</h1></header><p>Text.</p>", "a.html")).not.toContain("open again");
    expect(htmlOf("![Bridge](https://wire.example/b)\n\n# The bridge, open again\n\nText.")).toMatch(
      /^<p><img src="https:\/\/wire.example\/b" alt="Bridge"><\/p>\s+<p>Text.<\/p>$/,
    );
  });

  test("and its summary begins after it", () => {
    expect(articleOf("a.md", '---\ntitle: "Rain"\n---\n# Rain\n\nIt rains.\n')).toMatchObject({ title: "Rain", summary: "It rains." });
  });
});

describe("the heading stays", () => {
  test.each([
    ["if it says something else", "# The bridge\n\nText.", "<h1>The bridge</h1>"],
    ["if text stands before it", "Text.\n\n# The bridge, open again\n\nMore.", "<h1>The bridge, open again</h1>"],
    ["if it is a link", "# [The bridge, open again](https://other.example/)\n\nText.", "https://other.example/"],
    ["if the text would be empty", "# The bridge, open again\n", "<h1>The bridge, open again</h1>"],
  ])("%s", (_, body, stays) => {
    expect(htmlOf(body)).toContain(stays);
  });
});
