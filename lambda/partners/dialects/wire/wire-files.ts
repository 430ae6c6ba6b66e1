import { hash } from "node:crypto";
import type { ProfileName } from "../../../channels/site/partner-rule.ts";
import { judgeFeed } from "../../judge/judge-feed.ts";
import type { Dialect } from "../../model/dialect.ts";
import type { PartnerItem } from "../../model/item.ts";
import type { PartnerFeed } from "../../model/partner-feed.ts";
import { profileOf } from "../../profiles/profiles.ts";
import { type Terms, termsOf } from "../../profiles/terms.ts";
import { type WireState, wireStateOf } from "./wire-state.ts";

/** One article's document as text. */
export type WireDocument = (item: PartnerItem, state: WireState, feed: PartnerFeed, terms: Terms) => string;

const manifestName = "manifest.json";
const json = "application/json; charset=utf-8";

/**
 * A profile of agencies: a document for each article, and a manifest that lists them. A document has its address from the article's id, so a
 * new version stands in the place of the one before.
 */
export function wireDialect(name: ProfileName, ending: "json" | "xml", write: WireDocument): Dialect {
  const profile = profileOf(name);
  const documentName = (id: string): string => `items/${hash("sha256", id).slice(0, 32)}.${ending}`;
  return {
    documentOf: ({ id }) => documentName(id),
    filesOf: (feed) => {
      const { contentType } = termsOf(profile, feed.partner).demands;
      const documents = judgeFeed(feed, profile).items.map(({ entry: { id } }) => ({ name: documentName(id), contentType, ids: [id] }));
      const ids = feed.items.map(({ entry }) => entry.id);
      return [...documents, { name: manifestName, contentType: json, ids, bodiless: true }];
    },
    render: (feed) => {
      const { items, judged } = judgeFeed(feed, profile);
      if (feed.file.endsWith(manifestName)) return { text: manifestOf(items, feed, documentName), judged, defects: [] };
      const [item] = items;
      const defects = item === undefined ? ["Its article stays out of the file, and it has no other."] : [];
      const text = item === undefined ? "" : write(item, wireStateOf(item), feed, termsOf(profile, feed.partner));
      return { text, judged, defects };
    },
  };
}

/** Addresses are relative to the manifest, so that they hold for every way in which a partner may come to it. No title, no text. */
function manifestOf(items: readonly PartnerItem[], { updated }: PartnerFeed, documentName: (id: string) => string): string {
  const listed = items.map((item) => {
    const { status, versionCreated } = wireStateOf(item);
    const { id, uri, language } = item.entry;
    return { uri, href: documentName(id), version: String(item.version), versionCreated, pubStatus: status, language };
  });
  return `${JSON.stringify({ updated, items: listed }, undefined, 1)}\n`;
}
