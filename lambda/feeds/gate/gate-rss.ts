import { type SafeBodies, unsafe } from "./gate-body.ts";
import { ALLOWED_ELEMENTS, ALLOWED_RELATIONS, unexpectedElements, wrongRelations } from "./gate-elements.ts";
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
import { isLanguage, isRfc822, isRfc3339, isUri, isWebAddress } from "./gate-values.ts";
import type { XmlElement } from "./gate-xml.ts";

/** The ids of the entries as written; absent if the file is too broken to read them. */
export type Checked = { readonly ids?: readonly string[]; readonly reasons: readonly string[] };

/** Checks RSS 2.0, and those rules of the RSS Advisory Board's profile that readers depend on. */
export const checkRss = (root: XmlElement, self: string | undefined, safe: SafeBodies): Checked => {
  const [channel, ...more] = childrenOf(root, "channel");
  if (root.name !== "rss" || root.attributes.version !== "2.0" || channel === undefined || more.length > 0)
    return { reasons: ["The root is not RSS 2.0 with one channel."] };
  const items = childrenOf(channel, "item");
  const ids = items.map((item) => childText(item, "guid") ?? "");
  return {
    ids,
    reasons: [
      ...unexpectedElements("The root", root, new Set(["channel"])),
      ...checkChannel(channel, self),
      ...items.flatMap((item, index) => checkItem(`Entry ${index + 1}`, item, safe)),
      ...repeatedIds(ids),
    ],
  };
};

const checkChannel = (channel: XmlElement, self: string | undefined): readonly string[] => {
  const where = "The channel";
  const firstItem = channel.children.findIndex(({ name }) => name === "item");
  const misplaced = firstItem === -1 ? undefined : channel.children.slice(firstItem).find(({ name }) => name !== "item");
  return [
    ...wrongCounts(where, channel, {
      title: "one",
      link: "one",
      description: "one",
      lastBuildDate: "one",
      language: "at most one",
      copyright: "at most one",
      managingEditor: "at most one",
      image: "at most one",
    }),
    ...wrongTexts(where, channel, "title", isSomething, "a title"),
    ...wrongTexts(where, channel, "link", isWebAddress, "an absolute web address"),
    ...wrongTexts(where, channel, "lastBuildDate", isRfc822, "an RFC 822 date"),
    ...wrongTexts(where, channel, "language", isLanguage, "a language"),
    ...wrongTexts(where, channel, "managingEditor", hasEmail, "an e-mail address"),
    ...childrenOf(channel, "image").flatMap((image) => checkImage(channel, image)),
    ...missingAttributes(where, channel, "atom:link", ["href", "rel"]),
    ...wrongAttributes(where, channel),
    ...wrongArchiveLinks(channel, self),
    ...unexpectedElements(where, channel, ALLOWED_ELEMENTS.channel),
    ...wrongRelations(where, channel, ALLOWED_RELATIONS.feed),
    ...(misplaced === undefined ? [] : [`<${misplaced.name}> comes after the first item.`]),
  ];
};

const checkImage = (channel: XmlElement, image: XmlElement): readonly string[] => [
  ...wrongCounts("The image", image, { url: "one", title: "one", link: "one" }),
  ...wrongTexts("The image", image, "url", isWebAddress, "an absolute web address"),
  ...wrongTexts("The image", image, "title", (title) => title === childText(channel, "title"), "the channel's"),
  ...wrongTexts("The image", image, "link", (link) => link === childText(channel, "link"), "the channel's"),
];

const checkItem = (where: FeedPlace, item: XmlElement, safe: SafeBodies): readonly string[] => {
  const names = item.children.map(({ name }) => name);
  const isLate = names.includes("content:encoded") && !names.slice(0, names.indexOf("content:encoded")).includes("description");
  return [
    ...wrongCounts(where, item, {
      title: "one",
      link: "at most one",
      guid: "one",
      pubDate: "one",
      description: "one",
      "content:encoded": "at most one",
      "atom:updated": "one",
      author: "at most one",
      comments: "at most one",
      source: "at most one",
      enclosure: "at most one",
    }),
    ...wrongTexts(where, item, "title", isSomething, "a title"),
    ...wrongTexts(where, item, "guid", isSomething, "an id"),
    ...wrongTexts(where, item, "link", isWebAddress, "an absolute web address"),
    ...wrongTexts(where, item, "pubDate", isRfc822, "an RFC 822 date"),
    ...wrongTexts(where, item, "atom:updated", isRfc3339, "an RFC 3339 date"),
    ...wrongTexts(where, item, "comments", isWebAddress, "an absolute web address"),
    ...wrongTexts(where, item, "author", hasEmail, "an e-mail address"),
    ...wrongTexts(where, item, "dc:creator", isSomething, "a name"),
    ...wrongTexts(where, item, "dc:language", isLanguage, "a language"),
    ...wrongTexts(where, item, "category", isSomething, "a category"),
    ...missingAttributes(where, item, "enclosure", ["url", "length", "type"]),
    ...missingAttributes(where, item, "source", ["url"]),
    ...missingAttributes(where, item, "atom:link", ["href", "rel"]),
    ...missingAttributes(where, item, "media:content", ["url"]),
    ...missingAttributes(where, item, "media:thumbnail", ["url"]),
    ...wrongAttributes(where, item),
    ...unexpectedElements(where, item, ALLOWED_ELEMENTS.item),
    ...wrongRelations(where, item, ALLOWED_RELATIONS.entry),
    ...childrenOf(item, "guid")
      .filter(({ attributes, text }) => attributes.isPermaLink !== "false" && !isUri(text.trim()))
      .map(() => `${where}: <guid> says that it is a link but is not a web address.`),
    ...(isLate ? [`${where}: <description> must come before <content:encoded>.`] : []),
    ...unsafe(where, childrenOf(item, "content:encoded")[0]?.text, safe),
  ];
};

const isSomething = (text: string): boolean => text !== "";

const hasEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+(?: \(.*\))?$/s.test(text);
