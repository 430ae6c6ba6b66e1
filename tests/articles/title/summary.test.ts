import { describe, expect, test } from "vitest";
import { summarize } from "../../../lambda/articles/title/summary.ts";
import { articleOf } from "../a-newsroom.ts";

describe("a summary", () => {
  test("is the whole text if that is short", () => {
    expect(summarize("Short.")).toBe("Short.");
    expect(summarize("x".repeat(300))).toBe("x".repeat(300));
  });

  test("ends with a whole word, without the comma after it", () => {
    expect(summarize("one two, three four", 10)).toBe("one two…");
    expect(summarize("Он приехал в г. Алматы вчера днём", 24)).toBe("Он приехал в г. Алматы…");
  });

  test("is cut between words even without spaces", () => {
    const cut = summarize("哈萨克斯坦与邻国就粮食运输的新规则达成协议", 10);
    expect(cut).toMatch(/^哈萨克斯坦与邻国.{0,2}…$/);
  });

  test("never cuts an emoji, a flag or an accented letter", () => {
    const family = "👨‍👩‍👧‍👦";
    expect(summarize(family.repeat(20), 5)).toBe(`${family.repeat(5)}…`);
    expect(summarize("🇰🇿".repeat(20), 5)).toBe(`${"🇰🇿".repeat(5)}…`);
    expect(summarize("𠀀".repeat(3000), 300).isWellFormed()).toBe(true);
  });

  test("of a word longer than the budget is its beginning", () => {
    expect(summarize("x".repeat(1000), 10)).toBe("xxxxxxxxxx…");
  });

  test("of one letter with a million marks is short", () => {
    expect(summarize(`a${"\u0301".repeat(1_000_000)}`).length).toBeLessThan(5000);
  });
});

describe("an article's summary", () => {
  test("comes from front matter, as plain text", () => {
    expect(articleOf("a.md", "---\ntitle: T\ndescription: Short\n  and sweet\n---\nText.").summary).toBe("Short and sweet");
    expect(articleOf("a.md", "---\ntitle: T\nexcerpt: <p>Short &amp; <b>sweet</b></p>\n---\nText.").summary).toBe("Short & sweet");
  });

  test("is prose without headings, code and tables, if there is any", () => {
    expect(articleOf("a.md", "---\ntitle: T\n---\n## Head\n\nText *one*.\n\n```\ncode\n```\n\n| a |\n|---|\n| b |\n\n- two").summary).toBe(
      "Text one. two",
    );
    expect(articleOf("a.md", "---\ntitle: T\n---\n```\ncode\n```").summary).toBe("code");
  });
});
