import fc from "fast-check";
import { expect, test } from "vitest";
import { accentIn } from "../../../lambda/feeds/pages/accent.ts";
import { STYLE } from "../../../lambda/feeds/pages/page-style.ts";

const [light = "", dark = ""] = [...STYLE.matchAll(/--paper: (#[0-9a-f]{6})/g)].map(([, paper]) => paper);

/** WCAG 2.2, contrast ratio, by the letter of its definition. */
const contrast = (one: string, other: string): number => {
  const [a = 0, b = 0] = [one, other].map((color) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
      const part = Number.parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0),
  );
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

test("whatever color a newsroom chooses, its links can be read on both papers", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
      const chosen = accentIn(`#${value.toString(16).padStart(6, "0")}`);
      expect(contrast(chosen.light, light)).toBeGreaterThanOrEqual(7);
      expect(contrast(chosen.dark, dark)).toBeGreaterThanOrEqual(7);
    }),
  );
});

test("a color that can be read stays as it is", () => {
  expect([accentIn("#0a4a85").light, accentIn("#a3cdf7").dark]).toEqual(["#0a4a85", "#a3cdf7"]);
});
