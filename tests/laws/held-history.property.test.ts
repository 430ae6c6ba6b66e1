import fc from "fast-check";
import { expect, test } from "vitest";
import { aHistory, follow, missed, runs, strict } from "../support/histories/a-lived-history.ts";

test("the laws of any history hold while feeds are held and released now and then, and a held feed does not change a byte", () =>
  fc.assert(
    fc.asyncProperty(aHistory, (history) => follow(history, strict)),
    runs,
  ));

test("the generators hold and release, of two thousand runs each five times", () => {
  expect(missed(["held", "released"], Math.floor(runs.numRuns / 400))).toEqual([]);
});
