import { unsafe } from "./gate-body.ts";
import type { Checked } from "./gate-rss.ts";
import { childrenOf, misarchived, misattributed, miscounted, misworded, repeated, textOf, unattributed, type Where } from "./gate-rules.ts";
import { mistombed } from "./gate-tombstones.ts";
import { isRfc3339, isUri } from "./gate-values.ts";
import { misrelated, RELATIONS, unmeant, WORDS } from "./gate-words.ts";
import type { XmlElement } from "./gate-xml.ts";

/** Checks Atom 1.0 (RFC 4287). */
export const checkAtom = (feed: XmlElement, self: string | undefined): Checked => {
  if (feed.name !== "atom:feed") return { reasons: ["The root is not an Atom feed."] };
  const entries = childrenOf(feed, "atom:entry");
  const ids = entries.map((entry) => textOf(entry, "atom:id") ?? "");
  return {
    ids,
    reasons: [
      ...checkFeed(feed, self),
      ...entries.flatMap((entry, index) => checkEntry(`Entry ${index + 1}`, feed, entry)),
      ...repeated(ids),
      ...mistombed(feed),
    ],
  };
};

const checkFeed = (feed: XmlElement, self: string | undefined): readonly string[] => [
  ...miscounted("The feed", feed, {
    "atom:id": "one",
    "atom:title": "one",
    "atom:updated": "one",
    "atom:subtitle": "at most one",
    "atom:rights": "at most one",
    "atom:logo": "at most one",
    "atom:icon": "at most one",
    "atom:generator": "at most one",
  }),
  ...misworded("The feed", feed, "atom:logo", isUri, "an absolute address"),
  ...misworded("The feed", feed, "atom:icon", isUri, "an absolute address"),
  ...checkShared("The feed", feed),
  ...misarchived(feed, self),
  ...unmeant("The feed", feed, WORDS.feed),
  ...misrelated("The feed", feed, RELATIONS.feed),
];

const checkEntry = (where: Where, feed: XmlElement, entry: XmlElement): readonly string[] => {
  const contents = childrenOf(entry, "atom:content");
  const hasAuthor = childrenOf(entry, "atom:author").length + childrenOf(feed, "atom:author").length > 0;
  return [
    ...miscounted(where, entry, {
      "atom:id": "one",
      "atom:title": "one",
      "atom:updated": "one",
      "atom:published": "one",
      "atom:summary": "at most one",
      "atom:content": "at most one",
      "atom:rights": "at most one",
    }),
    ...misworded(where, entry, "atom:published", isRfc3339, "an RFC 3339 date"),
    ...checkShared(where, entry),
    ...unmeant(where, entry, WORDS.entry),
    ...misrelated(where, entry, RELATIONS.entry),
    ...(hasAuthor ? [] : [`${where} has no author, and the feed has none.`]),
    // 4.1.2: an entry without content must have a link to a page.
    ...(contents.length > 0 || hasPage(entry) ? [] : [`${where} has neither content nor a link.`]),
    ...contents.flatMap(({ attributes, text }) => (attributes.type === "html" ? unsafe(where, text) : [])),
  ];
};

/** What a feed and an entry have in common. */
const checkShared = (where: Where, parent: XmlElement): readonly string[] => [
  ...misworded(where, parent, "atom:id", isUri, "an absolute URI"),
  ...misworded(where, parent, "atom:title", (text) => text !== "", "a title"),
  ...misworded(where, parent, "atom:updated", isRfc3339, "an RFC 3339 date"),
  ...unattributed(where, parent, "atom:link", ["href"]),
  ...unattributed(where, parent, "atom:category", ["term"]),
  ...unattributed(where, parent, "media:content", ["url"]),
  ...misattributed(where, parent),
  ...childrenOf(parent, "atom:author").flatMap((author) => checkPerson(where, author)),
  ...["atom:title", "atom:subtitle", "atom:summary", "atom:content", "atom:rights"].flatMap((name) => mistyped(where, parent, name)),
];

const checkPerson = (where: Where, person: XmlElement): readonly string[] => [
  ...miscounted(`${where}: an author`, person, { "atom:name": "one", "atom:uri": "at most one", "atom:email": "at most one" }),
  ...misworded(where, person, "atom:name", (text) => text !== "", "a name"),
  ...misworded(where, person, "atom:uri", isUri, "an absolute address"),
  ...misworded(where, person, "atom:email", (text) => /^[^\s@]+@[^\s@]+$/.test(text), "an e-mail address"),
];

const mistyped = (where: Where, parent: XmlElement, name: string): readonly string[] =>
  childrenOf(parent, name).flatMap(({ attributes, children }) => [
    ...(["text", "html", "xhtml"].includes(attributes.type ?? "text")
      ? []
      : [`${where}: <${name}> has the type ${attributes.type}, which is not allowed.`]),
    ...(children.length > 0 && attributes.type !== "xhtml" ? [`${where}: <${name}> contains markup that is not escaped.`] : []),
  ]);

const hasPage = (entry: XmlElement): boolean =>
  childrenOf(entry, "atom:link").some(({ attributes }) => (attributes.rel ?? "alternate") === "alternate");
