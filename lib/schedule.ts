/**
 * The grammar of a recurring schedule, as EventBridge Scheduler documents it: `rate(value unit)` or `cron(minutes hours
 * day-of-month month day-of-week year)`. Neither CDK nor the template validator checks the expression, so a mistake would only
 * show when a deployment fails. `at(…)` is a valid expression too, but runs only once.
 */
const rate = /^rate\((?:1 (?:minute|hour|day)|(?:[2-9]|[1-9]\d+) (?:minutes|hours|days))\)$/;

const months = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
const weekdays = "SUN|MON|TUE|WED|THU|FRI|SAT";

/** One cron field: `*`, or a list of values and ranges, each with or without a step; `extra` is the syntax of only this field. */
function field(value: string, extra?: string): RegExp {
  const item = `(?:(?:\\*|${value}(?:-${value})?)(?:/[1-9]\\d*)?)`;
  return new RegExp(`^(?:${item}(?:,${item})*${extra === undefined ? "" : `|${extra}`})$`);
}

const dayOfMonth = "(?:3[01]|[12]\\d|0?[1-9])";
const dayOfWeek = `(?:[1-7]|${weekdays})`;

const fields: readonly RegExp[] = [
  field("(?:[0-5]?\\d)"),
  field("(?:2[0-3]|[01]?\\d)"),
  field(dayOfMonth, `\\?|L|LW|${dayOfMonth}W`),
  field(`(?:1[0-2]|0?[1-9]|${months})`),
  field(dayOfWeek, `\\?|L|${dayOfWeek}L|${dayOfWeek}#[1-5]`),
  field("(?:19[7-9]\\d|2[01]\\d\\d)"),
];

function isCron(expression: string): boolean {
  const inner = /^cron\(([^()]+)\)$/.exec(expression)?.[1];
  if (inner === undefined) return false;
  const parts = inner.split(" ");
  if (parts.length !== fields.length) return false;
  if (!fields.every((pattern, at) => pattern.test(parts[at] ?? ""))) return false;
  // AWS requires exactly one of day of month and day of week to be "?", because the two could contradict each other.
  return (parts[2] === "?") !== (parts[4] === "?");
}

/** Whether EventBridge Scheduler accepts the expression as a recurring schedule. */
export function isRecurring(expression: string): boolean {
  return rate.test(expression) || isCron(expression);
}

/** The minutes between two runs of a `rate(…)`; undefined for a cron expression, whose gaps differ. */
export function minutesBetweenRuns(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined) return undefined;
  return Number(count) * (unit === "day" ? 1440 : unit === "hour" ? 60 : 1);
}
