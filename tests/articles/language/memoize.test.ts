import { expect, test } from "vitest";
import { memoize } from "../../../lambda/articles/language/memoize.ts";

test("computes each answer once, and returns the same as the work", () => {
  const asked: string[] = [];
  const length = memoize((word) => {
    asked.push(word);
    return word === "" ? undefined : word.length;
  });
  expect(["ru", "kk-Cyrl", "", "ru", ""].map(length)).toEqual([2, 7, undefined, 2, undefined]);
  expect(asked).toEqual(["ru", "kk-Cyrl", ""]);
  const many = Array.from({ length: 2000 }, (_, index) => "x".repeat(index));
  expect(many.map(length)).toEqual([undefined, ...many.slice(1).map((word) => word.length)]);
});
