import { expect, test } from "vitest";
import { sharedAddresses } from "../../../lambda/channels/select/page-placement.ts";
import { anEntryOf, inOrder } from "../../support/a-catalog.ts";

const at = (number: number, path: string, says: object = {}) => anEntryOf(number, {}, { url: `https://wire.example/${path}`, ...says });

test("every article except the oldest reports an address that it shares", () => {
  const notices = sharedAddresses(inOrder([at(3, "a/"), at(1, "a/"), at(2, "a/"), at(4, "b/"), anEntryOf(5), anEntryOf(6)]));
  expect(notices.map(({ key, message }) => `${key}: ${message}`)).toEqual([
    "n2.md: The article has the same address as n1.md: https://wire.example/a/.",
    "n3.md: The article has the same address as n1.md: https://wire.example/a/.",
  ]);
});

test("a withdrawn article leaves its address to another", () => {
  expect(sharedAddresses(inOrder([at(1, "a/", { state: "canceled" }), at(2, "a/")]))).toEqual([]);
});

test("two places on one page are two addresses", () => {
  expect(sharedAddresses(inOrder([at(1, "live/#1"), at(2, "live/#2")]))).toEqual([]);
});
