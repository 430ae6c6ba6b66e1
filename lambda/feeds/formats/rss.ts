import { Feed, type Item } from "feed";
import type { Person } from "../../articles/model/article.ts";
import { categoriesOf, emailOf, GENERATOR, namedAuthors, summaryOrTitle } from "../model/entry.ts";
import type { Entry, FeedDocument } from "../model/feed.ts";
import { entryLinks, feedLinks, rssLinkElement } from "../model/links.ts";
import { attachmentElement, imageElements, MEDIA_NAMESPACE } from "../model/media.ts";
import { cdata, htmlText, rssText, xmlAttribute, xmlAttributes, xmlText } from "../model/text.ts";
import { openPlaceholders, type Placeholders } from "./placeholders.ts";
import { RSL_NAMESPACE, rslOfItem } from "./rsl.ts";

/** A clean document as RSS 2.0, in the form of the RSS Advisory Board's profile; ends with a newline. */
export const renderRss = (document: FeedDocument): string => {
  const placeholders = openPlaceholders();
  // The extras take the place of the key `atom:link`, the last one that `feed` writes before the items: an element after the
  // items is misplaced.
  const extras = placeholders.instead(channelExtras(document));
  const feed = new Feed({
    title: placeholders.inside(rssText(document.title)),
    link: placeholders.inside(xmlText(document.site)),
    description: placeholders.inside(rssText(document.description === "" ? document.title : document.description)),
    updated: new Date(document.updated),
    docs: "https://www.rssboard.org/rss-specification",
    generator: GENERATOR,
    feed: extras,
    ...(document.language === undefined ? {} : { language: placeholders.inside(rssText(document.language)) }),
    ...(document.copyright === undefined ? {} : { copyright: placeholders.inside(rssText(document.copyright)) }),
  });
  feed.addExtension({ name: "_attributes", objects: namespaces(document) });
  feed.addExtension({ name: "atom:link", objects: { _text: extras } });
  for (const entry of document.entries) feed.addItem(item(document, entry, placeholders));
  return placeholders.fill(`${feed.rss2()}\n`);
};

/** Declared on the channel, which is as good as on the root; the library declares `atom` on the root. */
const namespaces = (document: FeedDocument): Record<string, string> => ({
  "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
  "xmlns:dc": "http://purl.org/dc/elements/1.1/",
  "xmlns:media": MEDIA_NAMESPACE,
  ...(document.kind === "archive" ? { "xmlns:fh": "http://purl.org/syndication/history/1.0" } : {}),
  ...(document.terms === undefined ? {} : { "xmlns:rsl": RSL_NAMESPACE }),
  ...(document.markdown === undefined ? {} : { "xmlns:source": "http://source.scripting.com/" }),
  ...(document.icon === undefined ? {} : { "xmlns:webfeeds": "http://webfeeds.org/rss/1.0" }),
});

const channelExtras = (document: FeedDocument): readonly string[] => {
  return [
    ...(document.kind === "archive" ? ["<fh:archive/>"] : []),
    channelAuthor(document.author),
    ...(document.image === undefined ? [] : [channelImage(document, document.image)]),
    // RSS has a picture but no icon; Atom has elements for both. site.yaml has no settings for a cover, a vector logo or a
    // colour.
    ...(document.icon === undefined ? [] : [`<webfeeds:icon>${xmlText(document.icon)}</webfeeds:icon>`]),
    ...feedLinks(document, "rss").map(rssLinkElement),
  ];
};

/** RSS names a person by e-mail address; without an address the name goes to Dublin Core. Both together would say it twice. */
const channelAuthor = (author: Person): string => {
  const email = emailOf(author);
  return email === undefined
    ? `<dc:creator>${rssText(author.name)}</dc:creator>`
    : `<managingEditor>${rssText(`${email} (${author.name})`)}</managingEditor>`;
};

/** Its title and link must equal those of the channel (RSS 2.0, image). */
const channelImage = (document: FeedDocument, image: string): string =>
  `<image><url>${xmlText(image)}</url><title>${rssText(document.title)}</title><link>${xmlText(document.site)}</link></image>`;

/** The type of `feed` requires a link for an item; an empty one is not written. */
const item = (document: FeedDocument, entry: Entry, placeholders: Placeholders): Item => ({
  title: placeholders.inside(rssText(entry.title)),
  link: entry.url === undefined ? "" : placeholders.inside(xmlText(entry.url)),
  id: placeholders.inside(rssText(entry.id)),
  date: new Date(entry.published),
  // Before content:encoded, or some readers show the summary instead of the body. As HTML, because readers expect HTML here.
  description: placeholders.inside(rssText(htmlText(summaryOrTitle(entry)))),
  extensions: [
    { name: "_attributes", objects: { "xml:lang": placeholders.inside(xmlAttribute(entry.language)) } },
    ...(entry.html === undefined ? [] : [{ name: "content:encoded", objects: { _text: placeholders.inside(cdata(entry.html)) } }]),
    { name: "atom:updated", objects: { _text: placeholders.instead(itemExtras(document, entry)) } },
  ],
});

/**
 * Each name has its own dc:creator: RSS's own `author` is an e-mail address. An author's page has no place beside it, because
 * readers that know atom:author here would show every author twice. The title and the duration of the enclosure have none either
 * (RSS 2.0): with a second media:content, many readers would list the file twice.
 */
const itemExtras = (document: FeedDocument, entry: Entry): readonly string[] => {
  const [enclosure, ...others] = entry.attachments;
  return [
    `<atom:updated>${entry.updated}</atom:updated>`,
    ...namedAuthors(entry).map(({ name }) => `<dc:creator>${rssText(name)}</dc:creator>`),
    `<dc:language>${rssText(entry.language)}</dc:language>`,
    ...categoriesOf(document, entry).map(({ term, scheme }) => `<category${xmlAttributes({ domain: scheme })}>${rssText(term)}</category>`),
    ...(entry.comments === undefined ? [] : [`<comments>${xmlText(entry.comments)}</comments>`]),
    ...entryLinks(entry, "rss").map(rssLinkElement),
    ...(enclosure === undefined
      ? []
      : [`<enclosure${xmlAttributes({ url: enclosure.url, length: enclosure.bytes ?? 0, type: enclosure.type })}/>`]),
    ...(entry.image === undefined ? [] : imageElements(entry.image)),
    ...others.map(attachmentElement),
    ...rslOfItem(document, entry),
    ...(document.markdown === undefined || entry.markdown === undefined
      ? []
      : [`<source:markdown>${cdata(entry.markdown)}</source:markdown>`]),
  ];
};
