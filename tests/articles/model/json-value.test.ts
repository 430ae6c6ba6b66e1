import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOfValue, isSame, omitUndefined, sortedRecord } from "../../../lambda/articles/model/json-value.ts";

const value = fc.anything({
  values: [fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined)],
  maxDepth: 4,
  withNullPrototype: false,
});
/** The same again, in other objects; what is undefined left out, or not. */
const copied = (one: unknown): unknown => (one === undefined ? undefined : JSON.parse(JSON.stringify(one)));
const inArrays = (one: unknown): boolean =>
  typeof one === "object" &&
  one !== null &&
  Object.values(one).some((part) => (Array.isArray(one) && part === undefined) || inArrays(part));

describe("two values of state are the same", () => {
  test("if and only if they are written as the same JSON", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        fc.pre(!inArrays(a) && !inArrays(b)); // JSON has null there, and state has no such lists
        expect(isSame(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(isSame(a, copied(a))).toBe(true);
        expect(isSame({ a, b }, { a: copied(a), b: copied(b) })).toBe(true);
      }),
    );
  });

  test.each([
    ["another order of names", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["a name more", { a: 1 }, { a: 1, b: 2 }],
    ["a list and an object of its places", ["x"], { 0: "x" }],
    ["a change deep within", { a: [{ b: ["x"] }] }, { a: [{ b: ["y"] }] }],
  ])("not with %s", (_, a, b) => expect(isSame(a, b)).toBe(false));
});

test("a name without a value is left out; null, 0 and the empty text are values", () => {
  expect(Object.keys(omitUndefined({ a: undefined, b: null, c: 0, d: "" }))).toEqual(["b", "c", "d"]);
});

test("records with the same names give equal text and equal hashes once they are sorted", () => {
  const [one, other] = [sortedRecord({ b: 1, Z: 2, ä: 3 }), sortedRecord({ ä: 3, Z: 2, b: 1 })];
  expect(JSON.stringify(one)).toBe('{"Z":2,"b":1,"ä":3}');
  expect(hashOfValue(one)).toBe(hashOfValue(other));
});

// The hashes stand in state and in the names of releases, so a new way to make them would hold every channel.
test("a value's hash is the SHA-256 of its JSON, cut to 128 bits or to its first digits", () => {
  expect(hashOfValue(["a", 1])).toBe("135f17a475a61afdeeaf3759ad2e45ad");
  expect(hashOfValue(["a", 1], 8)).toBe("135f17a4");
});
