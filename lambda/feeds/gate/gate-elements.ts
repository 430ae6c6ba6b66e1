import { type FeedPlace, quotedValue } from "./gate-rules.ts";
import type { XmlElement } from "./gate-xml.ts";

const words = (prefix: string, text: string): readonly string[] => text.split(" ").map((word) => prefix + word);

/** The elements allowed in each place: those of the specification, and those of the extensions that belong there. */
export const ALLOWED_ELEMENTS = {
  /** RSS 2.0, "Required channel elements" and "Optional channel elements". */
  channel: new Set([
    ...words("", "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs cloud"),
    ...words("", "ttl image rating textInput skipHours skipDays item"),
    ...words("webfeeds:", "icon logo cover accentColor related analytics"),
    ...["atom:link", "dc:creator", "dc:language", "dc:rights", "fh:archive"],
  ]),
  /** RSS 2.0, "Elements of item". */
  item: new Set([
    ...words("", "title link description author category comments enclosure guid pubDate source"),
    ...words("media:", "group content thumbnail title description credit copyright rating"),
    ...["content:encoded", "dc:creator", "dc:language", "dc:rights", "atom:updated", "atom:link", "rsl:content", "source:markdown"],
  ]),
  /** RFC 4287, 4.1.1; RFC 5005, 4; RFC 6721, 3. */
  feed: new Set([
    ...words("atom:", "author category contributor generator icon id link logo rights subtitle title updated entry"),
    ...words("webfeeds:", "icon logo cover accentColor related analytics"),
    ...["fh:archive", "at:deleted-entry"],
  ]),
  /** RFC 4287, 4.1.2. */
  entry: new Set([
    ...words("atom:", "author category content contributor id link published rights source summary title updated"),
    ...words("media:", "group content thumbnail title description credit copyright rating"),
  ]),
} as const;

/** Children that have no meaning there: misspelt, misplaced, or in a namespace that belongs to something else. */
export const unexpectedElements = (where: FeedPlace, parent: XmlElement, meant: ReadonlySet<string>): readonly string[] =>
  [...new Set(parent.children.map(({ name }) => name))]
    .filter((name) => !meant.has(name))
    .map((name) => `${where}: <${name}> is not allowed here.`);

/** The link relations that a document and an entry may have (RFC 4287, 4.2.7.2; RFC 4685, 4; RFC 4946; RFC 5005; WebSub, 4). */
export const ALLOWED_RELATIONS = {
  feed: new Set(["alternate", "self", "hub", "current", "prev-archive", "next-archive", "related", "license", "via"]),
  entry: new Set(["alternate", "enclosure", "related", "replies", "via", "license"]),
} as const;

export const wrongRelations = (where: FeedPlace, parent: XmlElement, meant: ReadonlySet<string>): readonly string[] => {
  const links = parent.children.filter(({ name }) => name === "atom:link").map(({ attributes }) => attributes);
  const alternates = links
    .filter(({ rel = "alternate" }) => rel === "alternate")
    .map(({ type = "", hreflang = "" }) => `${type} ${hreflang}`);
  return [
    ...links
      .filter(({ rel = "alternate" }) => !meant.has(rel))
      .map(({ rel = "" }) => `${where}: a link with the relation ${quotedValue(rel)} is not allowed here.`),
    // RFC 4287, 4.1.1 and 4.1.2: no two alternate links with the same type and language.
    ...(new Set(alternates).size === alternates.length ? [] : [`${where} has two alternate links with the same type and language.`]),
  ];
};
