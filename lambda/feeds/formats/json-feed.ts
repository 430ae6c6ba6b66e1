import type { Attachment, Image, Person } from "../../articles/model/article.ts";
import { asUri } from "../model/address.ts";
import { categoriesOf, emailOf, namedAuthors, summaryOrTitle } from "../model/entry.ts";
import type { Entry, FeedDocument } from "../model/feed.ts";
import { translationsOf } from "../model/links.ts";

/** A clean document as JSON Feed 1.1; ends with a newline. Made without `feed`, which supports only version 1. */
export const renderJsonFeed = (document: FeedDocument): string => `${JSON.stringify(feedObject(document), null, 2)}\n`;

/** `JSON.stringify` leaves out undefined fields. */
const feedObject = (document: FeedDocument): unknown => ({
  version: "https://jsonfeed.org/version/1.1",
  title: document.title,
  home_page_url: document.site,
  feed_url: document.urls.json,
  description: textOr(document.description),
  icon: document.image,
  favicon: document.icon,
  authors: [newsroom(document.author)],
  language: document.language,
  next_url: document.previous?.json,
  hubs: document.hub === undefined ? undefined : [{ type: "WebSub", url: document.hub }],
  _wireroom: extension(document),
  items: document.entries.map((entry) => item(document, entry)),
});

/** What RSS and Atom say about a feed and JSON Feed has no field for; readers ignore names that begin with "_". */
const extension = (document: FeedDocument): unknown => ({
  id: document.id,
  updated: document.updated,
  archive: document.kind === "archive" ? true : undefined,
  current: document.current?.json,
  next: document.next?.json,
  page: document.page,
  copyright: document.copyright,
  license: document.license,
  rsl: document.rsl,
  alternates: textsOr(
    document.alternates.flatMap(({ language, urls }) =>
      urls.json === undefined || urls.json === document.urls.json ? [] : [{ language, url: urls.json }],
    ),
  ),
});

const item = (document: FeedDocument, entry: Entry): unknown => ({
  id: entry.uri,
  url: entry.url,
  title: entry.title,
  // An item must have one of the two, or NetNewsWire drops it.
  content_html: entry.html,
  content_text: entry.html === undefined ? summaryOrTitle(entry) : undefined,
  summary: summaryOrTitle(entry),
  image: entry.image?.url,
  date_published: entry.published,
  date_modified: entry.updated,
  authors: textsOr(namedAuthors(entry).map(person)),
  tags: textsOr([...new Set(categoriesOf(document, entry).map(({ term }) => term))]),
  language: entry.language,
  attachments: textsOr(entry.attachments.map(attachment)),
  _wireroom: entryExtension(document, entry),
});

/** What RSS and Atom say about an entry and JSON Feed has no field for; `external_url` is what an item is about, not its source. */
const entryExtension = (document: FeedDocument, entry: Entry): unknown =>
  somethingOr({
    // To the letter if it is not a URI: RSS writes it so, and the ledger is rebuilt from here.
    id: entry.id === entry.uri ? undefined : entry.id,
    // Tags have no scheme in JSON Feed; in the other formats the scheme marks the section.
    section: categoriesOf(document, entry).find(({ scheme }) => scheme.endsWith("#section"))?.term,
    image: entry.image === undefined ? undefined : picture(entry.image),
    translations: textsOr(translationsOf(entry)),
    comments: entry.comments,
    via: entry.via,
    license: entry.license,
  });

const picture = ({ alt, type, bytes, width, height }: Image): unknown =>
  somethingOr({ alt: alt === "" ? undefined : alt, mime_type: type, size_in_bytes: bytes, width, height });

/**
 * The newsroom's own e-mail address, which the other formats show, if the newsroom has no page: an author's `url` may be a mailto
 * (JSON Feed 1.1).
 */
const newsroom = (author: Person): unknown => {
  const [name, host] = emailOf(author)?.split("@") ?? [];
  if (name === undefined || host === undefined || author.url !== undefined) return person(author);
  return person({ ...author, url: asUri(`mailto:${encodeURIComponent(name)}@${host}`) });
};

const person = ({ name, url }: Person): unknown => ({ name, url });

const attachment = ({ url, type, bytes, seconds, title }: Attachment): unknown => ({
  url,
  mime_type: type,
  title,
  size_in_bytes: bytes,
  duration_in_seconds: seconds,
});

const textOr = (text: string): string | undefined => (text === "" ? undefined : text);

const textsOr = <Value>(list: readonly Value[]): readonly Value[] | undefined => (list.length === 0 ? undefined : list);

const somethingOr = (object: Readonly<Record<string, unknown>>): unknown =>
  Object.values(object).every((value) => value === undefined) ? undefined : object;
