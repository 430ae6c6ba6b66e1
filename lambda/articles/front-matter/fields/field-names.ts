import type { Field } from "../field.ts";

/**
 * The names of each fact in front matter (Hugo, Jekyll, Eleventy, Astro, Zola, Ghost exports), best first. Case, "-" and "_" do not matter:
 * `pubDate`, `pub_date` and `PubDate` are the same.
 */
const NAMES = {
  title: ["title", "headline", "subject"],
  published: ["date", "published", "pubdate", "publishedat", "datepublished", "publishdate"],
  updated: ["updated", "lastmod", "modified", "updatedat", "updateddate", "lastmodified", "lastmodifiedat", "datemodified", "lastupdate"],
  authors: ["authors", "author", "byline", "creator"],
  section: ["section"],
  categories: ["category", "categories"],
  tags: ["tags", "tag", "keywords"],
  summary: ["summary", "description", "excerpt", "customexcerpt"],
  image: ["image", "cover", "thumbnail", "featureimage", "featuredimage", "heroimage", "coverimage", "images"],
  imageAlt: ["imagealt", "coveralt", "featureimagealt", "heroimagealt", "coverimagealt"],
  language: ["lang", "language", "locale"],
  slug: ["slug"],
  url: ["permalink", "url", "path"],
  canonical: ["canonical", "canonicalurl"],
  id: ["id", "guid"],
  draft: ["draft"],
  status: ["status"],
  canceled: ["canceled", "cancelled", "withdrawn", "retracted"],
  reason: ["reason", "cancelreason", "canceledreason", "withdrawnreason"],
  correction: ["correction", "corrections"],
  embargo: ["embargo", "embargoed", "embargountil", "embargoeduntil", "publishdate"],
  expires: ["expires", "expiry", "expirydate", "expirationdate", "expiresat"],
  translationOf: ["translationof", "translationkey", "translatedfrom", "translationofwork"],
  comments: ["comments", "commentsurl", "discussion", "discussionurl"],
  via: ["via", "source", "sourceurl"],
  license: ["license", "licence", "licenseurl", "licenceurl"],
  attachments: ["enclosure", "enclosures", "audio", "podcast"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Fact = keyof typeof NAMES;

/** Tables whose fields count as top-level fields: Zola's taxonomies, and what Hugo and Zola reserve for themes. */
const OPENED = ["taxonomies", "extra", "params"];

const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, "");

export type Lookup = {
  /** The first non-empty field of a fact. */
  readonly one: (fact: Fact) => Field | undefined;
  /** All non-empty fields of a fact. */
  readonly all: (fact: Fact) => readonly Field[];
};

export function lookup(fields: readonly Field[]): Lookup {
  const byName = new Map<string, Field>();
  const add = (field: Field): void => {
    if (!byName.has(plainName(field.name))) byName.set(plainName(field.name), field);
  };
  fields.forEach(add);
  for (const { name, value, line } of fields) {
    if (!OPENED.includes(plainName(name)) || value === null || typeof value !== "object" || Array.isArray(value)) continue;
    for (const [inner, innerValue] of Object.entries(value)) add({ name: inner, value: innerValue, line });
  }
  const all = (fact: Fact): readonly Field[] =>
    NAMES[fact].flatMap((name: string) => byName.get(name) ?? []).filter(({ value }) => !isEmpty(value));
  return { one: (fact) => all(fact)[0], all };
}

function isEmpty(value: Field["value"]): boolean {
  if (value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  return typeof value === "object" && Object.keys(value).length === 0;
}
