import { expect, test } from "vitest";
import { asUri } from "../../../lambda/feeds/model/address.ts";

test.each([
  ["https://wire.example/a/?b=1&c=(2)#d"],
  ["https://WIRE.example"],
  ["https://wire.example/%D0%B0%20b"],

  ["tag:wire.example,2026:a"],
  ["not an address"],
])("leaves %s to the letter", (address) => expect(asUri(address)).toBe(address));

test.each([
  ["https://пример.рф/путь?q=я#я", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?q=%D1%8F#%D1%8F"],
  ["https://wire.example/a b", "https://wire.example/a%20b"],
  ["https://wire.example/a|b[c]", "https://wire.example/a%7Cb%5Bc%5D"],
  ["https://wire.example/100%", "https://wire.example/100%25"],
  ["https://wire.example/#a#b", "https://wire.example/#a%23b"],
])("writes %s in ASCII", (address, uri) => expect(asUri(address)).toBe(uri));

test("keeps the brackets of an IPv6 host", () => expect(asUri("https://[2001:db8::1]/[a]")).toBe("https://[2001:db8::1]/%5Ba%5D"));
