import type { Instant } from "../../articles/model/article.ts";
import type { Key } from "../../stores/store.ts";

/** Sets the `updated` of a published feed and changes no other character. */
export function redated(key: Key, text: string, updated: Instant | undefined): string {
  if (updated === undefined) return text;
  // The feed's own date comes before those of its entries, and titles contain neither tags nor line breaks.
  if (key.endsWith("/atom.xml")) return text.replace(/<updated>[^<]*<\/updated>/, `<updated>${updated}</updated>`);
  if (key.endsWith("/rss.xml"))
    return text.replace(/<lastBuildDate>[^<]*<\/lastBuildDate>/, `<lastBuildDate>${new Date(updated).toUTCString()}</lastBuildDate>`);
  if (key.endsWith("/feed.json")) return text.replace(/^ {4}"updated": "[^"]*"/m, `    "updated": "${updated}"`);
  return text;
}

/** The folder of a feed's document, which is its name in the ledger. */
export function documentFolder(key: Key): string {
  return key.slice(0, key.lastIndexOf("/"));
}
