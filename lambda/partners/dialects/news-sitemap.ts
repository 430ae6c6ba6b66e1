import { xmlText } from "../../feeds/model/text.ts";
import { judgeFeed } from "../judge/judge-feed.ts";
import type { Dialect } from "../model/dialect.ts";
import { changedAt, type PartnerItem } from "../model/item.ts";
import type { PartnerFeed } from "../model/partner-feed.ts";
import { googleNews } from "../profiles/google-news.ts";
import { termsOf } from "../profiles/terms.ts";

const indexName = "sitemap-news.xml";
const partName = (index: number): string => `sitemap-news-${index + 1}.xml`;

const declaration = '<?xml version="1.0" encoding="utf-8"?>';
const sitemaps = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/**
 * Google's news sitemap: what was published in the last two days, in files of at most a thousand articles, under an index that is the one
 * address to register. A withdrawn article leaves it at once; its page answers for the rest.
 */
export const newsSitemap: Dialect = {
  documentOf: () => indexName,
  filesOf: (feed) => {
    const { demands, own } = termsOf(googleNews, feed.partner);
    const { contentType } = demands;
    const most = Math.max(1, Number(own["fileEntries"]));
    const ids = judgeFeed(feed, googleNews).items.map(({ entry }) => entry.id);
    const parts = Array.from({ length: Math.max(1, Math.ceil(ids.length / most)) }, (_, index) => ({
      name: partName(index),
      contentType,
      ids: ids.slice(index * most, (index + 1) * most),
      bodiless: true as const,
    }));
    return [...parts, { name: indexName, contentType, ids: feed.items.map(({ entry }) => entry.id), bodiless: true }];
  },
  render: (feed) => {
    const { items, judged } = judgeFeed(feed, googleNews);
    const text = feed.file.endsWith(`/${indexName}`) || feed.file === indexName ? sitemapIndex(items, feed) : urlSet(items, feed);
    return { text, judged, defects: [] };
  },
};

function urlSet(items: readonly PartnerItem[], feed: PartnerFeed): string {
  const { own } = termsOf(googleNews, feed.partner);
  const given = String(own["publicationName"]);
  // The name as news.google.com shows it, which has no parentheses (Google's schema).
  const name = (given === "" ? feed.publisher : given).replace(/\s*\([^)]*\)/g, "").trim();
  const urls = items.map((item) => {
    const { url = "", published, title, language } = item.entry;
    return [
      `<url><loc>${xmlText(url)}</loc><lastmod>${changedAt(item)}</lastmod><news:news>`,
      `<news:publication><news:name>${xmlText(name)}</news:name><news:language>${newsLanguage(language)}</news:language></news:publication>`,
      `<news:publication_date>${published}</news:publication_date><news:title>${xmlText(title)}</news:title></news:news></url>`,
    ].join("");
  });
  const root = `<urlset ${sitemaps} xmlns:news="${googleNews.facts.namespaces?.is["news"]}">`;
  return `${[declaration, root, ...urls, "</urlset>"].join("\n")}\n`;
}

function sitemapIndex(items: readonly PartnerItem[], feed: PartnerFeed): string {
  const most = Math.max(1, Number(termsOf(googleNews, feed.partner).own["fileEntries"]));
  const count = Math.max(1, Math.ceil(items.length / most));
  const files = Array.from({ length: count }, (_, index) => {
    const changed = items.slice(index * most, (index + 1) * most).map(changedAt);
    const newest = changed.sort().at(-1);
    const lastmod = newest === undefined ? "" : `<lastmod>${newest}</lastmod>`;
    return `<sitemap><loc>${xmlText(new URL(partName(index), feed.url).href)}</loc>${lastmod}</sitemap>`;
  });
  return `${[declaration, `<sitemapindex ${sitemaps}>`, ...files, "</sitemapindex>"].join("\n")}\n`;
}

/** Google's schema knows `zh-cn`, `zh-tw`, and a language without script or region. */
function newsLanguage(tag: string): string {
  const locale = new Intl.Locale(tag);
  if (locale.language !== "zh") return locale.language;
  return locale.maximize().script === "Hant" ? "zh-tw" : "zh-cn";
}
