import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import type { Selection } from "../../channels/select/documents.ts";
import type { Site } from "../../channels/site/site.ts";
import { type Outline, urlOf } from "../../feeds/documents/document.ts";
import { formatFiles as formats } from "../../feeds/formats/formats.ts";
import { renderOpml } from "../../feeds/formats/opml.ts";
import { renderRobots, renderTdmRep } from "../../feeds/formats/rights.ts";
import { machineTermsOf, RSL_FILE, renderRsl } from "../../feeds/formats/rsl.ts";
import type { FeedDocument } from "../../feeds/model/feed.ts";
import { renderNotFound } from "../../feeds/pages/not-found.ts";
import type { Setting } from "../../feeds/pages/page-frame.ts";
import { NEWEST, renderSitePage } from "../../feeds/pages/site-page.ts";
import type { Key } from "../../stores/store.ts";
import { headersOf } from "../manifest/headers.ts";
import { htmlType, type Page } from "./page.ts";

/** A channel as pages and lists show it. */
export type ListedChannel = {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly page: string;
  readonly urls: FeedDocument["urls"];
  readonly language?: string;
};

export function listedChannels(selections: readonly Selection[], site: Site): readonly ListedChannel[] {
  return selections.map(({ channel: { path, title, description, formats: names, language } }) => {
    const urls = Object.fromEntries(names.map((name) => [name, urlOf(site, `${path}/${formats[name].file}`)])) as FeedDocument["urls"];
    return { path, title, description, page: urlOf(site, `${path}/index.html`), urls, ...omitUndefined({ language }) };
  });
}

/** The facts that all pages of the site share. */
export function settingOf(site: Site): Setting {
  const { timezone, license, rights, theme, author } = site;
  const { accent, stylesheet } = theme ?? {};
  const { fediverse } = author;
  return { timezone, feedsPage: urlOf(site, "index.html"), ...omitUndefined({ license, rsl: rights?.rsl, fediverse, accent, stylesheet }) };
}

/** The site's own files. `first`: the window of its first channel, whose newest entries the index shows. */
export function sitePages(selections: readonly Selection[], first: Outline | undefined, site: Site, program: string): readonly Page[] {
  const { title, description, language, url } = site;
  const [channels, setting] = [listedChannels(selections, site), settingOf(site)];
  const feeds = channels.map(({ path: _, ...feed }) => feed);
  const newest = (first?.entries ?? []).slice(0, NEWEST).map(({ entry }) => entry);
  const index = { title, description, language, site: url, feeds, newest, opml: urlOf(site, "feeds.opml") };
  const page = { ...index, ...omitUndefined({ icon: site.icon, copyright: site.copyright }) };
  const lost = { title, language, site: url, ...omitUndefined({ icon: site.icon }) };
  const list = { title, feeds: feeds.map((feed) => ({ ...feed, url: feed.urls.rss ?? feed.urls.atom ?? feed.urls.json ?? feed.page })) };
  const paths = channels.map(({ path }) => path);
  const makePage = (key: Key, contentType: string, says: unknown, text: () => string): Page => {
    const fingerprint = hashOfValue([program, key, says]);
    const waitsFor = key === "index.html" ? { shows: paths.slice(0, 1), leadsTo: paths } : key === "feeds.opml" ? { leadsTo: paths } : {};
    const headers = headersOf("window", contentType);
    return { file: { key, channel: "", order: "page", fingerprint, entries: feeds.length, headers, ...waitsFor }, text };
  };
  const [robots, tdm] = site.rights === undefined ? [] : [renderRobots(site.rights), renderTdmRep(site.rights)];
  const terms = machineTermsOf(site.rights);
  const rsl = terms === undefined ? undefined : renderRsl(terms, site);
  return [
    makePage("index.html", htmlType, [page, setting], () => renderSitePage(page, setting)),
    makePage("404.html", htmlType, [lost, setting], () => renderNotFound(lost, setting)),
    makePage("feeds.opml", "text/x-opml; charset=utf-8", list, () => renderOpml(list)),
    ...(robots === undefined ? [] : [makePage("robots.txt", "text/plain; charset=utf-8", robots, () => robots)]),
    ...(tdm === undefined ? [] : [makePage(".well-known/tdmrep.json", "application/json; charset=utf-8", tdm, () => tdm)]),
    ...(rsl === undefined ? [] : [makePage(RSL_FILE, "application/rsl+xml; charset=utf-8", rsl, () => rsl)]),
  ];
}
