import { isLive } from "../../judge/judge.ts";
import type { RssDialect } from "./item.ts";

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);
const tableOf = (value: unknown): Readonly<Record<string, string>> => (typeof value === "object" && value !== null ? { ...value } : {});

/** A logo that the settings name, else the picture or icon of the site. */
const logoOf = (setting: unknown, otherwise: string | undefined): string => (textOf(setting) === "" ? (otherwise ?? "") : textOf(setting));

/** Dzen, the unified feed since 2026-07-13: `contentType` has no namespace, and `category` holds orders. */
export const dzenAdditions: RssDialect = {
  channel: ({ image, icon }, { own }, { element }) => {
    const [logo, square] = [logoOf(own["logo"], image), logoOf(own["squareLogo"], icon)];
    return [
      ...(logo === "" ? [] : [element("yandex:logo", logo)]),
      ...(square === "" ? [] : [element("yandex:logo", square, { type: "square" })]),
    ];
  },
  item: (_, __, { own }, { element }) => [
    element("contentType", textOf(own["contentType"])),
    element("media:rating", textOf(own["rating"]), { scheme: "urn:simple" }),
  ],
  categories: (_, { own }, { element }) => listOf(own["directives"]).map((order) => element("category", order)),
};

export const yandexAdditions: RssDialect = {
  item: (_, __, { own }, { element }) => (textOf(own["genre"]) === "" ? [] : [element("yandex:genre", textOf(own["genre"]))]),
};

export const smartnewsAdditions: RssDialect = {
  channel: ({ image }, { own }, write) => {
    const logo = (name: string, address: string) => (address === "" ? [] : [write.around(name, {}, [write.element("url", address)])]);
    return [...logo("snf:logo", logoOf(own["logo"], image)), ...logo("snf:darkModeLogo", textOf(own["darkModeLogo"]))];
  },
};

/** Google's licensed news: categories are IPTC Media Topics, which the settings give to sections and tags. */
export const googleLicensedAdditions: RssDialect = {
  categories: ({ entry }, { own }, { element }) =>
    valuesOf(tableOf(own["topics"]), [entry.section ?? "", ...entry.tags]).map((topic) =>
      element("category", topic, { domain: textOf(own["topicDomain"]) }),
    ),
  item: (item, _, { own }, { element }) => {
    const [genre] = isLive(item) ? valuesOf(tableOf(own["genres"]), [item.entry.section ?? "", ...item.entry.tags]) : [];
    return genre === undefined ? [] : [element("licensed_news:genre", genre)];
  },
};

/** What a table of the settings has for the words of an article, each once. */
function valuesOf(table: Readonly<Record<string, string>>, words: readonly string[]): readonly string[] {
  const folded = new Map(Object.entries(table).map(([word, value]) => [word.toLowerCase(), value]));
  return [...new Set(words.flatMap((word) => folded.get(word.toLowerCase()) ?? []))];
}

export const mailruAdditions: RssDialect = {
  item: ({ entry }, _, { own }, { element }) =>
    (["breaking", "exclusive"] as const).map((name) => element(name, entry.tags.includes(textOf(own[`${name}Tag`])) ? "1" : "0")),
};

export const lineAdditions: RssDialect = {
  item: (item, _, { own }, { element }) => {
    const [category] = isLive(item) ? valuesOf(tableOf(own["categories"]), [item.entry.section ?? "", ...item.entry.tags]) : [];
    return category === undefined ? [] : [element("oa:category", category)];
  },
};
