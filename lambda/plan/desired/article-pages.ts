import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import type { Selection } from "../../channels/select/documents.ts";
import type { Desired } from "../../channels/select/select.ts";
import { folded } from "../../channels/select/values.ts";
import type { Site } from "../../channels/site/site.ts";
import { entryWithBody, outlineEntry, type Places, urlOf } from "../../feeds/documents/document.ts";
import { renderArticlePage } from "../../feeds/pages/article-page.ts";
import { headersOf } from "../manifest/headers.ts";
import { htmlType, type Page } from "./page.ts";
import { type ListedChannel, listedChannels, settingOf } from "./site-files.ts";

/** The most feeds that a page offers. */
const offered = 5;

/** The articles' own pages. A page is rendered only if something on it changes, and only then needs its body. */
export function articlePages(
  { pages, values }: Pick<Desired, "pages" | "values">,
  selections: readonly Selection[],
  site: Site,
  places: Places,
  program: string,
): readonly Page[] {
  if (pages.length === 0) return [];
  const feedsOf = holders(selections, site);
  const setting = settingOf(site);
  const topicPage = topicPages(selections, values, site);
  return pages.map(({ entry, key }): Page => {
    const outline = outlineEntry({ entry, full: entry.bodiless !== true }, places, site);
    const feeds = feedsOf(entry);
    const page = {
      site: { title: site.title, url: site.url, language: site.language },
      feeds: feeds.map(({ title, urls, page }) => ({ title, urls, page })),
      ...omitUndefined({ icon: site.icon, copyright: site.copyright, ...topicsOf(entry, topicPage) }),
    };
    const fingerprint = hashOfValue([program, outline, page, setting]);
    return {
      file: { key, channel: "", order: "article", fingerprint, entries: 1, headers: headersOf("window", htmlType), article: entry.id },
      ...(outline.body === undefined ? {} : { bodies: [outline.body] }),
      text: (bodies) => renderArticlePage({ ...page, entry: { ...entryWithBody(outline, bodies), url: entry.url } }, setting),
    };
  });
}

/** The feeds that have an article, in the order of site.yaml; the site's first feed if none has it. */
function holders(selections: readonly Selection[], site: Site): (entry: CatalogEntry) => readonly ListedChannel[] {
  const listed = listedChannels(selections, site);
  const byId = new Map<string, ListedChannel[]>();
  for (const [index, { channel }] of selections.entries()) {
    const feed = listed[index];
    if (feed === undefined) continue;
    for (const { id } of channel.members) byId.set(id, [...(byId.get(id) ?? []), feed]);
  }
  return ({ id }) => (byId.get(id) ?? listed.slice(0, 1)).slice(0, offered);
}

type TopicPage = (by: "section" | "tag", value: string, language: string) => string | undefined;

/** The page of the feed of a section or tag, if the site has one: in the article's language, where that feed is split by language. */
function topicPages(selections: readonly Selection[], values: Desired["values"], site: Site): TopicPage {
  const paths = new Set(selections.map(({ channel }) => channel.path));
  return (by, value, language) => {
    const [promised, fold] = [values[by] ?? {}, folded(value)];
    const slug = Object.hasOwn(promised, fold) ? promised[fold]?.slug : undefined;
    const path = [`${by}/${slug}/${language}`, `${by}/${slug}`].find((one) => paths.has(one));
    return slug === undefined || path === undefined ? undefined : urlOf(site, `${path}/index.html`);
  };
}

function topicsOf({ meta }: CatalogEntry, pageOf: TopicPage) {
  const { section, tags, language } = meta;
  const tagged = tags.flatMap((tag) => {
    const page = pageOf("tag", tag, language);
    return page === undefined ? [] : [[tag, page] as const];
  });
  return {
    sectionPage: section === undefined ? undefined : pageOf("section", section, language),
    tagPages: tagged.length === 0 ? undefined : Object.fromEntries(tagged),
  };
}
