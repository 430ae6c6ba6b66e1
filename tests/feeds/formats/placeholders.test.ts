import { expect, test } from "vitest";
import { openPlaceholders } from "../../../lambda/feeds/formats/placeholders.ts";

test("puts XML inside an element, without the CDATA section that the library adds", () => {
  const placeholders = openPlaceholders();
  expect(placeholders.fill(`<title><![CDATA[${placeholders.inside("a &lt; b")}]]></title>`)).toBe("<title>a &lt; b</title>");
});

test("replaces one element with several, each on its own line at the same depth", () => {
  const placeholders = openPlaceholders();
  const token = placeholders.instead(["<a/>", "<b/>"]);
  expect(placeholders.fill(`<x>\n    <key>${token}</key>\n</x>`)).toBe("<x>\n    <a/>\n    <b/>\n</x>");
});

test("replaces an empty element", () => {
  const placeholders = openPlaceholders();
  expect(placeholders.fill(`<x>\n  <link rel="alternate" href="${placeholders.instead([])}"/>\n</x>`)).toBe("<x>\n</x>");
});

test("does not read again what it has inserted: a text that looks like a token stays text", () => {
  const placeholders = openPlaceholders();
  const first = placeholders.inside("inside:1 instead:1 $1 $&");
  const second = placeholders.inside("secret");
  expect(placeholders.fill(`<a>${first}</a><b>${second}</b>`)).toBe("<a>inside:1 instead:1 $1 $&</a><b>secret</b>");
});

test.each([
  ["lost", (token: string) => token.slice(1)],
  ["doubled", (token: string) => token + token],
])("a token that the library %s is a fault", (_, harm) => {
  const placeholders = openPlaceholders();
  expect(() => placeholders.fill(`<a>${harm(placeholders.inside("text"))}</a>`)).toThrow(/feed library/);
});
