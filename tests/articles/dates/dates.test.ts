import { describe, expect, test } from "vitest";
import { parseDate } from "../../../lambda/articles/dates/dates.ts";
import { dateOfPath } from "../../../lambda/articles/dates/path-date.ts";
import { dayOf, instantOfDay } from "../../../lambda/articles/dates/zone.ts";
import { aNewsroom, articleOf } from "../a-newsroom.ts";

const ALMATY = "Asia/Almaty"; // five hours ahead of UTC
const day = (text: string, zone = ALMATY) => ({ kind: "day", day: text, zone });
const at = (text: string) => ({ kind: "instant", at: text });

describe("a written date", () => {
  test.each([
    ["2026-11-23", day("2026-11-23")],
    ["2026-1-3", day("2026-01-03")],
    ["2026/11/23", day("2026-11-23")],
    ["2026.11.23", day("2026-11-23")],
    ["20261123", day("2026-11-23")],
    ["23.11.2026", day("2026-11-23")],
    ["November 23, 2026", day("2026-11-23")],
    ["Nov. 23rd, 2026", day("2026-11-23")],
    ["23 November 2026", day("2026-11-23")],
    ["May 3, 2020", day("2020-05-03")],
    ["Tuesday, March 3, 2020", day("2020-03-03")],
    ["23 ноября 2026", day("2026-11-23")],
    ["23 ноября 2026 г.", day("2026-11-23")],
    ["2026 жылғы 23 қараша", day("2026-11-23")],
    ["2026年11月23日", day("2026-11-23")],
    ["２０２６年１１月２３日", day("2026-11-23")],
    ["٢٠٢٦-١١-٢٣", day("2026-11-23")],
    ["2024-02-29", day("2024-02-29")],
    ["2026-11-23T09:00:00+05:00", at("2026-11-23T04:00:00.000Z")],
    ["2026-11-23T09:00:00Z", at("2026-11-23T09:00:00.000Z")],
    ["2026-11-23T09:00", at("2026-11-23T04:00:00.000Z")],
    ["2026-11-23 09:00:00 +0500", at("2026-11-23T04:00:00.000Z")],
    ["2026-11-23 09:00:00.123456 UTC", at("2026-11-23T09:00:00.123Z")],
    ["2026-11-23 9:05 PM", at("2026-11-23T16:05:00.000Z")],
    ["2016-12-31T23:59:60Z", at("2016-12-31T23:59:59.000Z")],
    ["Mon, 02 Jan 2006 15:04:05 MST", at("2006-01-02T22:04:05.000Z")],
    ["02 Jan 2006 15:04 +0500", at("2006-01-02T10:04:00.000Z")],
    ["Mon Jan  2 15:04:05 GMT 2006", at("2006-01-02T15:04:05.000Z")],
    ["Mon Jan 02 2006 15:04:05 GMT+0500 (Almaty)", at("2006-01-02T10:04:05.000Z")],
    ["23 ноября 2026 года, 14:05", at("2026-11-23T09:05:00.000Z")],
    ["2026年11月23日 14时05分", at("2026-11-23T09:05:00.000Z")],
  ])("reads %s", (written, expected) => {
    expect(parseDate(written, ALMATY)).toEqual(expected);
  });

  test.each([
    "tomorrow",
    "",
    "2026",
    "2026-11",
    "2026-02-30",
    "2023-02-29",
    "2026-13-01",
    "2026-00-10",
    "0000-01-01",
    "10000-01-01",
    "11/23/2026",
    "1700000000",
    "2026-11-23T25:00",
    "2026-11-23T10:60",
    "2026-11-23T24:00:00Z",
    "2026-11-23 9:00 XYZ",
    "2026-11-23T09:00+99:00",
    "13:00 PM 2026-11-23",
    "0001-01-01T00:00:00+05:00",
    "Foo, 2026-01-01",
    "x".repeat(100_000),
  ])("%.30s is not a date", (written) => {
    expect(parseDate(written, ALMATY)).toBeUndefined();
  });
});

describe("a time without an offset is the site's", () => {
  test.each([
    ["in winter", "2026-01-15T12:00", "2026-01-15T11:00:00.000Z"],
    ["in summer", "2026-07-15T12:00", "2026-07-15T10:00:00.000Z"],
    ["an hour later if it never occurs (clocks set forward)", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
    ["the first if it occurs twice (clocks set back)", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
  ])("%s", (_, written, expected) => {
    expect(parseDate(written, "Europe/Berlin")).toEqual(at(expected));
  });
});

test.each([
  ["occurs twice: the last", "2026-10-25T02:30", "2026-10-25T01:30:00.000Z"],
  ["occurs twice, in its first minute", "2026-10-25T02:00", "2026-10-25T01:00:00.000Z"],
  ["occurs once, before that", "2026-10-25T01:59", "2026-10-24T23:59:00.000Z"],
  ["occurs once, after that", "2026-10-25T03:00", "2026-10-25T02:00:00.000Z"],
  ["never occurs", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
  ["has an offset", "2026-10-25T02:30+02:00", "2026-10-25T00:30:00.000Z"],
])("asked for the last of two, reads a time that %s", (_, written, expected) => {
  expect(parseDate(written, "Europe/Berlin", "last")).toEqual(at(expected));
});

test("in an hour that occurs twice, an embargo ends at the later moment and a date means the first", () => {
  const article = articleOf(
    "a.md",
    "---\ntitle: A\ndate: 2026-10-25T02:30\nembargo: 2026-10-25T02:30\n---\nText.",
    aNewsroom({ timezone: "Europe/Berlin" }),
  );
  expect([article.published, article.embargo]).toEqual([at("2026-10-25T00:30:00.000Z"), at("2026-10-25T01:30:00.000Z")]);
});

describe("a day in a zone", () => {
  test.each([
    ["starts at its midnight", "2026-11-23", ALMATY, "start", "2026-11-22T19:00:00.000Z"],
    ["has a noon", "2026-11-23", ALMATY, "noon", "2026-11-23T07:00:00.000Z"],
    ["starts at one o'clock if midnight is skipped", "2018-11-04", "America/Sao_Paulo", "start", "2018-11-04T03:00:00.000Z"],
  ] as const)("%s", (_, text, zone, when, expected) => {
    expect(instantOfDay(text, zone, when)).toBe(expected);
  });

  test("is the local date at an instant", () => {
    expect(dayOf("2026-11-22T19:00:00.000Z", ALMATY)).toBe("2026-11-23");
    expect(dayOf("2026-11-22T18:59:59.999Z", ALMATY)).toBe("2026-11-22");
  });
});

describe("a path", () => {
  test.each([
    ["2020/06/10/slug", "2020-06-10"],
    ["news/2020-06-10-slug.md", "2020-06-10"],
    ["_posts/2020-6-1-slug.md", "2020-06-01"],
    ["2020_06_10 Title.txt", "2020-06-10"],
    ["20200610 Title.txt", "2020-06-10"],
    ["2020/06/10.md", "2020-06-10"],
    ["news/2020-06-10/index.md", "2020-06-10"],
    ["https://wire.example/2020/06/10/slug/", "2020-06-10"],
    ["2019-01-01/2020-06-10-slug.md", "2020-06-10"],
  ])("%s names a day", (path, expected) => {
    expect(dateOfPath(path, "UTC")).toEqual(day(expected, "UTC"));
  });

  test.each([
    "202006/slug.md",
    "2020/06/slug",
    "2020-6-15.md",
    "notes/2020-1-2-3.md",
    "2020/06/31/slug",
    "000_c7aa93d0.txt",
    "12020-06-10.md",
    "3020-06-10.md",
    "a-2020-06-10.md",
  ])("%s names none", (path) => {
    expect(dateOfPath(path, "UTC")).toBeUndefined();
  });
});
