import { expect, test } from "vitest";
import { utf8Of } from "../../../lambda/articles/model/utf8.ts";

test.each([
  ["nothing", ""],
  ["ASCII", "word "],
  ["Latin-1", "café "],
  ["Cyrillic", "слово "],
  ["characters of two code units", "🗞️ 𝔸 "],
  ["halves of surrogate pairs", "a\uD83Db \uDE00"],
])("writes %s in UTF-8 as the platform does, short or long", (_, text) => {
  for (const whole of [text, text.repeat(10_000)]) expect(Buffer.compare(utf8Of(whole), Buffer.from(whole, "utf8"))).toBe(0);
});
