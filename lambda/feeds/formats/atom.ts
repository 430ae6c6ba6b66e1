import { Feed, type Item } from "feed";
import { categoriesOf, emailOf, GENERATOR, namedAuthors, summaryOrTitle } from "../model/entry.ts";
import type { Entry, FeedDocument } from "../model/feed.ts";
import { entryLinks, feedLinks, linkElement } from "../model/links.ts";
import { imageElements, MEDIA_NAMESPACE } from "../model/media.ts";
import { cdata, xmlAttribute, xmlAttributes, xmlText } from "../model/text.ts";
import { openPlaceholders, type Placeholders } from "./placeholders.ts";

/** A clean document as Atom 1.0 (RFC 4287); ends with a newline. */
export const renderAtom = (document: FeedDocument): string => {
  const placeholders = openPlaceholders();
  const { author } = document;
  const email = emailOf(author);
  const feed = new Feed({
    id: placeholders.inside(xmlText(document.id)),
    title: placeholders.inside(xmlText(document.title)),
    link: placeholders.instead(feedLinesOf(document)),
    updated: new Date(document.updated),
    generator: GENERATOR,
    // Always present: an entry without authors inherits the author of the feed (RFC 4287, 4.2.1).
    author: {
      name: placeholders.inside(xmlText(author.name)),
      ...(email === undefined ? {} : { email: placeholders.inside(xmlText(email)) }),
      ...(author.url === undefined ? {} : { link: placeholders.inside(xmlText(author.url)) }),
    },
    ...(document.description === "" ? {} : { description: placeholders.inside(xmlText(document.description)) }),
    ...(document.image === undefined ? {} : { image: placeholders.inside(xmlText(document.image)) }),
    ...(document.icon === undefined ? {} : { favicon: placeholders.inside(xmlText(document.icon)) }),
    ...(document.copyright === undefined ? {} : { copyright: placeholders.inside(xmlText(document.copyright)) }),
  });
  for (const entry of document.entries) feed.addItem(item(document, entry, placeholders));
  return placeholders.fill(`${withAttributes(feed.atom1(), document, placeholders)}\n`);
};

const ROOT = '<feed xmlns="http://www.w3.org/2005/Atom"';

/**
 * Adds namespaces and languages, which `feed` cannot write. The skeleton holds no text yet, so every tag in it comes from the
 * library.
 */
const withAttributes = (skeleton: string, document: FeedDocument, placeholders: Placeholders): string => {
  const language = document.language === undefined ? "" : ` xml:lang="${placeholders.inside(xmlAttribute(document.language))}"`;
  const dead = document.tombstones.length > 0 ? ' xmlns:at="http://purl.org/atompub/tombstones/1.0"' : "";
  const history = document.kind === "archive" ? ' xmlns:fh="http://purl.org/syndication/history/1.0"' : "";
  const languages = document.entries.map((entry) => placeholders.inside(xmlAttribute(entry.language))).values();
  return skeleton
    .replace(ROOT, `${ROOT} xmlns:media="${MEDIA_NAMESPACE}"${history}${dead}${language}`)
    .replaceAll("<entry>", () => `<entry xml:lang="${languages.next().value}">`);
};

/** The links and the other elements of the feed that the library `feed` cannot write. */
const feedLinesOf = (document: FeedDocument): readonly string[] => [
  ...(document.kind === "archive" ? ["<fh:archive/>"] : []),
  ...feedLinks(document, "atom").map(linkElement),
  ...document.tombstones.map(({ uri, when }) => `<at:deleted-entry${xmlAttributes({ ref: uri, when })}/>`),
];

const item = (document: FeedDocument, entry: Entry, placeholders: Placeholders): Item => ({
  // `feed` would write the title as HTML, and a reader would then lose "<script>" from it.
  title: placeholders.instead([`<title>${xmlText(entry.title)}</title>`]),
  id: placeholders.inside(xmlText(entry.uri)),
  link: placeholders.instead(entryLines(entry)),
  date: new Date(entry.updated),
  published: new Date(entry.published),
  ...summaryAndContent(entry, placeholders),
  category: [{ name: placeholders.instead(entryExtras(document, entry)) }],
});

/**
 * An entry without content must have a link (RFC 4287, 4.1.2), so an entry with neither body nor page has its summary as content.
 * A summary that repeats the content is left out (4.2.13).
 */
const summaryAndContent = (entry: Entry, placeholders: Placeholders): Pick<Item, "description" | "content"> => {
  const summary = xmlText(summaryOrTitle(entry));
  if (entry.html !== undefined)
    return {
      description: placeholders.instead([`<summary>${summary}</summary>`]),
      content: placeholders.instead([`<content type="html">${cdata(entry.html)}</content>`]),
    };
  if (entry.url !== undefined) return { description: placeholders.instead([`<summary>${summary}</summary>`]) };
  return { content: placeholders.instead([`<content>${summary}</content>`]) };
};

/** An Atom link cannot say how long a recording lasts (RFC 4287, 4.2.7); JSON Feed can. */
const entryLines = (entry: Entry): readonly string[] => [
  ...entryLinks(entry, "atom").map(linkElement),
  ...entry.attachments.map(
    ({ url, type, bytes, title }) => `<link${xmlAttributes({ rel: "enclosure", type, length: bytes, title, href: url })}/>`,
  ),
];

/**
 * In the place of the categories, after the summary: feedparser reads a description of the image as the summary if it comes
 * first.
 */
const entryExtras = (document: FeedDocument, entry: Entry): readonly string[] => [
  ...namedAuthors(entry).map(({ name, url }) => {
    const uri = url === undefined ? "" : `<uri>${xmlText(url)}</uri>`;
    return `<author><name>${xmlText(name)}</name>${uri}</author>`;
  }),
  ...categoriesOf(document, entry).map(({ term, scheme }) => `<category${xmlAttributes({ term, scheme })}/>`),
  ...(entry.image === undefined ? [] : imageElements(entry.image)),
];
