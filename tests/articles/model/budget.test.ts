import { expect, test } from "vitest";
import { bodyOf } from "../../../lambda/articles/body.ts";
import { most, spend, withinBudget } from "../../../lambda/articles/model/budget.ts";
import { aNewsroom, findingsOf, parsed } from "../a-newsroom.ts";

test("work within the budget returns its result, work beyond it nothing", () => {
  expect(withinBudget(() => [spend("nodes", most.nodes)].length)).toBe(1);
  expect(withinBudget(() => [spend("nodes", most.nodes + 1)].length)).toBe(undefined);
});

test("passes other errors on", () => {
  expect(() =>
    withinBudget(() => {
      throw new Error("a bug");
    }),
  ).toThrow("a bug");
});

test("counts nothing outside of such work, and gives each work its own budget", () => {
  expect(() => spend("nodes", 2 * most.nodes)).not.toThrow();
  for (let turn = 0; turn < 3; turn += 1) expect(withinBudget(() => [spend("steps", most.steps)].length)).toBe(1);
});

test.each([
  ["markdown", "a\n\n", 4],
  ["markdown", "*a*", 3],
  ["html", "<b>a</b>", 3],
  ["text", "a\n\n", 1],
] as const)("of %s, as many of %j are a body as have %i parts each within the budget", (form, part, parts) => {
  const times = Math.floor(most.nodes / parts);
  expect(bodyOf(form, part.repeat(times - 10)).refusal?.code).toBe(undefined);
  expect(bodyOf(form, part.repeat(times + 10)).refusal?.code).toBe("article-crowded");
});

test.each([
  ["divisions", "::: a\n", ""],
  ["tabs", '=== "a"\n', "    "],
])("cuts %s that nest without end like other blocks", (_, line, indent) => {
  const text = Array.from({ length: 500 }, (_, depth) => indent.repeat(depth) + line).join("");
  expect(bodyOf("markdown", text).cut).toBe(true);
  expect(bodyOf("markdown", Array.from({ length: 100 }, (_, depth) => indent.repeat(depth) + line).join("")).cut).toBe(false);
});

test("nesting too deep for the call stack is a problem of its article", () => {
  const deeper = (): string => deeper() + deeper();
  const newsroom = Object.defineProperty(aNewsroom(), "timezone", { get: deeper });
  expect(findingsOf(parsed("a.md", "a", newsroom))).toEqual([expect.objectContaining({ code: "article-crowded" })]);
});
