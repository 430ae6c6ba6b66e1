import type { WrittenDate } from "../model/article.ts";
import { HALF } from "./half-days.ts";
import { monthNumber } from "./month-names.ts";
import { parseTime, type TimeOfDay } from "./time-of-day.ts";
import { asUtc, fromWall, type OfTwo, offsetAt, toInstant } from "./zone.ts";

type Day = { readonly year: number; readonly month: number; readonly day: number };

const LONGEST = 80;

/** Common written forms of a day, each with the order of its parts. */
const DAYS: readonly { readonly form: RegExp; readonly order: "ymd" | "dmy" | "mdy" }[] = [
  { form: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, order: "ymd" },
  { form: /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, order: "ymd" },
  { form: /^(\d{4})\.(\d{1,2})\.(\d{1,2})\.?$/, order: "ymd" },
  { form: /^(\d{4})(\d{2})(\d{2})$/, order: "ymd" },
  { form: /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号號]$/, order: "ymd" },
  // Kazakh: 2026 жылғы 23 қараша, 2026 ж. 23 қараша
  { form: /^(\d{4}) ?(?:жылғы|жылы|жылдың|ж\.),? (\d{1,2}) (\p{L}+)$/u, order: "ymd" },
  // With dots, the day comes first everywhere. With slashes (`3/4/2026`) the order is ambiguous, so that is not a date.
  { form: /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?(?:г\.|года|ж\.))?$/, order: "dmy" },
  { form: /^(\d{1,2})(?:st|nd|rd|th)?[ -](\p{L}[\p{L} /]*)\.?[,،]?[ -](\d{4})(?: ?(?:г\.?|года|ж\.?))?$/iu, order: "dmy" },
  { form: /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/iu, order: "mdy" },
];

/** Weekdays are for people; nothing checks them against the date. */
const WEEKDAYS =
  /^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс|дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі|(?:يوم )?(?:ال[اإ]ثنين|الثلاثاء|ال[اأ]ربعاء|الخميس|الجمعة|السبت|ال[اأ]حد))\.?[,،]? |[ (]*(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?/giu;

/** A date in a common written form, or undefined: nothing is guessed, and a day that the calendar lacks is not corrected. */
export function parseDate(written: string, zone: string, ofTwo: OfTwo = "first"): WrittenDate | undefined {
  if (ISO.test(written)) return inUtc(written);
  const text = written.length > 10 * LONGEST ? written : plainly(written);
  if (text.length > LONGEST) return undefined;
  const { day: dayText, time: timeText } = cut(text);
  const day = parseDay(dayText.replace(WEEKDAYS, "").trim());
  if (day === undefined) return undefined;
  if (timeText === undefined) {
    const start = asUtc({ ...day, hour: 0, minute: 0, second: 0, millisecond: 0 });
    return start === undefined ? undefined : { kind: "day", day: new Date(start).toISOString().slice(0, 10), zone };
  }
  const clock = parseTime(timeText.replace(WEEKDAYS, "").trim());
  return clock === undefined ? undefined : instant(day, clock, zone, ofTwo);
}

/** RFC 3339 in UTC, as most generators write it, with a day that every month has: the platform would take 31 June for 1 July. */
const ISO = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;

const inUtc = (written: string): WrittenDate => ({ kind: "instant", at: new Date(written).toISOString() });

function instant(day: Day, clock: TimeOfDay, zone: string, ofTwo: OfTwo): WrittenDate | undefined {
  const wall = asUtc({ ...day, ...clock });
  if (wall === undefined) return undefined;
  const { offset, place, isUtc } = clock;
  const milliseconds = offset === undefined ? fromWall(wall, place ?? zone, ofTwo) : wall - offset * 60_000;
  // RFC 9557, 3.4: the place does not have that offset at that time, and nothing tells which of the two is meant.
  if (offset !== undefined && place !== undefined && !isUtc && offsetAt(milliseconds, place) !== offset * 60_000) return undefined;
  const at = toInstant(milliseconds);
  return at === undefined ? undefined : { kind: "instant", at };
}

const START = `(?:(?:${HALF}) ?)?\\d{1,2} ?(?:[:时時点點]|[ap]\\.?m)`;
const DAY_FIRST = new RegExp(`^(.*?[^\\s,،])(?:T(?=\\d)|[,،]? (?:at |в |сағат |الساعة )?|(?<=[日号號]))(${START}.*)$`, "iu");
const TIME_FIRST = new RegExp(
  `^(\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?(?:${HALF})(?!\\p{L}))?(?: (?:[A-Z]{2,4}|[+-]\\d{2}:?\\d{2}))?)[,،]? (?:on )?((?!at |в )\\S.*)$`,
  "iu",
);
/** In `Mon Jan 2 15:04:05 MST 2006` the year comes last; it is moved to its day. */
const UNIX = /^(\p{L}+ \p{L}+ \d{1,2}) (\d{1,2}:\d{2}:\d{2}(?: [A-Z]{1,4})?) (\d{4})$/u;

/** Splits day and time; some write the time first. */
function cut(text: string): { readonly day: string; readonly time?: string } {
  const unix = UNIX.exec(text);
  if (unix?.[1] !== undefined && unix[2] !== undefined) return { day: `${unix[1]} ${unix[3]}`, time: unix[2] };
  const [, day, time] = /^(\d{4}-?\d{2}-?\d{2})T(\d{4}.*)$/.exec(text) ?? DAY_FIRST.exec(text) ?? [];
  if (day !== undefined && time !== undefined) return { day, time };
  const [, first, then] = TIME_FIRST.exec(text) ?? [];
  return first === undefined || then === undefined ? { day: text } : { day: then, time: first };
}

function parseDay(text: string): Day | undefined {
  for (const { form, order } of DAYS) {
    const match = form.exec(text);
    if (match === null) continue;
    const part = (letter: string): string => match[order.indexOf(letter) + 1] ?? "";
    // Kazakh writes the month last, after year and day.
    const [month, day] = /\d/.test(part("m")) && /\p{L}/u.test(part("d")) ? [part("d"), part("m")] : [part("m"), part("d")];
    const number = /^\d+$/.test(month) ? Number(month) : monthNumber(month);
    return number === undefined ? undefined : { year: Number(part("y")), month: number, day: Number(day) };
  }
  return undefined;
}

/**
 * Unifies digits, hyphens, colons, brackets and spaces, and removes direction marks and comments (RFC 2822, 3.2.3, allows them anywhere)
 * unless they hold digits.
 */
function plainly(text: string): string {
  return latinDigits(text)
    .replace(/[\u2010-\u2013\u2212]/g, "-")
    .replace(/[\u200E\u200F\u061C]/g, "")
    .replaceAll("：", ":")
    .replace(/ ?[(（][^()（）\d]*[)）]/g, (comment) => (/[一二三四五六日天]/.test(comment) ? comment : " "))
    .replaceAll("（", "(")
    .replaceAll("）", ")")
    .replace(/\s+/g, " ")
    .replaceAll(" ,", ",")
    .trim();
}

/** Full-width and Arabic digits become ASCII digits. */
function latinDigits(text: string): string {
  return text.replace(/[\uFF10-\uFF19\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 15));
}
