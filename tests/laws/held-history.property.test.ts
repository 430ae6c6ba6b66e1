import fc from "fast-check";
import { expect, test } from "vitest";
import { aHistory, follow, missed, runs, strict } from "../support/a-lived-history.ts";

test("what holds through any history holds where the feed is held now and then, and released or not: while it is held, not a byte of it changes", () =>
  fc.assert(
    fc.asyncProperty(aHistory, (history) => follow(history, strict)),
    runs,
  ));

test("the generators hold and release, of two thousand runs each five times", () => {
  expect(missed(["held", "released"], Math.floor(runs.numRuns / 400))).toEqual([]);
});
