import type { OfTwo } from "../../dates/zone.ts";
import { canonicalTag } from "../../language/language.ts";
import type { Newsroom, Person, WrittenDate } from "../../model/article.ts";
import { omitUndefined } from "../../model/json-value.ts";
import { notice, quoted, type Remark } from "../../model/remark.ts";
import { isUnsafeId } from "../../title/identity.ts";
import type { Field } from "../field.ts";
import { type Fact, type Lookup, lookup, type OwnNames, plainName } from "./field-names.ts";
import { asTable, type Read, readAuthors, readDate, readText, readTexts } from "./field-values.ts";
import { type Lifecycle, lifecycleOf } from "./lifecycle.ts";
import { readAttachments, readImage, type WrittenAttachment, type WrittenImage } from "./media-fields.ts";
import { readRights, type WrittenRights } from "./rights-fields.ts";
import { unknownNames } from "./unknown-names.ts";

/** An address as written, and its line. */
export type WrittenAddress = { readonly text: string; readonly line: number };

/** The facts of front matter, each in its type. Addresses are as written. */
export type Facts = {
  readonly title: string | undefined;
  readonly published: WrittenDate | undefined;
  readonly updated: WrittenDate | undefined;
  readonly embargo: WrittenDate | undefined;
  readonly expires: WrittenDate | undefined;
  readonly authors: readonly Person[];
  /** The line of the authors. */
  readonly authorsLine: number | undefined;
  readonly section: string | undefined;
  readonly tags: readonly string[];
  readonly summary: string | undefined;
  readonly image: WrittenImage | undefined;
  readonly attachments: readonly WrittenAttachment[];
  /** BCP 47, canonical. */
  readonly language: string | undefined;
  readonly slug: string | undefined;
  readonly url: WrittenAddress | undefined;
  readonly id: string | undefined;
  readonly correction: string | undefined;
  /** In NFC: it may be a path. */
  readonly translationOf: string | undefined;
  readonly comments: WrittenAddress | undefined;
  readonly via: (WrittenAddress & { readonly title?: string }) | undefined;
  readonly license: WrittenAddress | undefined;
  readonly rights: WrittenRights;
  readonly lifecycle: Lifecycle;
};

/** What the newsroom says about front matter. */
type Words = Pick<Newsroom, "timezone" | "fields" | "people">;

/** Reads every field. A wrong one becomes a problem with its line, and the others are still read. */
export function factsOf(
  fields: readonly Field[],
  key: string,
  newsroom: Words,
): { readonly facts: Facts; readonly remarks: readonly Remark[] } {
  const { timezone: zone, people } = newsroom;
  const found = lookup(fields, newsroom.fields);
  const remarks: Remark[] = [];
  const take = <T>(field: Field | undefined, read: (field: Field) => Read<T>): T | undefined => {
    const result = field === undefined ? undefined : read(field);
    if (result !== undefined && "wrong" in result) remarks.push(result.wrong);
    if (result !== undefined && "value" in result && result.notice !== undefined) remarks.push(result.notice);
    return result !== undefined && "value" in result ? result.value : undefined;
  };
  const text = (fact: Fact): string | undefined => take(found.one(fact), readText);
  // `published: true` and `published: false` are not dates (Jekyll): lifecycle.ts reads them.
  const dateField = (fact: Fact): Field | undefined =>
    found
      .all(fact)
      .map(ofTable)
      .find(({ value }) => isWritten(value));
  const date = (fact: Fact, ofTwo?: OfTwo): WrittenDate | undefined => take(dateField(fact), (field) => readDate(field, zone, ofTwo));

  const categories = found.all("categories").flatMap((field) => take(field, readTexts) ?? []);
  const section = text("section");
  // Unless a section is named, the first category is the section. The other categories join the tags.
  const [first, ...rest] = section === undefined ? categories : [section, ...categories.filter((name) => name !== section)];
  const tags = [...found.all("tags").flatMap((field) => take(field, readTexts) ?? []), ...rest];
  const lifecycle = lifecycleOf(found, key);
  const language = languageOf(found.one("language"));
  const facts: Facts = {
    title: text("title"),
    published: date("published"),
    updated: date("updated"),
    // Nothing may be published too early.
    embargo: date("embargo", "last"),
    expires: date("expires"),
    authors: take(found.one("authors"), (field) => readAuthors(field, people)) ?? [],
    authorsLine: found.one("authors")?.line,
    section: first,
    tags: [...new Set(tags)],
    summary: text("summary"),
    image: readImage(found, remarks),
    attachments: readAttachments(found, remarks),
    language: language.tag,
    slug: text("slug"),
    url: addressOf(found),
    id: take(found.one("id"), idOf),
    correction: take(found.one("correction"), correctionOf),
    translationOf: wordOf(found.one("translationOf")),
    comments: pageOf(found, "comments"),
    via: pageOf(found, "via"),
    license: pageOf(found, "license"),
    rights: readRights(found, remarks),
    lifecycle,
  };
  return { facts, remarks: [...remarks, ...lifecycle.remarks, ...language.remarks, ...unknownNames(fields, found, newsroom)] };
}

/** The title alone, as `factsOf` reads it. */
export function titleOf(fields: readonly Field[], own: OwnNames): string | undefined {
  const field = lookup(fields, own).one("title");
  const read = field === undefined ? undefined : readText(field);
  return read !== undefined && "value" in read ? read.value : undefined;
}

/** `true` (Jekyll) and Eleventy's words for file and git dates ("Created", "git Last Modified") are not dates. */
const isWritten = (value: Field["value"]): boolean =>
  typeof value !== "boolean" && !(typeof value === "string" && /^(?:git )?(?:last modified|created)$/i.test(value.trim()));

/** `last_update: { date: … }` (Docusaurus). */
function ofTable(field: Field): Field {
  const { date } = asTable(field.value);
  return date === undefined || date === null ? field : { ...field, value: date };
}

/** The id as written, apart from surrounding space and line ends. */
function idOf(field: Field): Read<string> {
  if (typeof field.value !== "string") return readText(field);
  // XML has one line end (1.0, 2.11); ids that no reader can tell apart must be equal.
  const value = field.value.trim().replace(/\r\n?/g, "\n");
  if (!isUnsafeId(value)) return { value };
  const message = `"${field.name}" has an unsafe scheme: got ${quoted(value)}. RSS carries it unchanged; Atom and JSON Feed carry a URN made from it.`;
  return { value, notice: notice("id-scheme", message, { line: field.line, hint: "Write a tag: or urn: URI, or a web address." }) };
}

/** Joins several corrections into one note. */
function correctionOf(field: Field): Read<string> {
  if (!Array.isArray(field.value)) return readText(field);
  const read = readTexts(field);
  return "wrong" in read ? read : { ...read, value: read.value.join(" ") };
}

/** An invalid tag is only a notice, and the language is detected instead. `en_US` and `en_US.UTF-8` are accepted. */
function languageOf(field: Field | undefined): { readonly tag: string | undefined; readonly remarks: readonly Remark[] } {
  if (field === undefined) return { tag: undefined, remarks: [] };
  const value = Array.isArray(field.value) ? field.value[0] : field.value;
  const tag = typeof value === "string" ? canonicalTag(value) : undefined;
  if (tag !== undefined) return { tag: UNSAID.test(tag) ? undefined : tag, remarks: [] };
  const message = `"${field.name}" is not a language tag: got ${quoted(field.value)}.`;
  return { tag, remarks: [notice("language-invalid", message, { line: field.line, hint: "Write a tag such as ru, kk or zh-Hans." })] };
}

/** `permalink: false` (Eleventy) is not an address. A canonical address counts only if the article names no other. */
function addressOf(found: Lookup): WrittenAddress | undefined {
  const written = [
    ...found.all("url"),
    ...found.all("canonical").filter(({ value }) => typeof value === "string" && /^https?:/i.test(value)),
  ];
  const field = written.find(({ value }) => typeof value === "string");
  return field === undefined ? undefined : { text: String(field.value).trim(), line: field.line };
}

/** Tags that name no single language: undetermined, several, none, uncoded (ISO 639-2). */
const UNSAID = /^(?:und|mul|zxx|mis)\b/;

/** `source: Reuters` names a wire, and no page. */
function isWire({ name, value }: Field): boolean {
  return plainName(name) === "source" && typeof value === "string" && !/^(?:https?:|\/)/i.test(value.trim());
}

/** A wrong value is ignored: it ties nothing, which is no reason to keep an article out. */
function wordOf(field: Field | undefined): string | undefined {
  const read = field === undefined ? undefined : readText(field);
  return read !== undefined && "value" in read ? read.value.normalize("NFC") : undefined;
}

/** Another page: an address, or a table with one. `comments: true` (Jekyll, Hugo) is not a page. */
function pageOf(found: Lookup, fact: "comments" | "via" | "license"): (WrittenAddress & { readonly title?: string }) | undefined {
  const field = found.all(fact).find((one) => typeof one.value !== "boolean" && !Array.isArray(one.value) && !isWire(one));
  if (field === undefined) return undefined;
  const { url, href, link, title, name } = asTable(field.value);
  const [address, words] = [url ?? href ?? link, title ?? name];
  if (typeof address !== "string") return undefined;
  return { text: address.trim(), line: field.line, ...omitUndefined({ title: typeof words === "string" ? words.trim() : undefined }) };
}

/** `facts`, with each missing one taken from `fallback`. */
export function withFallback(facts: Facts, fallback: Facts): Facts {
  const lists = {
    authors: facts.authors.length > 0 ? facts.authors : fallback.authors,
    tags: facts.tags.length > 0 ? facts.tags : fallback.tags,
    attachments: facts.attachments.length > 0 ? facts.attachments : fallback.attachments,
  };
  return { ...fallback, ...omitUndefined(facts), ...lists };
}
