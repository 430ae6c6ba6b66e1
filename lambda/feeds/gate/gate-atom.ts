import { type SafeBodies, unsafe } from "./gate-body.ts";
import { ALLOWED_ELEMENTS, ALLOWED_RELATIONS, unexpectedElements, wrongRelations } from "./gate-elements.ts";
import type { Checked } from "./gate-rss.ts";
import {
  childrenOf,
  childText,
  type FeedPlace,
  missingAttributes,
  repeatedIds,
  wrongArchiveLinks,
  wrongAttributes,
  wrongCounts,
  wrongTexts,
} from "./gate-rules.ts";
import { wrongTombstones } from "./gate-tombstones.ts";
import { isRfc3339, isUri } from "./gate-values.ts";
import type { XmlElement } from "./gate-xml.ts";

/** Checks Atom 1.0 (RFC 4287). */
export const checkAtom = (feed: XmlElement, self: string | undefined, safe: SafeBodies): Checked => {
  if (feed.name !== "atom:feed") return { reasons: ["The root is not an Atom feed."] };
  const entries = childrenOf(feed, "atom:entry");
  const ids = entries.map((entry) => childText(entry, "atom:id") ?? "");
  return {
    ids,
    reasons: [
      ...checkFeed(feed, self),
      ...entries.flatMap((entry, index) => checkEntry(`Entry ${index + 1}`, feed, entry, safe)),
      ...repeatedIds(ids),
      ...wrongTombstones(feed),
    ],
  };
};

const checkFeed = (feed: XmlElement, self: string | undefined): readonly string[] => [
  ...wrongCounts("The feed", feed, {
    "atom:id": "one",
    "atom:title": "one",
    "atom:updated": "one",
    "atom:subtitle": "at most one",
    "atom:rights": "at most one",
    "atom:logo": "at most one",
    "atom:icon": "at most one",
    "atom:generator": "at most one",
  }),
  ...wrongTexts("The feed", feed, "atom:logo", isUri, "an absolute address"),
  ...wrongTexts("The feed", feed, "atom:icon", isUri, "an absolute address"),
  ...checkShared("The feed", feed),
  ...wrongArchiveLinks(feed, self),
  ...unexpectedElements("The feed", feed, ALLOWED_ELEMENTS.feed),
  ...wrongRelations("The feed", feed, ALLOWED_RELATIONS.feed),
];

const checkEntry = (where: FeedPlace, feed: XmlElement, entry: XmlElement, safe: SafeBodies): readonly string[] => {
  const contents = childrenOf(entry, "atom:content");
  const hasAuthor = childrenOf(entry, "atom:author").length + childrenOf(feed, "atom:author").length > 0;
  return [
    ...wrongCounts(where, entry, {
      "atom:id": "one",
      "atom:title": "one",
      "atom:updated": "one",
      "atom:published": "one",
      "atom:summary": "at most one",
      "atom:content": "at most one",
      "atom:rights": "at most one",
    }),
    ...wrongTexts(where, entry, "atom:published", isRfc3339, "an RFC 3339 date"),
    ...checkShared(where, entry),
    ...unexpectedElements(where, entry, ALLOWED_ELEMENTS.entry),
    ...wrongRelations(where, entry, ALLOWED_RELATIONS.entry),
    ...(hasAuthor ? [] : [`${where} has no author, and the feed has none.`]),
    // 4.1.2: an entry without content must have a link to a page.
    ...(contents.length > 0 || hasPage(entry) ? [] : [`${where} has neither content nor a link.`]),
    ...contents.flatMap(({ attributes, text }) => (attributes.type === "html" ? unsafe(where, text, safe) : [])),
  ];
};

/** What a feed and an entry have in common. */
const checkShared = (where: FeedPlace, parent: XmlElement): readonly string[] => [
  ...wrongTexts(where, parent, "atom:id", isUri, "an absolute URI"),
  ...wrongTexts(where, parent, "atom:title", (text) => text !== "", "a title"),
  ...wrongTexts(where, parent, "atom:updated", isRfc3339, "an RFC 3339 date"),
  ...missingAttributes(where, parent, "atom:link", ["href"]),
  ...missingAttributes(where, parent, "atom:category", ["term"]),
  ...missingAttributes(where, parent, "media:content", ["url"]),
  ...wrongAttributes(where, parent),
  ...childrenOf(parent, "atom:author").flatMap((author) => checkPerson(where, author)),
  ...["atom:title", "atom:subtitle", "atom:summary", "atom:content", "atom:rights"].flatMap((name) => mistyped(where, parent, name)),
];

const checkPerson = (where: FeedPlace, person: XmlElement): readonly string[] => [
  ...wrongCounts(`${where}: an author`, person, { "atom:name": "one", "atom:uri": "at most one", "atom:email": "at most one" }),
  ...wrongTexts(where, person, "atom:name", (text) => text !== "", "a name"),
  ...wrongTexts(where, person, "atom:uri", isUri, "an absolute address"),
  ...wrongTexts(where, person, "atom:email", (text) => /^[^\s@]+@[^\s@]+$/.test(text), "an e-mail address"),
];

const mistyped = (where: FeedPlace, parent: XmlElement, name: string): readonly string[] =>
  childrenOf(parent, name).flatMap(({ attributes, children }) => [
    ...(["text", "html", "xhtml"].includes(attributes.type ?? "text")
      ? []
      : [`${where}: <${name}> has the type ${attributes.type}, which is not allowed.`]),
    ...(children.length > 0 && attributes.type !== "xhtml" ? [`${where}: <${name}> contains markup that is not escaped.`] : []),
  ]);

const hasPage = (entry: XmlElement): boolean =>
  childrenOf(entry, "atom:link").some(({ attributes }) => (attributes.rel ?? "alternate") === "alternate");
