import { isAbsoluteUri } from "../../../articles/title/identity.ts";
import type { FormatName } from "../../../channels/site/site.ts";
import type { NotTaken } from "../../../reports/imported.ts";
import type { ImportedArticle, ImportSource, OldFeed } from "../model/imported.ts";
import { customaryFeeds } from "./customary-feeds.ts";
import { type FeedPage, readFeedPage } from "./read-feed.ts";

/** Fetches one document: its text and the address that answered; or why there is none. */
export type FetchFeed = (url: string) => Promise<{ readonly text: string; readonly url: string } | { readonly why: string }>;

/** The most documents of one feed, and the most characters in all: more is no feed but a trap. */
const most = { documents: 1_000, characters: 300_000_000 } as const;

/** A feed and everything that it links back to, each document once. The first meeting of an id counts (RFC 5005, 4). */
export async function followFeed(first: { readonly page: FeedPage; readonly at: string }, fetchFeed: FetchFeed): Promise<ImportSource> {
  const visited = new Set([first.at]);
  const pages = [first.page];
  const notTaken: NotTaken[] = [];
  let characters = 0;
  for (let next = followable(first.page.older, first); next !== undefined; ) {
    if (visited.has(next)) break;
    if (visited.size >= most.documents || characters > most.characters) {
      notTaken.push({ where: next, reason: "The feed has more documents than the limit, so older entries are missing.", grave: true });
      break;
    }
    visited.add(next);
    const got = await fetchFeed(next);
    const page = "why" in got ? { kind: "none" as const, why: got.why } : readFeedPage(got.text, got.url);
    if (page.kind === "none") {
      notTaken.push({ where: next, reason: `The document cannot be read, so older entries are missing: ${page.why}`, grave: true });
      break;
    }
    characters += "text" in got ? got.text.length : 0;
    pages.push(page);
    next = followable(page.older, first);
  }
  return sourceOf(pages, first.at, notTaken);
}

/**
 * Where a link leads from here. A copy of a feed (a mirror, a local preview) links to the real one: what has the same path there has it
 * here, too.
 */
function followable(link: string | undefined, { page, at }: { readonly page: FeedPage; readonly at: string }): string | undefined {
  if (link === undefined || page.self === undefined || !/^https?:/.test(at)) return link;
  const [self, here, there] = [new URL(page.self), new URL(at), new URL(link)];
  return self.origin !== here.origin && self.pathname === here.pathname && there.origin === self.origin
    ? new URL(`${there.pathname}${there.search}`, here).href
    : link;
}

function sourceOf(pages: readonly FeedPage[], at: string, further: readonly NotTaken[]): ImportSource {
  const [first] = pages as readonly [FeedPage, ...FeedPage[]];
  const byId = new Map<string, ImportedArticle>();
  const articles: ImportedArticle[] = [];
  const notTaken = [...pages.flatMap((page) => page.notTaken), ...further];
  for (const article of pages.flatMap((page) => page.articles)) {
    const known = article.id === undefined ? undefined : byId.get(article.id);
    if (article.id === undefined || known === undefined) {
      if (article.id !== undefined) byId.set(article.id, article);
      articles.push(article);
    } else if (known.url !== article.url) {
      notTaken.push({ where: article.where, reason: `It has the id of ${known.where}, and readers show one entry of an id.` });
    }
  }
  for (const { where, id, published } of articles) {
    if (id === undefined) notTaken.push({ where, reason: "It has neither an id nor a link, so no reader can recognize it.", grave: true });
    if (published === undefined) notTaken.push({ where, reason: "It has no date that can be read, so the first publication dates it." });
  }
  if (first.older === undefined && /wordpress|^ghost/i.test(first.generator ?? ""))
    notTaken.push({ where: at, reason: "The feed has the newest entries alone and links to no older ones. An export has all of them." });
  const format = formatOfIds(first.format, articles);
  return {
    kind: "feed",
    format,
    site: { ...first.site, feeds: feedsOf(first, at, format) },
    heads: articles,
    articles: () => articles,
    notTaken,
  };
}

/** Atom and JSON Feed cannot carry an id that is no URI, and RSS carries all to the letter: readers of such a feed are led to RSS. */
function formatOfIds(format: FormatName, articles: readonly ImportedArticle[]): FormatName {
  return articles.every(({ id }) => id === undefined || isAbsoluteUri(id)) ? format : "rss";
}

function feedsOf({ self, generator, site }: FeedPage, at: string, format: FormatName): readonly OldFeed[] {
  const addresses = [self ?? at, ...(self === undefined ? [] : [at])].filter((url) => /^https?:/.test(url));
  const isCopy = addresses[1] !== undefined && new URL(addresses[1]).origin !== new URL(addresses[0] ?? "").origin;
  const known = (isCopy ? addresses.slice(0, 1) : addresses).map((url) => ({ url, format }));
  return [...known, ...(site.url === undefined ? [] : customaryFeeds(generator ?? "", site.url))];
}
