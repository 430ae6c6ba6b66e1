import { isLanguage, isMediaType, isUri, isWholeNumber } from "./gate-values.ts";
import type { XmlElement } from "./gate-xml.ts";

/** A place in a file, for messages: "The channel", "Entry 3". */
export type FeedPlace = string;

export const childrenOf = (parent: XmlElement, name: string): readonly XmlElement[] =>
  parent.children.filter((child) => child.name === name);

/** The trimmed text of the first child with this name. */
export const childText = (parent: XmlElement, name: string): string | undefined => childrenOf(parent, name)[0]?.text.trim();

/** How many children of each name an element may have. */
export type Counts = Readonly<Record<string, "one" | "at most one">>;

export const wrongCounts = (where: FeedPlace, parent: XmlElement, counts: Counts): readonly string[] =>
  Object.entries(counts).flatMap(([name, count]) => {
    const found = childrenOf(parent, name).length;
    if (found === 0 && count === "one") return [`${where} has no <${name}>.`];
    return found > 1 ? [`${where} has ${found} <${name}> elements but may have only one.`] : [];
  });

/** Reports each child with this name whose text fails the test. */
export const wrongTexts = (
  where: FeedPlace,
  parent: XmlElement,
  name: string,
  isRight: (text: string) => boolean,
  what: string,
): readonly string[] =>
  childrenOf(parent, name).flatMap(({ text }) =>
    isRight(text.trim()) ? [] : [`${where}: <${name}> is not ${what}: ${quotedValue(text)}.`],
  );

/** The attributes of links, enclosures and media in RSS and Atom. */
const ATTRIBUTES: Readonly<Record<string, readonly [(text: string) => boolean, string]>> = {
  href: [isUri, "an absolute address"],
  url: [isUri, "an absolute address"],
  scheme: [isUri, "an absolute address"],
  hreflang: [isLanguage, "a language"],
  "xml:lang": [isLanguage, "a language"],
  length: [isWholeNumber, "a number of bytes"],
  fileSize: [isWholeNumber, "a number of bytes"],
  width: [isWholeNumber, "a number of pixels"],
  height: [isWholeNumber, "a number of pixels"],
  duration: [isWholeNumber, "a number of seconds"],
};
const HAVE_MEDIA_TYPES = new Set(["atom:link", "enclosure", "media:content"]);

/** Reports wrong attribute values of an element and its children. */
export const wrongAttributes = (where: FeedPlace, parent: XmlElement): readonly string[] =>
  [parent, ...parent.children].flatMap(({ name: element, attributes }) =>
    Object.entries(attributes).flatMap(([name, value]) => {
      const [isRight, what] = name === "type" && HAVE_MEDIA_TYPES.has(element) ? [isMediaType, "a media type"] : (ATTRIBUTES[name] ?? []);
      return isRight === undefined || isRight(value) ? [] : [`${where}: ${name} of <${element}> is not ${what}: ${quotedValue(value)}.`];
    }),
  );

/** Reports elements without the attributes that they need. */
export const missingAttributes = (where: FeedPlace, parent: XmlElement, name: string, attributes: readonly string[]): readonly string[] =>
  childrenOf(parent, name).flatMap((child) =>
    attributes
      .filter((attribute) => (child.attributes[attribute] ?? "") === "")
      .map((attribute) => `${where}: a <${name}> has no ${attribute}.`),
  );

export const repeatedIds = (ids: readonly string[]): readonly string[] =>
  [...new Set(ids.filter((id, index) => id !== "" && ids.indexOf(id) !== index))].map(
    (id) => `Two entries have the id ${quotedValue(id)}.`,
  );

/**
 * A feed has exactly one link to itself: the address at which it is published. RFC 5005, 4: an archive names its current feed,
 * which is another document. No document names itself as the archive before or after it, nor the same archive on both sides.
 */
export const wrongArchiveLinks = (feed: XmlElement, self: string | undefined): readonly string[] => {
  const hrefs = (rel: string): readonly string[] =>
    childrenOf(feed, "atom:link").flatMap(({ attributes }) => (attributes.rel === rel ? [attributes.href ?? ""] : []));
  const [own, ...further] = hrefs("self");
  const [current, before, after] = [hrefs("current"), hrefs("prev-archive"), hrefs("next-archive")];
  const isArchive = childrenOf(feed, "fh:archive").length > 0;
  return [
    ...(own !== undefined && further.length === 0
      ? []
      : [`The feed has ${hrefs("self").length} links to itself but must have exactly one.`]),
    ...(own === undefined || self === undefined || own === self
      ? []
      : [`It calls itself ${quotedValue(own)} but is published at ${quotedValue(self)}.`]),
    ...(isArchive && current.length !== 1 ? ["It is an archive but does not name its current feed."] : []),
    ...(isArchive && current.includes(own ?? "") ? ["It is an archive but calls itself the current feed."] : []),
    ...(childrenOf(feed, "fh:archive").length > 1 ? ["It says twice that it is an archive."] : []),
    ...[...before, ...after].filter((href) => href === own).map(() => "It names itself as the archive before or after it."),
    ...(before.length > 1 || after.length > 1 ? ["It has more than one archive before it or after it."] : []),
    ...(before.length > 0 && before[0] === after[0] ? ["It names the same archive before and after it."] : []),
  ];
};

export const quotedValue = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
