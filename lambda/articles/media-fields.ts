import type { Attachment, Image } from "./article.ts";
import { defined } from "./defined.ts";
import type { Field, Value } from "./field.ts";
import type { Lookup } from "./field-names.ts";
import { asList, asTable } from "./field-values.ts";

/** As written: the address is not yet resolved. */
export type WrittenImage = Image & { readonly line: number };
export type WrittenAttachment = Omit<Attachment, "type"> & { readonly type?: string; readonly line: number };

const text = (...values: readonly (Value | undefined)[]): string | undefined =>
  values
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map((value) => String(value).trim())
    .find((value) => value !== "");

/** A whole number from a number or its text; undefined for anything else. */
const count = (value: Value | undefined): number | undefined => {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};

/** The lead image: an address, a table with one (`url`, `src`, `path`, `image`, Hugo's and Eleventy's customs), or the first of a list. */
export function imageOf(found: Lookup): WrittenImage | undefined {
  const field = found.one("image");
  const value = field === undefined ? undefined : asList(field.value)[0];
  if (field === undefined || value === undefined) return undefined;
  const table = asTable(value);
  const url = text(table.url, table.src, table.path, table.image, table.href);
  const alt = text(table.alt, found.one("imageAlt")?.value);
  const width = count(table.width);
  const height = count(table.height);
  if (url === undefined) return undefined;
  return { url, line: field.line, ...defined({ alt, width: width || undefined, height: height || undefined }) };
}

/** Files to play or download: `audio`, `enclosure` and their plurals, each an address, a table or a list of either. */
export function attachmentsOf(found: Lookup): readonly WrittenAttachment[] {
  return found.all("attachments").flatMap((field) => asList(field.value).flatMap((value) => attachment(value, field)));
}

function attachment(value: Value, field: Field): readonly WrittenAttachment[] {
  const table = asTable(ofLines(value));
  const url = text(table.url, table.src, table.href, table.path, table.file);
  if (url === undefined) return [];
  const type = text(table.type, table.mime, table.content_type);
  const bytes = count(table.bytes ?? table.length ?? table.size);
  const seconds = secondsOf(table.seconds ?? table.duration);
  const title = text(table.title, table.name);
  const mediaType = type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type.toLowerCase() : undefined;
  return [{ url, line: field.line, ...defined({ type: mediaType, bytes, seconds, title }) }];
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
