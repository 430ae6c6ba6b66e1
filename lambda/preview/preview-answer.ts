import type { Range } from "../stores/store.ts";

/** A file's validators, for conditional requests; `modified` is in the format of `Last-Modified`. */
export type Validators = { readonly etag: string; readonly modified: string | undefined; readonly size: number };

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The answer for an existing file. `part`: the bytes to send. */
export type FileAnswer = { readonly status: 200 | 206 | 304 | 412 | 416; readonly part?: Range };

/** Evaluates the conditions in the order of RFC 9110, 13.2.2, then the range. */
export function answerFor(method: string, asked: Asked, file: Validators): FileAnswer {
  if (failsAMatch(asked, file)) return { status: 412 };
  if (isKnown(asked, file)) return { status: 304 };
  const range = method === "GET" && isOfThisFile(asked, file) ? rangeIn(one(asked, "range"), file.size) : undefined;
  if (range === undefined) return file.size === 0 ? { status: 200 } : { status: 200, part: { first: 0, last: file.size - 1 } };
  return range === "unsatisfiable" ? { status: 416 } : { status: 206, part: range };
}

/** RFC 9110, 13.1.1 and 13.1.4: tags are compared strongly, and the date counts only if there is no tag. */
function failsAMatch(asked: Asked, { etag, modified }: Validators): boolean {
  const tags = one(asked, "if-match");
  if (tags !== undefined) return tags.trim() !== "*" && !tagsIn(tags).includes(etag);
  const since = Date.parse(one(asked, "if-unmodified-since") ?? "");
  return Date.parse(modified ?? "") > since;
}

/** RFC 9110, 13.1.2 and 13.1.3: a weak tag is enough. Thunderbird sends only the date. */
function isKnown(asked: Asked, { etag, modified }: Validators): boolean {
  const tags = one(asked, "if-none-match");
  if (tags !== undefined) return tags.trim() === "*" || tagsIn(tags).some((tag) => tag.replace(/^W\//, "") === etag);
  return Date.parse(modified ?? "") <= Date.parse(one(asked, "if-modified-since") ?? "");
}

/** RFC 9110, 13.1.5: a client must not join parts of two different files. */
function isOfThisFile(asked: Asked, { etag, modified }: Validators): boolean {
  const known = one(asked, "if-range")?.trim();
  return known === undefined || known === etag || known === modified;
}

/** RFC 9110, 14.1.2. Several ranges, other units and invalid ranges get the whole file, as 14.2 allows. */
function rangeIn(written: string | undefined, size: number): Range | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(written ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") return last === "0" || size === 0 ? "unsatisfiable" : { first: Math.max(0, size - Number(last)), last: size - 1 };
  if (last !== "" && Number(last) < Number(first)) return undefined;
  return Number(first) >= size
    ? "unsatisfiable"
    : { first: Number(first), last: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
}

const tagsIn = (written: string): readonly string[] => written.match(/(?:W\/)?"[^"]*"/g) ?? [];

function one(asked: Asked, name: string): string | undefined {
  const value = asked[name];
  return typeof value === "object" ? value.join(", ") : value;
}
