import fc from "fast-check";
import { expect, test } from "vitest";
import { type Column, columnOf, valuesIn } from "../../lambda/state/columns.ts";

const readBack = (values: readonly unknown[]) => valuesIn(JSON.parse(JSON.stringify(columnOf(values))) as Column);
const many = <T>(make: (at: number) => T) => Array.from({ length: 40 }, (_, at) => make(at));
const hashed = (at: number) => at.toString(16).padStart(32, "0");
const urn = (at: number) => `urn:uuid:0123abcd-4567-5890-8bcd-${String(at).padStart(12, "0")}`;

test.each([
  ["texts", many(String)],
  ["hashes", many(hashed)],
  ["UUIDs", many(urn)],
  ["UUIDs and others", [...many(urn), "urn:uuid:1"]],
  ["hashes and others", [...many(hashed), "none"]],
  ["objects of one kind", many((at) => ({ at, hash: hashed(at) }))],
  ["objects of several kinds", many((at) => (at % 3 === 0 ? { b: at } : { a: at, b: [at] }))],
  ["objects in objects", many((at) => ({ at, inner: { hash: hashed(at), kind: at % 2 === 0 ? "even" : null } }))],
  ["objects whose names are data", many((at) => ({ [`id-${at}`]: at }))],
  ["a name that is no property elsewhere", many(() => JSON.parse('{"__proto__":1}'))],
  ["lists, empty and not", many((at) => (at % 2 === 0 ? [] : [at]))],
  ["texts that repeat themselves, and nothing", many((at) => (at % 5 === 0 ? null : `text ${at % 3}`))],
  ["equal objects among other values", many((at) => (at % 2 === 0 ? { a: 1 } : 1))],
  ["nothing", []],
])("%s come back as they were", (_, values) => {
  expect(readBack(values)).toEqual(values);
  expect(JSON.stringify(readBack(values))).toBe(JSON.stringify(values));
});

test("any JSON comes back as it was, in the same order of properties", () => {
  const name = fc.oneof(fc.constantFrom("a", "b", "__proto__", "constructor", "1"), fc.string({ maxLength: 3 }));
  const kinds = fc.array(fc.dictionary(name, fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(kinds, fc.array(fc.nat(), { minLength: 16, maxLength: 60 }), (some, order) => {
      const values = order.map((at) => some[at % some.length]);
      const text = JSON.stringify(values);
      expect(JSON.stringify(valuesIn(JSON.parse(JSON.stringify(columnOf(JSON.parse(text)))) as Column))).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test("hashes stand in a row, UUIDs too, and the properties of objects apart", () => {
  expect(columnOf(many((at) => ({ kind: "article", hash: hashed(at) })))).toEqual({
    names: [["kind", "hash"]],
    kinds: many(() => 0),
    columns: { kind: { distinct: ["article"], at: many(() => 0) }, hash: { hashes: many(hashed).join("") } },
  });
  expect(columnOf(many(urn))).toEqual({ uuids: many((at) => `0123abcd456758908bcd${String(at).padStart(12, "0")}`).join("") });
});

test("equal lists that repeat themselves are one in memory, and objects are not", () => {
  const read = readBack(many((at) => ({ paths: ["all", `section/${at % 2}`], of: { whom: "all" } }))) as { paths: unknown; of: unknown }[];
  expect(read[2]?.paths).toBe(read[0]?.paths);
  expect(read[2]?.of).not.toBe(read[0]?.of);
});
