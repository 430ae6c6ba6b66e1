import type { WrittenDate } from "./article.ts";
import { monthNumber } from "./month-names.ts";
import { asUtc, fromWall, toInstant } from "./zone.ts";

type Day = { readonly year: number; readonly month: number; readonly day: number };
type Time = { readonly hour: number; readonly minute: number; readonly second: number; readonly millisecond: number };
/** Minutes ahead of UTC; undefined: the site's zone applies. */
type Clock = Time & { readonly offset: number | undefined };

const LONGEST = 80;

/** What is customary for a day, each with the order of its parts. Names of months stand as `M`. */
const DAYS: readonly { readonly form: RegExp; readonly order: "ymd" | "dmy" | "mdy" }[] = [
  { form: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, order: "ymd" },
  { form: /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, order: "ymd" },
  { form: /^(\d{4})\.(\d{1,2})\.(\d{1,2})\.?$/, order: "ymd" },
  { form: /^(\d{4})(\d{2})(\d{2})$/, order: "ymd" },
  { form: /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日$/, order: "ymd" },
  // Kazakh: 2026 жылғы 23 қараша, 2026 ж. 23 қараша
  { form: /^(\d{4}) ?(?:жылғы|жылы|ж\.),? (\d{1,2}) (\p{L}+)$/u, order: "ymd" },
  // Points are read day first wherever they are written; a slash is read both ways, and so is no date.
  { form: /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?(?:г\.|года|ж\.))?$/, order: "dmy" },
  { form: /^(\d{1,2})(?:st|nd|rd|th)?[ -](\p{L}+)\.?,?[ -](\d{4})(?: ?(?:г\.?|года|ж\.?))?$/iu, order: "dmy" },
  { form: /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/iu, order: "mdy" },
];

/** Said for people, and never checked against the day. */
const WEEKDAY =
  /^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс)\.?,? /iu;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?(?: ?(\S.*))?$/i;
const CHINESE_TIME = /^(\d{1,2}) ?[时時](?: ?(\d{1,2}) ?分)?(?: ?(\d{1,2}) ?秒)?()()()$/;

/** Zone names of RFC 2822, 4.3, and one that is customary in the region; minutes ahead of UTC. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  MSK: 180,
};

/** A date in one of the customary written forms, or undefined: nothing is guessed, and no day that the calendar lacks is mended. */
export function parseDate(written: string, zone: string): WrittenDate | undefined {
  const text = latinDigits(written).trim().replace(/\s+/g, " ");
  if (text.length > LONGEST) return undefined;
  const { day: dayText, time: timeText } = cut(text);
  const day = parseDay(dayText.replace(WEEKDAY, ""));
  if (day === undefined) return undefined;
  if (timeText === undefined) {
    const start = asUtc({ ...day, hour: 0, minute: 0, second: 0, millisecond: 0 });
    return start === undefined ? undefined : { kind: "day", day: new Date(start).toISOString().slice(0, 10), zone };
  }
  const clock = parseTime(timeText);
  return clock === undefined ? undefined : instant(day, clock, zone);
}

function instant(day: Day, clock: Clock, zone: string): WrittenDate | undefined {
  const wall = asUtc({ ...day, ...clock });
  if (wall === undefined) return undefined;
  const at = toInstant(clock.offset === undefined ? fromWall(wall, zone) : wall - clock.offset * 60_000);
  return at === undefined ? undefined : { kind: "instant", at };
}

/** Where the day ends and the time begins. In `Mon Jan 2 15:04:05 MST 2006` the year comes last, and goes back to its day. */
function cut(text: string): { readonly day: string; readonly time?: string } {
  const unix = /^(\p{L}+ \p{L}+ \d{1,2}) (\d{1,2}:\d{2}:\d{2}(?: [A-Z]{1,4})?) (\d{4})$/u.exec(text);
  if (unix?.[1] !== undefined && unix[2] !== undefined) return { day: `${unix[1]} ${unix[3]}`, time: unix[2] };
  const match = /^(.*?[^\s,])(?:T(?=\d)|,? (?:at |в |сағат )?|(?<=日))(\d{1,2} ?[:时時].*)$/iu.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? { day: text } : { day: match[1], time: match[2] };
}

function parseDay(text: string): Day | undefined {
  for (const { form, order } of DAYS) {
    const match = form.exec(text);
    if (match === null) continue;
    const part = (letter: string): string => match[order.indexOf(letter) + 1] ?? "";
    // Kazakh names the month last, behind year and day.
    const [month, day] = /\d/.test(part("m")) && /\p{L}/u.test(part("d")) ? [part("d"), part("m")] : [part("m"), part("d")];
    const number = /^\d+$/.test(month) ? Number(month) : monthNumber(month);
    return number === undefined ? undefined : { year: Number(part("y")), month: number, day: Number(day) };
  }
  return undefined;
}

function parseTime(text: string): Clock | undefined {
  const match = TIME.exec(text) ?? CHINESE_TIME.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds, fraction, half, zone] = match;
  const hour = half ? twelveHours(Number(hours), half) : Number(hours);
  const offset = parseOffset(zone ?? "");
  if (hour === undefined || offset === "none") return undefined;
  const millisecond = Number((fraction ?? "").slice(0, 3).padEnd(3, "0"));
  return { hour, minute: Number(minutes ?? 0), second: Number(seconds ?? 0), millisecond, offset };
}

function twelveHours(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

/** Minutes ahead of UTC, undefined where none is written, "none" where what is written is no offset. */
function parseOffset(written: string): number | undefined | "none" {
  // "(Almaty Time)" of JavaScript and "[Asia/Almaty]" of RFC 9557 only repeat what the offset says.
  const text = written.replace(/ ?\([^()]*\)$|(?<=\d|Z)\[[\w/+-]*\]$/i, "");
  if (text === "") return undefined;
  const named = ZONES[text.toUpperCase()];
  if (named !== undefined) return named;
  const match = /^(?:GMT|UTC)?([+\-\u2212])(\d{2}):?(\d{2})?$/i.exec(text);
  if (match === null) return "none";
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 23 * 60 + 59 || Number(match[3] ?? 0) > 59) return "none";
  return match[1] === "+" ? minutes : -minutes;
}

/** Full-width and Arabic digits are digits. */
function latinDigits(text: string): string {
  return text.replace(/[\uFF10-\uFF19\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 15));
}
