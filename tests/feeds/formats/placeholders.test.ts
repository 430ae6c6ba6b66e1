import { expect, test } from "vitest";
import { openSlots } from "../../../lambda/feeds/formats/placeholders.ts";

test("puts XML inside an element, without the CDATA section that the library adds", () => {
  const slots = openSlots();
  expect(slots.fill(`<title><![CDATA[${slots.inside("a &lt; b")}]]></title>`)).toBe("<title>a &lt; b</title>");
});

test("replaces one element with several, each on its own line at the same depth", () => {
  const slots = openSlots();
  const token = slots.instead(["<a/>", "<b/>"]);
  expect(slots.fill(`<x>\n    <key>${token}</key>\n</x>`)).toBe("<x>\n    <a/>\n    <b/>\n</x>");
});

test("replaces an empty element", () => {
  const slots = openSlots();
  expect(slots.fill(`<x>\n  <link rel="alternate" href="${slots.instead([])}"/>\n</x>`)).toBe("<x>\n</x>");
});

test("does not read again what it has inserted: a text that looks like a token stays text", () => {
  const slots = openSlots();
  const first = slots.inside("inside:1 instead:1 $1 $&");
  const second = slots.inside("secret");
  expect(slots.fill(`<a>${first}</a><b>${second}</b>`)).toBe("<a>inside:1 instead:1 $1 $&</a><b>secret</b>");
});

test.each([
  ["lost", (token: string) => token.slice(1)],
  ["doubled", (token: string) => token + token],
])("a token that the library %s is a fault", (_, harm) => {
  const slots = openSlots();
  expect(() => slots.fill(`<a>${harm(slots.inside("text"))}</a>`)).toThrow(/feed library/);
});
