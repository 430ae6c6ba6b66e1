import { type FeedPage, readFeedPage } from "../../../operator/import/feed/read-feed.ts";
import type { ImportedArticle } from "../../../operator/import/model/imported.ts";
import type { Named } from "./entry-text.ts";

/** A feed as a reader takes it, from its bytes alone. `address`: its own. Undefined if no reader could. */
export function asRead(text: string, address: string): FeedPage | undefined {
  const page = readFeedPage(text, address);
  return page.kind === "page" ? page : undefined;
}

/** The entry of an article in a feed. */
export function entryOf({ articles }: FeedPage, { id, uri }: Named): ImportedArticle | undefined {
  return articles.find((entry) => entry.id === id || entry.id === uri);
}
