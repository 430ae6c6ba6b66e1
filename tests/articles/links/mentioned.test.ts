import { expect, test } from "vitest";
import { mediaMentioned } from "../../../lambda/articles/links/mentioned.ts";

test.each([
  ["a reference to the dot", "![x](a&period;png)"],
  ["a reference by number", "![x](a&#46;png)"],
  ["a reference to a letter of the ending", "![x](a.p&#x6e;g)"],
  ["a backslash", "![x](a\\.png)"],
])("finds a picture whose ending is behind %s", (_, text) => {
  expect(mediaMentioned(`The only picture: ${text}`, "news/ferry.md")).toContain("news/ferry//a.png");
});

test("finds nothing in a text without pictures", () => {
  expect(mediaMentioned("Fish &amp; chips, see notes.txt and \\*stars\\*.", "news/ferry.md")).toEqual([]);
});
