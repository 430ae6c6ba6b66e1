import { Feed, type Item } from "feed";
import type { Person } from "../articles/article.ts";
import { authorsOf, categoriesOf, emailOf, GENERATOR, summaryOf } from "./entry.ts";
import type { Entry, FeedDocument } from "./feed.ts";
import { entryLinks, feedLinks, rssLinkElement } from "./links.ts";
import { attachmentElement, imageElements, MEDIA_NAMESPACE } from "./media.ts";
import { openSlots, type Slots } from "./slots.ts";
import { cdata, htmlText, rssText, xmlAttribute, xmlAttributes, xmlText } from "./text.ts";

/** RSS 2.0 of a clean document, in the form of the RSS Advisory Board's profile; ends with a newline. */
export const renderRss = (document: FeedDocument): string => {
  const slots = openSlots();
  // The extras stand for the key `atom:link`, the last one that `feed` writes before the items: what comes after them is misplaced.
  const extras = slots.instead(channelExtras(document));
  const feed = new Feed({
    title: slots.inside(rssText(document.title)),
    link: slots.inside(xmlText(document.site)),
    description: slots.inside(rssText(document.description === "" ? document.title : document.description)),
    updated: new Date(document.updated),
    docs: "https://www.rssboard.org/rss-specification",
    generator: GENERATOR,
    feed: extras,
    ...(document.language === undefined ? {} : { language: slots.inside(rssText(document.language)) }),
    ...(document.copyright === undefined ? {} : { copyright: slots.inside(rssText(document.copyright)) }),
  });
  feed.addExtension({ name: "_attributes", objects: namespaces(document) });
  feed.addExtension({ name: "atom:link", objects: { _text: extras } });
  for (const entry of document.entries) feed.addItem(item(document, entry, slots));
  return `${slots.fill(feed.rss2())}\n`;
};

/** Declared on the channel, which is as good as on the root; the root has `atom` from the library. */
const namespaces = (document: FeedDocument): Record<string, string> => ({
  "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
  "xmlns:dc": "http://purl.org/dc/elements/1.1/",
  "xmlns:media": MEDIA_NAMESPACE,
  ...(document.kind === "archive" ? { "xmlns:fh": "http://purl.org/syndication/history/1.0" } : {}),
  ...(document.icon === undefined ? {} : { "xmlns:webfeeds": "http://webfeeds.org/rss/1.0" }),
});

const channelExtras = (document: FeedDocument): readonly string[] => {
  return [
    ...(document.kind === "archive" ? ["<fh:archive/>"] : []),
    channelAuthor(document.author),
    ...(document.image === undefined ? [] : [channelImage(document, document.image)]),
    // RSS has a picture and no icon; Atom has words for both. Cover, logo in vectors and colour are not asked for in site.yaml.
    ...(document.icon === undefined ? [] : [`<webfeeds:icon>${xmlText(document.icon)}</webfeeds:icon>`]),
    ...feedLinks(document, "rss").map(rssLinkElement),
  ];
};

/** RSS names a person by e-mail address; without one the name goes to Dublin Core. Both would be the same said twice. */
const channelAuthor = (author: Person): string => {
  const email = emailOf(author);
  return email === undefined
    ? `<dc:creator>${rssText(author.name)}</dc:creator>`
    : `<managingEditor>${rssText(`${email} (${author.name})`)}</managingEditor>`;
};

/** Its title and link must be those of the channel (RSS 2.0, image). */
const channelImage = (document: FeedDocument, image: string): string =>
  `<image><url>${xmlText(image)}</url><title>${rssText(document.title)}</title><link>${xmlText(document.site)}</link></image>`;

/** `feed` takes no item without a link by type; it writes none for an empty one. */
const item = (document: FeedDocument, entry: Entry, slots: Slots): Item => ({
  title: slots.inside(rssText(entry.title)),
  link: entry.url === undefined ? "" : slots.inside(xmlText(entry.url)),
  id: slots.inside(rssText(entry.id)),
  date: new Date(entry.published),
  // Before content:encoded, or some readers show the summary in place of the body; HTML, as readers take it for that.
  description: slots.inside(rssText(htmlText(summaryOf(entry)))),
  extensions: [
    { name: "_attributes", objects: { "xml:lang": slots.inside(xmlAttribute(entry.language)) } },
    ...(entry.html === undefined ? [] : [{ name: "content:encoded", objects: { _text: slots.inside(cdata(entry.html)) } }]),
    { name: "atom:updated", objects: { _text: slots.instead(itemExtras(document, entry)) } },
  ],
});

/**
 * Names go to dc:creator, one for each: RSS's own `author` is an e-mail address. An author's page has no place beside it: readers
 * that know atom:author here would show everybody twice. Nor have the title and the duration of the enclosure (RSS 2.0): as
 * media:content once more, many readers would list the file twice.
 */
const itemExtras = (document: FeedDocument, entry: Entry): readonly string[] => {
  const [enclosure, ...others] = entry.attachments;
  return [
    `<atom:updated>${entry.updated}</atom:updated>`,
    ...authorsOf(entry).map(({ name }) => `<dc:creator>${rssText(name)}</dc:creator>`),
    `<dc:language>${rssText(entry.language)}</dc:language>`,
    ...categoriesOf(document, entry).map(({ term, scheme }) => `<category${xmlAttributes({ domain: scheme })}>${rssText(term)}</category>`),
    ...(entry.comments === undefined ? [] : [`<comments>${xmlText(entry.comments)}</comments>`]),
    ...entryLinks(entry, "rss").map(rssLinkElement),
    ...(enclosure === undefined
      ? []
      : [`<enclosure${xmlAttributes({ url: enclosure.url, length: enclosure.bytes ?? 0, type: enclosure.type })}/>`]),
    ...(entry.image === undefined ? [] : imageElements(entry.image)),
    ...others.map(attachmentElement),
  ];
};
