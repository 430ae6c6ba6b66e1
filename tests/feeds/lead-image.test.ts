import { expect, test } from "vitest";
import { withLeadImage } from "../../lambda/feeds/lead-image.ts";

const url = "https://wire.example/a.jpg?w=1&h=2";

test("a body without its lead image gets it at the head", () =>
  expect(withLeadImage("<p>x</p>", { url, alt: 'a "b"', width: 4, height: 3 })).toBe(
    '<p><img src="https://wire.example/a.jpg?w=1&amp;h=2" alt="a &quot;b&quot;" width="4" height="3"></p>\n<p>x</p>',
  ));

test("a body that shows it already stays as it is", () => {
  const html = '<p><img src="https://wire.example/a.jpg?w=1&amp;h=2"></p>';
  expect(withLeadImage(html, { url })).toBe(html);
});

test("a body without a lead image stays as it is", () => expect(withLeadImage("<p>x</p>", undefined)).toBe("<p>x</p>"));
