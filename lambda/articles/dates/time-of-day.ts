import { HALF, hourOf } from "./half-days.ts";
import { isZone } from "./zone.ts";

type Time = { readonly hour: number; readonly minute: number; readonly second: number; readonly millisecond: number };
/** Minutes ahead of UTC and the name of a place, if written. `isUtc`: "Z", which fits every place. */
export type Offset = { readonly offset: number | undefined; readonly place: string | undefined; readonly isUtc: boolean };
export type TimeOfDay = Time & Offset;

const half = `(?:(?<half>${HALF}) ?)?`;
const behind = `(?: ?(?<end>${HALF})(?![\\p{L}\\d]))?(?: ?(?<zone>\\S.*))?`;
const FORMS: readonly RegExp[] = [
  new RegExp(`^${half}(?<h>\\d{1,2}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?${behind}$`, "iu"),
  new RegExp(`^${half}(?<h>\\d{1,2}) ?[时時点點](?: ?(?<m>\\d{1,2}) ?分)?(?: ?(?<s>\\d{1,2}) ?秒)?$`, "iu"),
  // ISO 8601's basic form
  /^(?<h>\d{2})(?<m>\d{2})(?:(?<s>\d{2})(?:[.,](?<f>\d{1,9}))?)?(?<zone>(?:Z|[+-]|\[).*)?$/iu,
  /^(?<h>\d{1,2}) ?(?<end>[ap]\.?m\.?)(?: ?(?<zone>\S.*))?$/iu,
];

/** A time of day in a common written form, with its zone; undefined for anything else. */
export function parseTime(written: string): TimeOfDay | undefined {
  // JavaScript's "(GMT+05:00)" only repeats the offset.
  const text = written.replace(/(?<=[+-]\d{2}:?\d{2}) ?\([^()]*\)$/, "");
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const hour = hourOf(Number(parts.h), parts.half ?? parts.end);
    const offset = parseOffset(parts.zone ?? "");
    if (hour === undefined || offset === undefined || (parts.half !== undefined && parts.end !== undefined)) return undefined;
    const millisecond = Number((parts.f ?? "").slice(0, 3).padEnd(3, "0"));
    return { hour, minute: Number(parts.m ?? 0), second: Number(parts.s ?? 0), millisecond, ...offset };
  }
  return undefined;
}

/** Zone names of RFC 2822, 4.3, and other unambiguous ones; minutes ahead of UTC. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ Z: 0, UT: 0, UTC: 0, GMT: 0, EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 },
  ...{ MSK: 180, МСК: 180, CET: 60, CEST: 120, EET: 120, EEST: 180, JST: 540, KST: 540, HKT: 480 },
};

/** Undefined if the text is not a zone, or an ambiguous one ("BST", "IST", "ALMT"). */
function parseOffset(written: string): Offset | undefined {
  const { text, place, isSure } = placeIn(written);
  if (!isSure) return undefined;
  if (text === "") return { offset: undefined, place, isUtc: false };
  const named = ZONES[text.toUpperCase()];
  if (named !== undefined) return { offset: named, place, isUtc: /^z$/i.test(text) };
  // Go and Ruby write the zone's name after its offset.
  const match = /^(?:GMT|UTC)?([+-])(?:(\d{2}):?(\d{2})?|(\d)(?::(\d{2}))?)(?: (?:[A-Z]{2,5}|[+-]\d{2}(?:\d{2})?))?$/i.exec(text);
  if (match === null) return undefined;
  const [hours, minutes] = [Number(match[2] ?? match[4]), Number(match[3] ?? match[5] ?? 0)];
  if (hours > 23 || minutes > 59) return undefined;
  return { offset: (match[1] === "-" ? -1 : 1) * (hours * 60 + minutes), place, isUtc: false };
}

type Placed = { readonly text: string; readonly place: string | undefined; readonly isSure: boolean };

/** A place after the offset, in brackets (RFC 9557), or alone if there is no offset. Other calendars are not read. */
function placeIn(written: string): Placed {
  const [, before = "", tags = ""] = /^([^[\]]*?) ?((?:\[[^[\]]*\])*)$/.exec(written) ?? [];
  if (before === "" && tags === "" && written !== "") return { text: written, place: undefined, isSure: true };
  const names = [...tags.matchAll(/\[(!?)([^\]]*)\]/g)].map(([, sure, name = ""]) => ({ sure: sure === "!", name }));
  const place = names.find(({ name }) => !name.includes("="));
  const isKnown = place === undefined || isZone(place.name);
  const isSure = names.every(({ sure, name }) => !name.includes("=") || !sure || /^u-ca=(?:gregory|iso8601)$/.test(name));
  if (place === undefined && isZone(before)) return { text: "", place: before, isSure };
  return { text: before, place: isKnown ? place?.name : undefined, isSure: isSure && (isKnown || (before !== "" && !place.sure)) };
}
