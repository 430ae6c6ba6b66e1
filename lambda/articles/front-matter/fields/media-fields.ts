import type { Attachment, Image } from "../../model/article.ts";
import { omitUndefined } from "../../model/json-value.ts";
import { notice, quoted, type Remark } from "../../model/remark.ts";
import type { Field, Value } from "../field.ts";
import type { Lookup } from "./field-names.ts";
import { asList, asTable, type FieldTable } from "./field-values.ts";

/** As written: the address is not resolved yet. */
export type WrittenImage = Image & { readonly line: number };
export type WrittenAttachment = Omit<Attachment, "type"> & { readonly type?: string; readonly line: number };

const text = (...values: readonly (Value | undefined)[]): string | undefined =>
  values
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map((value) => String(value).trim())
    .find((value) => value !== "");

/** What every format can carry for bytes, pixels and seconds: fifteen digits, since larger numbers print differently. */
export const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 1e15;

/** A whole number from a number or its text; undefined for anything else. */
const count = (value: Value | undefined): number | undefined => {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  return isCount(number) ? number : undefined;
};

/** A number from a table, under the first of its names; an invalid one is left out, with a notice. */
function numberIn(table: FieldTable, names: readonly string[], line: number, remarks: Remark[], read = count): number | undefined {
  const name = names.find((one) => isWritten(table[one]));
  const value = name === undefined ? undefined : table[name];
  const number = read(value);
  if (name !== undefined && number === undefined) {
    const message = `"${name}" is not a valid number and was left out: got ${quoted(value)}.`;
    remarks.push(notice("number-invalid", message, { line, hint: `Write a whole number of at most 15 digits.` }));
  }
  return number;
}

const isWritten = (value: Value | undefined): boolean => value !== undefined && value !== null && value !== "";

/** The lead image: an address, a table with one (`url`, `src`, `path`, `image`, as in Hugo and Eleventy), or the first of a list. */
export function readImage(found: Lookup, remarks: Remark[]): WrittenImage | undefined {
  const field = found.one("image");
  const value = field === undefined ? undefined : asList(field.value)[0];
  if (field === undefined || value === undefined) return undefined;
  const table = asTable(value);
  const url = text(table.url, table.src, table.path, table.image, table.href);
  if (url === undefined) return undefined;
  const { line } = field;
  const alt = text(table.alt, found.one("imageAlt")?.value);
  const width = numberIn(table, ["width"], line, remarks);
  const height = numberIn(table, ["height"], line, remarks);
  return { url, line, ...omitUndefined({ alt, width: width || undefined, height: height || undefined }) };
}

/** Files to play or download: `audio`, `enclosure` and their plurals, each an address, a table or a list of either. */
export function readAttachments(found: Lookup, remarks: Remark[]): readonly WrittenAttachment[] {
  return found.all("attachments").flatMap((field) => asList(field.value).flatMap((value) => attachment(value, field, remarks)));
}

function attachment(value: Value, { line }: Field, remarks: Remark[]): readonly WrittenAttachment[] {
  const table = asTable(ofLines(value));
  const url = text(table.url, table.src, table.href, table.path, table.file);
  if (url === undefined) return [];
  const type = text(table.type, table.mime, table.content_type);
  const bytes = numberIn(table, ["bytes", "length", "size"], line, remarks);
  const seconds = numberIn(table, ["seconds", "duration"], line, remarks, secondsOf);
  const title = text(table.title, table.name);
  // RFC 6838, 4.2: a name begins with a letter or digit.
  const mediaType = type !== undefined && /^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*$/i.test(type) ? type.toLowerCase() : undefined;
  return [{ url, line, ...omitUndefined({ type: mediaType, bytes, seconds, title }) }];
}

/** WordPress writes address, size and type on three lines. */
function ofLines(value: Value): Value {
  const [url = "", length = "", type = ""] = typeof value === "string" ? value.split(/\s*\n\s*/) : [];
  return url !== "" && /^\d+$/.test(length) ? { url, length, type } : value;
}

/** `123`, `2:03` or `1:02:03`. */
function secondsOf(value: Value | undefined): number | undefined {
  const clock = typeof value === "string" ? /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(value.trim()) : null;
  return clock === null ? count(value) : Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
}
