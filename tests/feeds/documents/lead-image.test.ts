import { expect, test } from "vitest";
import { withLeadImage } from "../../../lambda/feeds/documents/lead-image.ts";

const url = "https://wire.example/a.jpg?w=1&h=2";

test("a body without its lead image gets it at the top", () =>
  expect(withLeadImage("<p>x</p>", { url, alt: 'a "b"', width: 4, height: 3 })).toBe(
    '<p><img src="https://wire.example/a.jpg?w=1&amp;h=2" alt="a &quot;b&quot;" width="4" height="3"></p>\n<p>x</p>',
  ));

test("a body that already shows it stays unchanged", () => {
  const html = '<p><img src="https://wire.example/a.jpg?w=1&amp;h=2"></p>';
  expect(withLeadImage(html, { url })).toBe(html);
});

test("a body without a lead image stays unchanged", () => expect(withLeadImage("<p>x</p>", undefined)).toBe("<p>x</p>"));

test.each([
  ["with the quote in its address escaped", "https://wire.example/it's.jpg", '<img src="https://wire.example/it&#x27;s.jpg">'],
  ["as one of several sizes", "https://wire.example/a.jpg", '<img srcset="https://wire.example/b.jpg 1x, https://wire.example/a.jpg 2x">'],
  ["in another size", "https://wire.example/a.jpg", '<img src="https://wire.example/a.jpg?w=800">'],
  ["as the poster of a video", "https://wire.example/a.jpg", '<video poster="https://wire.example/a.jpg"></video>'],
])("a body that shows it %s stays unchanged", (_, image, html) => expect(withLeadImage(html, { url: image })).toBe(html));

test.each([
  ["only links to it", '<a href="https://wire.example/a.jpg">the picture</a>'],
  ["only mentions its address", "<p>https://wire.example/a.jpg</p>"],
  ["shows a picture with a longer address", '<img src="https://wire.example/a.jpg.png">'],
])("a body that %s gets it at the top", (_, html) =>
  expect(withLeadImage(html, { url: "https://wire.example/a.jpg" })).toMatch(/^<p><img src="https:\/\/wire\.example\/a\.jpg"/),
);
