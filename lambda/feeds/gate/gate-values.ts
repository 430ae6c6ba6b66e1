/** Tests of single values for the gate, written from the specifications and independent of the renderers. */

const SCHEME = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i;
const NEVER = /^(?:javascript|vbscript|data|file|blob|about|wireroom-self|wireroom-media|wireroom-article):/i;

/** An ordinary web address: a host of letters (no Punycode, and no number, which might be invalid) and no unusual port. */
const ORDINARY =
  /^https?:\/\/(?!xn--|[^/?#]*\.xn--)(?:[a-z0-9-]+\.)*[a-z][a-z-]*(?::\d{1,4})?(?:[/?#][\x21\x23-\x3b=\x3f-\x5b\]_a-z~]*)?$/i;

/**
 * An absolute ASCII URI (RFC 3986) whose scheme neither runs nor reads anything. Most are recognized without the cost of parsing
 * them.
 */
export const isUri = (text: string): boolean =>
  ORDINARY.test(text) || (SCHEME.test(text) && !NEVER.test(text) && !/["<>\\^`{|}]/.test(text) && URL.canParse(text));

/** A URI that a browser can open. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^/?#]/i.test(text) && isUri(text);

/** The shape of a BCP 47 tag. */
export const isLanguage = (text: string): boolean => /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i.test(text);

/** RFC 6838, parameters allowed. */
export const isMediaType = (text: string): boolean => /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*(?:\s*;.+)?$/i.test(text);

export const isWholeNumber = (text: string): boolean => /^\d{1,15}$/.test(text);

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/;

/** An RFC 3339 date and time whose day exists. */
export const isRfc3339 = (text: string): boolean => {
  const found = RFC_3339.exec(text);
  if (found === null) return false;
  const [year, month, day, hour, minute, second, ahead, aheadMinutes] = found.slice(1).map((part) => Number(part ?? 0));
  return isMoment(year, month, day, hour, minute, second) && isMoment(2000, 1, 1, ahead, aheadMinutes, 0);
};

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const RFC_822 = /^([A-Z][a-z]{2}), (\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|[+-]\d{4})$/;

/** An RFC 822 date and time with a year of four digits (RSS 2.0), whose day exists and falls on the named weekday. */
export const isRfc822 = (text: string): boolean => {
  const found = RFC_822.exec(text);
  if (found === null) return false;
  const [, weekday, day, month, year, hour, minute, second] = found;
  const monthNumber = MONTHS.indexOf(month ?? "") + 1;
  if (!isMoment(Number(year), monthNumber, Number(day), Number(hour), Number(minute), Number(second))) return false;
  return WEEKDAYS[midnight(Number(year), monthNumber, Number(day)).getUTCDay()] === weekday;
};

const isMoment = (year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0): boolean => {
  const date = midnight(year, month, day);
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 61;
};

/** Uses `setUTCFullYear`, because `Date.UTC` reads the years 0 to 99 as 1900 to 1999. */
const midnight = (year: number, month: number, day: number): Date => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
};
