import { expect, test } from "vitest";
import { wordsIn } from "../../../lambda/feeds/model/words.ts";
import { dayIn, timeElement } from "../../../lambda/feeds/pages/page-dates.ts";

test.each([
  ["en", "5 November 2026"],
  ["en-GB", "5 November 2026"],
  ["ru", "5 ноября 2026"],
  ["kk", "2026 жылғы 5 қараша"],
  ["zh-Hans", "2026年11月5日"],
  ["ar", "5 نوفمبر 2026"],
  ["ky", "2026-11-05"],
])("a day in %s is %s", (language, text) => expect(dayIn(language, "2026-11-05")).toBe(text));

test("uses the day of the newsroom's zone", () =>
  expect(timeElement("2026-11-04T20:30:00.000Z", "en", "Asia/Almaty")).toBe(
    '<time datetime="2026-11-04T20:30:00.000Z">5 November 2026</time>',
  ));

test.each([
  ["zh-Hant", "訂閱", "zh-Hant"],
  ["zh-TW", "訂閱", "zh-TW"],
  ["zh-Hans-HK", "订阅", "zh-Hans-HK"],
  ["zh", "订阅", "zh"],
  ["ru-KZ", "Подписаться", "ru-KZ"],
  ["kk-Arab", "Жазылу", "kk"],
  ["ky", "Subscribe", "en"],
])("a page in %s says %s, and that this is %s", (asked, subscribe, language) =>
  expect(wordsIn(asked)).toMatchObject({ language, words: { subscribe } }),
);
