import { type AtomFeed, type JsonFeed, parseFeed, type RdfFeed, type RssFeed } from "feedsmith";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { FormatName } from "../../../channels/site/site.ts";
import type { NotTaken } from "../../../reports/imported.ts";
import type { ImportedArticle, ImportedSite } from "../model/imported.ts";
import { ofAtomEntry, ofJsonItem, ofRdfItem, ofRssItem, personOf } from "./feed-entries.ts";
import { countEntries, withoutDoctype } from "./feed-text-checks.ts";
import { languageWord, titleWords, webAddress, wordsOf } from "./feed-words.ts";

/** One document of a feed. `older`: the document with the entries before these (RFC 5005; JSON Feed 1.1, next_url). */
export type FeedPage = {
  readonly kind: "page";
  readonly format: FormatName;
  readonly site: Omit<ImportedSite, "feeds">;
  readonly self?: string;
  readonly generator?: string;
  readonly articles: readonly ImportedArticle[];
  readonly older?: string;
  readonly notTaken: readonly NotTaken[];
};

type Parsed = Omit<FeedPage, "kind" | "notTaken">;

/** Reads one document. `base`: where it came from, for relative addresses and messages. */
export function readFeedPage(text: string, base: string): FeedPage | { readonly kind: "none"; readonly why: string } {
  const body = withoutDoctype(text.replace(/^\uFEFF/, "").trimStart());
  if (body === "") return { kind: "none", why: "It is empty." };
  if (/^<(?:!doctype html|html)\b/i.test(text.trimStart())) return { kind: "none", why: "It is an HTML page, not a feed." };
  let page: Parsed;
  try {
    page = parsed(body, base);
  } catch (error) {
    return { kind: "none", why: `It is neither RSS, Atom nor JSON Feed (${error instanceof Error ? error.message : String(error)}).` };
  }
  return { kind: "page", ...page, notTaken: missingFrom(page, body, base) };
}

function parsed(body: string, base: string): Parsed {
  const { format, feed } = parseFeed(body);
  switch (format) {
    case "rss":
      return rssPage(feed, base);
    case "atom":
      return atomPage(feed, base);
    case "rdf":
      return rdfPage(feed, base);
    case "json":
      return jsonPage(feed, base);
    default:
      throw new Error(`the format ${String(format)} is not known`);
  }
}

function missingFrom({ format, articles }: Parsed, body: string, base: string): readonly NotTaken[] {
  const { entries, broken } = format === "json" ? { entries: itemsOf(body) } : countEntries(body);
  const lost = entries - articles.length;
  return [
    ...(broken === undefined
      ? []
      : [
          { where: base, reason: `The document is not well-formed XML (${broken}); what follows may be incomplete.`, grave: true as const },
        ]),
    ...(lost > 0 ? [{ where: base, reason: `${lost} ${lost === 1 ? "entry is" : "entries are"} empty.` }] : []),
  ];
}

function itemsOf(body: string): number {
  const { items } = JSON.parse(body) as { readonly items?: unknown };
  return Array.isArray(items) ? items.length : 0;
}

function rssPage(feed: RssFeed.Feed<string>, base: string): Parsed {
  const url = webAddress(feed.link, base);
  const author = feed.managingEditor;
  const name = (typeof author === "string" ? author : author?.name) ?? feed.dc?.creators?.[0];
  return {
    format: "rss",
    site: omitUndefined({
      title: filled(titleWords(feed.title ?? "")),
      url,
      description: filled(wordsOf(feed.description ?? "")),
      language: languageWord(feed.language ?? feed.dc?.languages?.[0]),
      copyright: filled(feed.copyright),
      image: webAddress(feed.image?.url, url),
      author: personOf(name)[0],
      hub: link(feed.atom?.links, "hub", base),
      license: webAddress(feed.creativeCommons?.licenses?.[0]),
    }),
    ...omitUndefined({ self: link(feed.atom?.links, "self", base), older: olderOf(feed.atom?.links, base), generator: feed.generator }),
    articles: (feed.items ?? []).map((item, index) => ofRssItem(item, { base: url ?? base, where: `item ${index + 1} of ${base}` })),
  };
}

function rdfPage(feed: RdfFeed.Feed<string>, base: string): Parsed {
  const url = webAddress(feed.link, base);
  return {
    format: "rss",
    site: omitUndefined({
      title: filled(titleWords(feed.title ?? "")),
      url,
      description: filled(wordsOf(feed.description ?? "")),
      language: languageWord(feed.dc?.languages?.[0]),
      image: webAddress(feed.image?.url, url),
    }),
    ...omitUndefined({ self: link(feed.atom?.links, "self", base), older: olderOf(feed.atom?.links, base) }),
    articles: (feed.items ?? []).map((item, index) => ofRdfItem(item, { base: url ?? base, where: `item ${index + 1} of ${base}` })),
  };
}

function atomPage(feed: AtomFeed.Feed<string>, base: string): Parsed {
  const url = link(feed.links, "alternate", base);
  const [author] = feed.authors ?? [];
  return {
    format: "atom",
    site: omitUndefined({
      title: filled(titleWords(feed.title?.value ?? "")),
      url,
      description: filled(wordsOf(feed.subtitle?.value ?? "")),
      language: languageWord(feed.xml?.lang),
      copyright: filled(feed.rights?.value),
      image: webAddress(feed.logo, base),
      icon: webAddress(feed.icon, base),
      author: personOf(author?.name, author?.uri)[0],
      hub: link(feed.links, "hub", base),
      license: link(feed.links, "license", base),
    }),
    ...omitUndefined({ self: link(feed.links, "self", base), older: olderOf(feed.links, base), generator: feed.generator?.text }),
    articles: (feed.entries ?? []).map((entry, index) => ofAtomEntry(entry, { base: url ?? base, where: `entry ${index + 1} of ${base}` })),
  };
}

function jsonPage(feed: JsonFeed.Feed<string>, base: string): Parsed {
  const [author] = feed.authors ?? [];
  const url = webAddress(feed.home_page_url, base);
  return {
    format: "json",
    site: omitUndefined({
      title: filled(feed.title),
      url,
      description: filled(feed.description),
      language: languageWord(feed.language),
      image: webAddress(feed.icon, base),
      icon: webAddress(feed.favicon, base),
      author: personOf(author?.name, author?.url)[0],
      hub: webAddress(feed.hubs?.find(({ type }) => /websub/i.test(type ?? ""))?.url),
    }),
    ...omitUndefined({ self: webAddress(feed.feed_url, base), older: webAddress(feed.next_url, base) }),
    articles: (feed.items ?? []).map((item, index) => ofJsonItem(item, { base: url ?? base, where: `item ${index + 1} of ${base}` })),
  };
}

type Link = { readonly href?: string | undefined; readonly rel?: string | undefined };

/** RFC 4287, 4.2.7.2: without a relation a link is "alternate". */
function link(links: readonly Link[] | undefined, relation: string, base: string): string | undefined {
  return webAddress(links?.find(({ rel }) => (rel ?? "alternate") === relation)?.href, base);
}

/** Archives come before pages: they are complete (RFC 5005, 3 and 4). In a file, an address is relative to the feed's own. */
function olderOf(links: readonly Link[] | undefined, base: string): string | undefined {
  const home = /^https?:/.test(base) ? base : (link(links, "self", base) ?? base);
  return link(links, "prev-archive", home) ?? link(links, "next", home);
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text.trim();
}
