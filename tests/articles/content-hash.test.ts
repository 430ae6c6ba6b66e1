import { expect, test } from "vitest";
import { contentHash } from "../../lambda/articles/content-hash.ts";

const hashOf = (text: string): string => contentHash({ title: "Ferry", summary: undefined, text });

test.each([
  ["a space", " "],
  ["a tab", "\t"],
  ["an ideographic space", "\u3000"],
  ["several", " \t\u00a0"],
])("does not see %s at the end of a line", (_, blank) => {
  expect(hashOf(`One.${blank}\n\nTwo.\n`)).toBe(hashOf("One.\n\nTwo."));
  expect(hashOf(`One.\n${blank}\nTwo.`)).toBe(hashOf("One.\n\nTwo."));
});

test("sees a blank inside a line, and a new line", () => {
  expect(new Set(["One two.", "One  two.", "One\ntwo.", "One\n\ntwo."].map(hashOf)).size).toBe(4);
});
