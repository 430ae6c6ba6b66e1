import { type Row, withFields } from "./row.ts";

const day = (written: string, day: string): Row => ({
  what: written,
  file: withFields(`date: ${written}`),
  has: { published: { kind: "day", day, zone: "Asia/Almaty" } },
});
const at = (written: string, instant: string, timezone = "Asia/Almaty"): Row => ({
  what: `${written}, ${timezone}`,
  file: withFields(`date: ${written}`),
  newsroom: { timezone },
  has: { published: { kind: "instant", at: instant } },
});
const none = (written: string): Row => ({
  what: written.slice(0, 60),
  file: withFields(`date: ${written}`),
  is: "quarantined",
  says: ["date-invalid"],
});
const path = (key: string, day: string | undefined): Row => ({
  what: `the path ${key}`,
  key,
  file: withFields(),
  has: { published: day === undefined ? undefined : { kind: "day", day, zone: "Asia/Almaty" } },
});

// Mutation: zone.ts, the comparison of month and day with the calendar taken out: the 31st of November becomes the 1st of December.
export const dates: readonly Row[] = [
  none("2026-02-29"),
  none("2026-11-31"),
  none("0000-00-00 00:00:00"),
  none("2026-W48-2"),
  none("2026-327"),
  none("1764000000"),
  none("23.11.26"),
  none("11/23/2026"),
  none("2026-11-23T24:00:00"),
  none("2026-11-23T09:00:00+05:00 or so"),
  none("[2026-11-23, 2026-11-24]"),
  none("{ year: 2026 }"),
  none("yesterday"),
  none(`2026-11-23${" ".repeat(50_000)}x`),
  none(`${"1".repeat(50_000)}-11-23`),
  day('"２０２６年１１月２３日"', "2026-11-23"),
  day("٢٣.١١.٢٠٢٦", "2026-11-23"),
  day("2024-02-29 # a leap year", "2024-02-29"),
  day("23 қараша 2026 ж.", "2026-11-23"),
  at("2001-12-14t21:59:43.10-05:00", "2001-12-15T02:59:43.100Z"),
  at("2026-11-23T09:00:00.123456789+05:00[Asia/Almaty]", "2026-11-23T04:00:00.123Z"),
  path("2020/06/10/slug.md", "2020-06-10"),
  path("news/2020-06-10-slug.md", "2020-06-10"),
  path("20200610 Title.md", "2020-06-10"),
  path("202006/slug.md", undefined),
  path("2020/06/slug.md", undefined),
  path("2020-13-10-slug.md", undefined),
  path("2020年6月10日 新闻.md", "2020-06-10"),
  path("202006101545-note.md", "2020-06-10"),
  path("20200610_154500_IMG.md", "2020-06-10"),
  path("order-20200610.md", undefined),
  path("1000/2000/3000.md", undefined),
];

// Mutation: zone.ts, fromWall's `offsetAt(first, zone) === before` to `true`: an hour that comes twice, or never, is then another.
export const zones: readonly Row[] = [
  at("2024-02-29T12:00", "2024-02-29T06:00:00.000Z"),
  at("2024-03-02T12:00", "2024-03-02T07:00:00.000Z"),
  at("2026-03-29T02:30", "2026-03-29T01:30:00.000Z", "Europe/Berlin"),
  at("2026-10-25T02:30", "2026-10-25T00:30:00.000Z", "Europe/Berlin"),
  at("2026-10-25T03:00", "2026-10-25T02:00:00.000Z", "Europe/Berlin"),
  at("2026-10-04T02:15", "2026-10-03T15:45:00.000Z", "Australia/Lord_Howe"),
  at("2011-12-30T12:00", "2011-12-30T22:00:00.000Z", "Pacific/Apia"),
  at("2026-11-23T09:00", "2026-11-23T03:15:00.000Z", "Asia/Kathmandu"),
  at("2026-11-23T09:00", "2026-11-23T12:30:00.000Z", "America/St_Johns"),
  at("2026-11-23T09:00 MSK", "2026-11-23T06:00:00.000Z"),
  at("2026-11-23T00:30+14:00", "2026-11-22T10:30:00.000Z"),
  at("2026-11-23T23:30-12:00", "2026-11-24T11:30:00.000Z"),
  at("2026-11-23T09:00:00-00:00", "2026-11-23T09:00:00.000Z"),
  at("2026-11-23 09:00 +0530", "2026-11-23T03:30:00.000Z"),
  at("2026-11-23 09:00 GMT+0500 (Almaty Time)", "2026-11-23T04:00:00.000Z"),
  none("2026-11-23T09:00+24:00"),
  none("2026-11-23T09:00+05:60"),
  none("2026-11-23T09:00 ALMT"),
  none("2026-11-23T09:00 Asia/Almaty"),
  none("9999-12-31T23:59:59-12:00"),
  none("0001-01-01T00:00:00+05:00"),
];
