import fc from "fast-check";
import { expect, test } from "vitest";
import { aHistory, follow, KINDS, lenient, missed, RARE, runs } from "../support/histories/a-lived-history.ts";

test("through any history an article keeps its id and its date, no id is used twice, and a walk through the archives meets exactly what is live", () =>
  fc.assert(
    fc.asyncProperty(aHistory, (history) => follow(history, lenient)),
    runs,
  ));

test("the generators reach their traps, of two thousand runs each five times", () => {
  const traps = [...new Set<string>([...KINDS, ...RARE])].filter((name) => name !== "return");
  const others = [
    "write for later",
    "write in an old place",
    "redate to come",
    "return to another place",
    "shown while missing",
    "archives",
    "met twice",
  ];
  expect(missed([...traps, ...others], Math.floor(runs.numRuns / 400))).toEqual([]);
});
