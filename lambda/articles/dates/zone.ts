import type { Instant } from "../model/article.ts";

/** The clock and calendar of one place; numbers as people read them (months count from 1). */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
};

const DAY = 86_400_000;

/** Reads a wall time as UTC, in milliseconds since 1970; undefined if the calendar has no such day. */
export function asUtc(wall: WallTime): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day); // Date.UTC would turn year 26 into 1926
  if (date.getUTCMonth() !== wall.month - 1 || date.getUTCDate() !== wall.day || wall.year < 1 || wall.year > 9999) return undefined;
  if (wall.hour > 23 || wall.minute > 59 || wall.second > 60) return undefined;
  // Instants have no leap seconds: one counts as the second before it.
  return date.getTime() + ((wall.hour * 60 + wall.minute) * 60 + Math.min(wall.second, 59)) * 1000 + wall.millisecond;
}

/** ISO text; undefined outside of the years 0001 to 9999, because it would no longer sort as text. */
export function toInstant(milliseconds: number): Instant | undefined {
  const text = new Date(milliseconds).toISOString();
  return /^(?!0000)\d{4}-/.test(text) ? text : undefined;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: zone,
    era: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  formatters.set(zone, made);
  return made;
}

/** Whether a name is in the time zone database (`Asia/Almaty`). */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2}$/.test(name)) return false;
  try {
    formatter(name);
    return true;
  } catch {
    return false; // the platform's only way to say "no such zone"
  }
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(milliseconds: number, zone: string): number {
  if (zone === "UTC") return 0;
  const whole = Math.floor(milliseconds / 1000) * 1000;
  const parts = new Map(
    formatter(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const date = new Date(0);
  date.setUTCFullYear(parts.get("era")?.startsWith("B") ? 1 - part("year") : part("year"), part("month") - 1, part("day"));
  return date.getTime() + ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1000 - whole;
}

/** Which instant to choose if a wall time occurs twice because clocks were set back. */
export type OfTwo = "first" | "last";

/**
 * The instant of a wall time. If clocks were set back and it occurs twice, the first, unless the last is asked for; if clocks were set
 * forward and it never occurs, later by the length of the gap (RFC 5545, 3.3.5).
 */
export function fromWall(wallAsUtc: number, zone: string, ofTwo: OfTwo = "first"): number {
  const before = offsetAt(wallAsUtc - DAY, zone);
  const after = offsetAt(wallAsUtc + DAY, zone);
  const [first, second] = [wallAsUtc - before, wallAsUtc - after];
  if (ofTwo === "last" && second > first && offsetAt(second, zone) === after) return second;
  if (before === after || offsetAt(first, zone) === before) return first;
  return offsetAt(second, zone) === after ? second : first;
}

/** The day (`2026-11-23`) in a zone at an instant. */
export function dayOf(instant: Instant, zone: string): string {
  if (zone === "UTC") return instant.slice(0, 10);
  const milliseconds = Date.parse(instant);
  return new Date(milliseconds + offsetAt(milliseconds, zone)).toISOString().slice(0, 10);
}

/** The start or noon of a day (`2026-11-23`, which must exist) in a zone. */
export function instantOfDay(day: string, zone: string, when: "start" | "noon"): Instant {
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  return new Date(fromWall(midnight + (when === "noon" ? DAY / 2 : 0), zone)).toISOString();
}
