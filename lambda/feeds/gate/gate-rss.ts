import { unsafe } from "./gate-body.ts";
import { childrenOf, misarchived, misattributed, miscounted, misworded, repeated, textOf, unattributed, type Where } from "./gate-rules.ts";
import { isLanguage, isRfc822, isRfc3339, isUri, isWebAddress } from "./gate-values.ts";
import { misrelated, RELATIONS, unmeant, WORDS } from "./gate-words.ts";
import type { XmlElement } from "./gate-xml.ts";

/** The ids of the entries as written; absent if the file is too broken to read them. */
export type Checked = { readonly ids?: readonly string[]; readonly reasons: readonly string[] };

/** Checks RSS 2.0, and those rules of the RSS Advisory Board's profile that readers depend on. */
export const checkRss = (root: XmlElement, self: string | undefined): Checked => {
  const [channel, ...more] = childrenOf(root, "channel");
  if (root.name !== "rss" || root.attributes.version !== "2.0" || channel === undefined || more.length > 0)
    return { reasons: ["The root is not RSS 2.0 with one channel."] };
  const items = childrenOf(channel, "item");
  const ids = items.map((item) => textOf(item, "guid") ?? "");
  return {
    ids,
    reasons: [
      ...unmeant("The root", root, new Set(["channel"])),
      ...checkChannel(channel, self),
      ...items.flatMap((item, index) => checkItem(`Entry ${index + 1}`, item)),
      ...repeated(ids),
    ],
  };
};

const checkChannel = (channel: XmlElement, self: string | undefined): readonly string[] => {
  const where = "The channel";
  const firstItem = channel.children.findIndex(({ name }) => name === "item");
  const misplaced = firstItem === -1 ? undefined : channel.children.slice(firstItem).find(({ name }) => name !== "item");
  return [
    ...miscounted(where, channel, {
      title: "one",
      link: "one",
      description: "one",
      lastBuildDate: "one",
      language: "at most one",
      copyright: "at most one",
      managingEditor: "at most one",
      image: "at most one",
    }),
    ...misworded(where, channel, "title", isSomething, "a title"),
    ...misworded(where, channel, "link", isWebAddress, "an absolute web address"),
    ...misworded(where, channel, "lastBuildDate", isRfc822, "an RFC 822 date"),
    ...misworded(where, channel, "language", isLanguage, "a language"),
    ...misworded(where, channel, "managingEditor", hasEmail, "an e-mail address"),
    ...childrenOf(channel, "image").flatMap((image) => checkImage(channel, image)),
    ...unattributed(where, channel, "atom:link", ["href", "rel"]),
    ...misattributed(where, channel),
    ...misarchived(channel, self),
    ...unmeant(where, channel, WORDS.channel),
    ...misrelated(where, channel, RELATIONS.feed),
    ...(misplaced === undefined ? [] : [`<${misplaced.name}> comes after the first item.`]),
  ];
};

const checkImage = (channel: XmlElement, image: XmlElement): readonly string[] => [
  ...miscounted("The image", image, { url: "one", title: "one", link: "one" }),
  ...misworded("The image", image, "url", isWebAddress, "an absolute web address"),
  ...misworded("The image", image, "title", (title) => title === textOf(channel, "title"), "the channel's"),
  ...misworded("The image", image, "link", (link) => link === textOf(channel, "link"), "the channel's"),
];

const checkItem = (where: Where, item: XmlElement): readonly string[] => {
  const names = item.children.map(({ name }) => name);
  const isLate = names.includes("content:encoded") && !names.slice(0, names.indexOf("content:encoded")).includes("description");
  return [
    ...miscounted(where, item, {
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
    ...misworded(where, item, "title", isSomething, "a title"),
    ...misworded(where, item, "guid", isSomething, "an id"),
    ...misworded(where, item, "link", isWebAddress, "an absolute web address"),
    ...misworded(where, item, "pubDate", isRfc822, "an RFC 822 date"),
    ...misworded(where, item, "atom:updated", isRfc3339, "an RFC 3339 date"),
    ...misworded(where, item, "comments", isWebAddress, "an absolute web address"),
    ...misworded(where, item, "author", hasEmail, "an e-mail address"),
    ...misworded(where, item, "dc:creator", isSomething, "a name"),
    ...misworded(where, item, "dc:language", isLanguage, "a language"),
    ...misworded(where, item, "category", isSomething, "a category"),
    ...unattributed(where, item, "enclosure", ["url", "length", "type"]),
    ...unattributed(where, item, "source", ["url"]),
    ...unattributed(where, item, "atom:link", ["href", "rel"]),
    ...unattributed(where, item, "media:content", ["url"]),
    ...unattributed(where, item, "media:thumbnail", ["url"]),
    ...misattributed(where, item),
    ...unmeant(where, item, WORDS.item),
    ...misrelated(where, item, RELATIONS.entry),
    ...childrenOf(item, "guid")
      .filter(({ attributes, text }) => attributes.isPermaLink !== "false" && !isUri(text.trim()))
      .map(() => `${where}: <guid> says that it is a link but is not a web address.`),
    ...(isLate ? [`${where}: <description> must come before <content:encoded>.`] : []),
    ...unsafe(where, childrenOf(item, "content:encoded")[0]?.text),
  ];
};

const isSomething = (text: string): boolean => text !== "";

const hasEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+(?: \(.*\))?$/s.test(text);
