import { cdata, rssText, xmlText } from "../../feeds/model/text.ts";
import type { Dialect } from "../model/dialect.ts";
import type { PartnerItem } from "../model/item.ts";

/** The plainest RSS 2.0, for a profile whose own dialect is not made yet. */
export const plainRss: Dialect = {
  filesOf: ({ items }) => [{ name: "rss.xml", contentType: "application/rss+xml; charset=utf-8", ids: items.map(({ entry }) => entry.id) }],
  render: ({ title, description, site, url, updated, items }) => ({
    text: [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">',
      "<channel>",
      `<title>${rssText(title)}</title>`,
      `<link>${xmlText(site)}</link>`,
      `<description>${rssText(description)}</description>`,
      `<atom:link rel="self" type="application/rss+xml" href="${xmlText(url)}"/>`,
      `<lastBuildDate>${new Date(updated).toUTCString()}</lastBuildDate>`,
      ...items.map(itemText),
      "</channel>",
      "</rss>\n",
    ].join("\n"),
    judged: [],
    defects: [],
  }),
};

function itemText({ entry, life }: PartnerItem): string {
  return [
    "<item>",
    `<title>${rssText(entry.title)}</title>`,
    ...(entry.url === undefined ? [] : [`<link>${xmlText(entry.url)}</link>`]),
    `<guid isPermaLink="false">${rssText(entry.id)}</guid>`,
    `<pubDate>${new Date(entry.published).toUTCString()}</pubDate>`,
    `<atom:updated>${entry.updated}</atom:updated>`,
    ...(life.kind === "usable" ? [] : [`<category domain="urn:life">${life.kind}</category>`]),
    `<description>${rssText(entry.summary)}</description>`,
    ...(entry.html === undefined ? [] : [`<content:encoded>${cdata(entry.html)}</content:encoded>`]),
    "</item>",
  ].join("\n");
}
