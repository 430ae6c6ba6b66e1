import fc from "fast-check";
import { expect, test } from "vitest";
import { pathsByArticle } from "../../lambda/state/member-rows.ts";

const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map((number) => `story-${number}`));
const members = fc.dictionary(fc.constantFrom("all", "section/world", "tag/a", "constructor"), ids);

const unordered = (paths: ReadonlyMap<string, readonly string[]>) => new Map([...paths].map(([id, own]) => [id, own.toSorted()]));

test("the paths of articles are the same, whether all are looked at or only those that have come or gone", () => {
  fc.assert(
    fc.property(members, members, (was, now) => {
      const before = { members: was, paths: pathsByArticle(was) };
      expect(unordered(pathsByArticle({ ...now }, before))).toEqual(unordered(pathsByArticle({ ...now })));
    }),
  );
});

test("an article that stays keeps its row, so that no other object is written", () => {
  const was = { all: ["b", "a"], "section/world": ["a"] };
  const paths = pathsByArticle(was);
  const after = pathsByArticle({ all: ["c", "b", "a"], "section/world": ["c", "a"] }, { members: was, paths });
  expect(after.get("a")).toBe(paths.get("a"));
  expect(after.get("c")).toEqual(["all", "section/world"]);
});
