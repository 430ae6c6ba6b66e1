import type { MediaRights, Syndication } from "../../model/article.ts";
import { omitUndefined } from "../../model/json-value.ts";
import type { Remark } from "../../model/remark.ts";
import type { Field, Value } from "../field.ts";
import { type Lookup, plainName } from "./field-names.ts";
import { asList, asTable, type Read, readBoolean, readText, readTexts } from "./field-values.ts";

/** The rights of one picture; its address is as written. */
export type WrittenMediaRights = MediaRights & { readonly url: string };

/** What front matter says about copies of the article. `source`: the wire that it comes from. */
export type WrittenRights = {
  readonly syndication?: Syndication;
  readonly source?: string;
  readonly sponsored?: true;
  readonly credit?: string;
  readonly usageTerms?: string;
  readonly media: readonly WrittenMediaRights[];
};

/** The most pictures with rights of their own, and the most characters of a credit and of terms. */
const most = { media: 100, word: 300, terms: 2_000 } as const;

export function readRights(found: Lookup, remarks: Remark[]): WrittenRights {
  const take = <T>(field: Field | undefined, read: (field: Field) => Read<T>): T | undefined => {
    const result = field === undefined ? undefined : read(field);
    if (result !== undefined && "wrong" in result) remarks.push(result.wrong);
    return result !== undefined && "value" in result ? result.value : undefined;
  };
  return {
    media: [...leadRights(found), ...found.all("mediaRights").flatMap(({ value }) => mediaIn(value))].slice(0, most.media),
    ...omitUndefined({
      syndication: take(found.one("syndication"), readSyndication),
      source: sourceOf(found.all("via").filter(({ name }) => plainName(name) === "source")),
      sponsored: take(found.one("sponsored"), readBoolean) || undefined,
      credit: short(take(found.one("credit"), readText), most.word),
      usageTerms: short(take(found.one("usageTerms"), readText), most.terms),
    }),
  };
}

/** "allow", "deny", yes, no, or the partners who may have it. Anything else is a problem: nothing travels by accident. */
function readSyndication(field: Field): Read<Syndication> {
  const known = syndicationOf(field.value);
  return known === undefined ? readTexts(field) : { value: known };
}

function syndicationOf(value: Value | undefined): Syndication | undefined {
  if (typeof value === "boolean") return value ? "allow" : "deny";
  if (typeof value === "string") {
    const word = value.trim().toLowerCase();
    if (/^(?:allow|allowed|yes|true|all)$/.test(word)) return "allow";
    if (/^(?:deny|denied|no|false|none)$/.test(word)) return "deny";
    return word === "" ? undefined : word.split(/\s*,\s*/);
  }
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string")
    ? (value as readonly string[]).map((name) => name.trim().toLowerCase())
    : undefined;
}

/** The name of a wire, or of a host; a path on the site names nobody. */
function sourceOf([field]: readonly Field[]): string | undefined {
  if (field === undefined || Array.isArray(field.value)) return undefined;
  const { url, href, link, name, title } = asTable(field.value);
  const [address, called] = [url ?? href ?? link, name ?? title];
  if (typeof called === "string" && called.trim() !== "") return short(called, most.word);
  if (typeof address !== "string" || address.trim().startsWith("/")) return undefined;
  const host = /^https?:/i.test(address.trim()) ? URL.parse(address.trim())?.hostname.replace(/^www\./, "") : address;
  return short(host, most.word);
}

function leadRights(found: Lookup): readonly WrittenMediaRights[] {
  const field = found.one("image");
  const value = field === undefined ? undefined : asList(field.value)[0];
  return value === undefined ? [] : rightsIn(asTable(value), undefined);
}

/** A table by address, or a list of tables with an address each; a text is the credit. */
function mediaIn(value: Value): readonly WrittenMediaRights[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((one) => rightsIn(asTable(one), undefined));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([url, says]) => rightsIn(typeof says === "string" ? { credit: says } : asTable(says), url));
}

function rightsIn(table: Readonly<Record<string, Value>>, named: string | undefined): readonly WrittenMediaRights[] {
  const text = (...names: readonly string[]): string | undefined => {
    const found = Object.entries(table).find(([name, value]) => names.includes(plainName(name)) && typeof value === "string");
    return short(found?.[1] as string | undefined, most.word);
  };
  const url = named ?? text("url", "src", "path", "image", "href");
  const own = Object.entries(table).find(([name]) => plainName(name) === "syndication")?.[1];
  const rights = omitUndefined({
    credit: text("credit", "copyright", "photographer"),
    license: text("license", "licence"),
    usageTerms: text("usageterms"),
    source: text("source"),
    // What cannot be understood denies.
    syndication: own === undefined || own === null ? undefined : (syndicationOf(own) ?? ("deny" as const)),
  });
  return url === undefined || Object.keys(rights).length === 0 ? [] : [{ url, ...rights }];
}

function short(text: string | undefined, length: number): string | undefined {
  const plain = text?.replace(/\s+/g, " ").trim();
  return plain === undefined || plain === "" ? undefined : plain.slice(0, length).toWellFormed();
}
