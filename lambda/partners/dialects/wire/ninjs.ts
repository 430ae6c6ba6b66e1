import { omitUndefined } from "../../../articles/model/json-value.ts";
import { namedAuthors } from "../../../feeds/model/entry.ts";
import { isLive } from "../../judge/judge.ts";
import { wordsCountedIn } from "../../judge/measure.ts";
import type { PartnerItem } from "../../model/item.ts";
import { itemText } from "../rss/item-text.ts";
import { type WireDocument, wireDialect } from "./wire-files.ts";

const standard = { name: "ninjs", version: "3.1", schema: "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json" };

/** An article as ninjs 3.1 (IPTC): no property of our own, because its root allows none, and one language a document. */
const ninjsDocument: WireDocument = (item, state, feed, terms) => {
  const { entry, version, usageTerms, source } = item;
  const live = isLive(item);
  const { description, body } = itemText(item, feed.partner, terms);
  const authors = live ? namedAuthors(entry) : [];
  const document = {
    uri: entry.uri,
    standard,
    type: "text",
    representationType: live && body !== undefined && feed.partner.content === "full" ? "full" : "partial",
    version: String(version),
    firstCreated: entry.published,
    versionCreated: state.versionCreated,
    pubStatus: state.status,
    language: entry.language,
    headlines: [{ role: "main", contentType: "text/plain", value: entry.title }],
    altIds: [{ role: "guid", value: entry.id }],
    infoSources: [{ name: source ?? feed.publisher, role: "source" }],
    ...omitUndefined({
      embargoedUntil: state.embargoed,
      expires: state.expires,
      edNote: state.edNote,
      usageTerms,
      copyrightNotice: feed.copyright,
      rightsInfo: rightsOf(entry.license ?? feed.license),
      renditions: entry.url === undefined ? undefined : [{ name: "web", href: entry.url, contentType: "text/html" }],
      by: authors.length === 0 ? undefined : authors.map(({ name }) => name).join(", "),
      people: authors.length === 0 ? undefined : authors.map(({ name, url }) => ({ name, rel: "author", ...omitUndefined({ uri: url }) })),
    }),
    ...(live ? { descriptions: [{ role: "summary", contentType: "text/plain", value: description }] } : {}),
    ...(live && body !== undefined ? { bodies: [{ role: "main", contentType: "text/html", ...counts(body), value: body }] } : {}),
    ...(live ? listed("subjects", subjectsOf(item)) : {}),
    ...listed("associations", [...(live ? picturesOf(item) : []), ...translationsOf(item)]),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
};

export const ninjsDialect = wireDialect("ninjs", "json", ninjsDocument);

const listed = <Name extends string, Item>(name: Name, items: readonly Item[]) => (items.length === 0 ? {} : { [name]: items });

const rightsOf = (license: string | undefined) => (license === undefined ? undefined : { linkedRights: license });

function counts(html: string): { readonly charCount: number; readonly wordCount: number } {
  // A reference stands for one character.
  const text = html
    .replace(/<[^>]*>/g, " ")
    .replace(/&#?\w+;/g, "&")
    .replace(/\s+/g, " ");
  return { charCount: text.trim().length, wordCount: wordsCountedIn(text) };
}

function subjectsOf({ entry }: PartnerItem) {
  const section = entry.section === undefined ? [] : [{ name: entry.section, rel: "section" }];
  return [...section, ...entry.tags.filter((tag) => tag !== entry.section).map((name) => ({ name, rel: "tag" }))];
}

function picturesOf({ entry: { image }, imageRights: { credit, license, usageTerms } }: PartnerItem) {
  if (image === undefined) return [];
  const { url, type, width, height, bytes, alt } = image;
  const rendition = { name: "original", href: url, ...omitUndefined({ contentType: type, width, height, sizeInBytes: bytes }) };
  const descriptions = alt === undefined ? undefined : [{ role: "alt", contentType: "text/plain", value: alt }];
  return [
    {
      name: "leadPicture",
      rel: "featureimage",
      uri: url,
      type: "picture",
      renditions: [rendition],
      ...omitUndefined({ descriptions, by: credit, usageTerms, rightsInfo: rightsOf(license) }),
    },
  ];
}

/** The same story in other languages, by their pages. */
function translationsOf({ entry: { translations = [] } }: PartnerItem) {
  return translations.map(({ language, url }) => ({
    name: `translation-${language}`,
    rel: "translation",
    uri: url,
    type: "text",
    language,
  }));
}
