import type { Instant } from "../../articles/model/article.ts";
import type { Key } from "../../stores/store.ts";

/** A published feed with another `updated`, every other character as it was. */
export function redated(key: Key, text: string, updated: Instant | undefined): string {
  if (updated === undefined) return text;
  // The feed's own stands before those of its entries, and no title can hold a tag, or a line of its own.
  if (key.endsWith("/atom.xml")) return text.replace(/<updated>[^<]*<\/updated>/, `<updated>${updated}</updated>`);
  if (key.endsWith("/rss.xml"))
    return text.replace(/<lastBuildDate>[^<]*<\/lastBuildDate>/, `<lastBuildDate>${new Date(updated).toUTCString()}</lastBuildDate>`);
  if (key.endsWith("/feed.json")) return text.replace(/^ {4}"updated": "[^"]*"/m, `    "updated": "${updated}"`);
  return text;
}

/** The folder of a feed's document, by which the ledger knows it. */
export function documentOf(key: Key): string {
  return key.slice(0, key.lastIndexOf("/"));
}
