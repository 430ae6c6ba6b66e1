import { expect, test } from "vitest";
import type { PartnerKeys } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { profileNames } from "../../../lambda/channels/site/partner-rule.ts";
import { methodsOf } from "../../../lambda/partners/access/methods.ts";
import { hashOfKey, keyFrom, withFirstKey, withNextKey, withoutKeys } from "../../../lambda/partners/access/partner-keys.ts";
import { keysInTable, partnerRows } from "../../../lambda/plan/edge/partner-rows.ts";

const day = (number: number) => `2026-11-${String(number).padStart(2, "0")}T00:00:00.000Z`;
const keysOf = (changed: ReturnType<typeof withFirstKey>): PartnerKeys => {
  if (changed.kind === "refused") throw new Error(changed.why);
  return changed.keys;
};

test("a key fits into a path, a header and a password, and its hash is its SHA-256", () => {
  const key = keyFrom(Buffer.from("ff".repeat(32), "hex"));
  expect(key).toBe(`${"_".repeat(42)}8`);
  expect(encodeURIComponent(key)).toBe(key);
  expect(hashOfKey("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});

test("an order that is carried out twice gives one key", () => {
  const first = keysOf(withFirstKey(undefined, { hash: "a" }, day(1)));
  expect(withFirstKey(first, { hash: "a" }, day(2))).toEqual({ kind: "changed", keys: first });
  const next = keysOf(withNextKey(first, { hash: "b" }, day(2), day(3)));
  expect(withNextKey(next, { hash: "b" }, day(2), day(4))).toEqual({ kind: "changed", keys: next });
});

test("a rotation ends earlier keys, and none of them later than it ended before", () => {
  const first = keysOf(withFirstKey(undefined, { hash: "a", until: day(5) }, day(1)));
  const second = keysOf(withNextKey(first, { hash: "b" }, day(2), day(9)));
  const third = keysOf(withNextKey(second, { hash: "c" }, day(3), day(8)));
  expect(third.keys.map(({ hash, until }) => [hash, until])).toEqual([
    ["a", day(5)],
    ["b", day(8)],
    ["c", undefined],
  ]);
});

test("a rotation for no time at all ends the earlier keys at once, and an ended key leaves the ledger", () => {
  const first = keysOf(withFirstKey(undefined, { hash: "a" }, day(1)));
  expect(keysOf(withNextKey(first, { hash: "b" }, day(2), day(2))).keys).toEqual([{ hash: "b", since: day(2) }]);
  const second = keysOf(withNextKey(first, { hash: "b" }, day(2), day(3)));
  expect(keysOf(withNextKey(second, { hash: "c" }, day(4), day(5))).keys.map(({ hash }) => hash)).toEqual(["b", "c"]);
});

test("a partner has at most eight keys that count, which fit into its row of the edge table", () => {
  let keys = keysOf(withFirstKey(undefined, { hash: hashOfKey("0"), until: day(29) }, day(1)));
  for (let number = 1; number < 8; number += 1)
    keys = keysOf(withNextKey(keys, { hash: hashOfKey(String(number)), until: day(29) }, day(1), day(28)));
  expect(withNextKey(keys, { hash: hashOfKey("8") }, day(1), day(28))).toEqual({
    kind: "refused",
    why: "has 8 keys that count, and may have 8",
  });
  const access = { methods: ["basic", "header", "path"], header: "x".repeat(64), expires: day(30) } as const;
  const rows = partnerRows([{ name: "a".repeat(60), profile: "generic", settings: {}, access }], { ["a".repeat(60)]: keys });
  for (const row of Object.entries(rows).flat()) expect(Buffer.byteLength(row)).toBeLessThanOrEqual(1_024);
});

test("revoking twice changes nothing the second time", () => {
  const first = keysOf(withFirstKey(undefined, { hash: "a" }, day(1)));
  const revoked = withoutKeys(first, day(2), "all");
  expect(revoked).toEqual({ keys: [], revoked: day(2) });
  expect(withoutKeys(revoked, day(3), "all")).toBe(revoked);
  expect(withoutKeys(first, day(3), "old")).toBe(first);
});

test("a table gives back the keys that it holds", () => {
  const known = {
    acme: {
      keys: [
        { hash: hashOfKey("a"), since: day(1), until: day(9) },
        { hash: hashOfKey("b"), since: day(2) },
      ],
    },
  };
  const rows = partnerRows(
    ["acme", "none"].map((name) => ({ name, profile: "generic", settings: {}, access: { header: "x-api-key" } })),
    known,
  );
  expect(keysInTable({ ...rows, site: "{}", "/a": "410" }, day(3))).toEqual({
    acme: { keys: known.acme.keys.map((key) => ({ ...key, since: day(3) })) },
  });
});

test("every profile takes a way to show a key, and none lets everybody in by itself", () => {
  for (const profile of profileNames) {
    const methods = methodsOf({ profile, settings: {}, access: { header: "x-api-key" } });
    expect([profile, methods.length > 0, methods.includes("public")]).toEqual([profile, true, false]);
  }
  expect(methodsOf({ profile: "dzen", settings: {}, access: { header: "x-api-key" } })).toEqual(["path"]);
  expect(methodsOf({ profile: "dzen", settings: {}, access: { header: "x-api-key", methods: [] } })).toEqual([]);
});
