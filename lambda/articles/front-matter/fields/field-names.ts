import type { Newsroom } from "../../model/article.ts";
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
  syndication: ["syndication"],
  sponsored: ["sponsored", "advertorial"],
  credit: ["credit"],
  usageTerms: ["usageterms"],
  mediaRights: ["media"],
  attachments: ["enclosure", "enclosures", "audio", "podcast"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Fact = keyof typeof NAMES;

/** Tables whose fields count as top-level fields: Zola's taxonomies, and what Hugo and Zola reserve for themes. */
const OPENED = ["taxonomies", "extra", "params"];

/** A name as it is compared. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, "");

const FACT_OF: ReadonlyMap<string, Fact> = new Map(
  (Object.keys(NAMES) as Fact[]).flatMap((fact) => [fact, ...NAMES[fact]].map((name) => [plainName(name), fact] as const)).reverse(),
);

/** Every name of a fact, folded: those of front matter, and our own words for the facts. */
export const factNames: readonly string[] = [...FACT_OF.keys()].reverse();

/** The fact of a folded name; the first of two facts that share it. */
export const factOf = (name: string): Fact | undefined => FACT_OF.get(name);

/** The newsroom's own names of facts (`fields` of site.yaml). */
export type OwnNames = Newsroom["fields"];

/** The folded names of each fact, best first. A newsroom's own name comes first, and then means nothing else. */
function namesOf(own: OwnNames): (fact: Fact) => readonly string[] {
  if (own === undefined) return (fact) => NAMES[fact];
  const taken = new Set(Object.values(own).flat());
  return (fact) => [...(own[fact] ?? []), ...NAMES[fact].filter((name: string) => !taken.has(name))];
}

export type Lookup = {
  /** The first non-empty field of a fact. */
  readonly one: (fact: Fact) => Field | undefined;
  /** All non-empty fields of a fact. */
  readonly all: (fact: Fact) => readonly Field[];
};

export function lookup(fields: readonly Field[], own: OwnNames): Lookup {
  const names = namesOf(own);
  const byName = new Map<string, Field>();
  const add = (field: Field): void => {
    const name = plainName(field.name);
    if (!byName.has(name)) byName.set(name, field);
  };
  fields.forEach(add);
  for (const { name, value, line } of fields) {
    if (!OPENED.includes(plainName(name)) || value === null || typeof value !== "object" || Array.isArray(value)) continue;
    for (const [inner, innerValue] of Object.entries(value)) add({ name: inner, value: innerValue, line });
  }
  // A loop, because this runs some fifty times for each article.
  const all = (fact: Fact): readonly Field[] => {
    const found: Field[] = [];
    for (const name of names(fact)) {
      const field = byName.get(name);
      if (field !== undefined && !isEmpty(field.value)) found.push(field);
    }
    return found;
  };
  return { one: (fact) => all(fact)[0], all };
}

function isEmpty(value: Field["value"]): boolean {
  if (value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  return typeof value === "object" && Object.keys(value).length === 0;
}
