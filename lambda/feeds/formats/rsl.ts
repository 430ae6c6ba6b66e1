import type { Rights } from "../../channels/site/site.ts";
import { asUri } from "../model/address.ts";
import type { Entry, FeedDocument, MachineTerms } from "../model/feed.ts";
import { xmlAttributes, xmlText } from "../model/text.ts";

/** The namespace of RSL 1.0 (rslstandard.org/rsl); `rsl:` stands for it in RSS. */
export const RSL_NAMESPACE = "https://rslstandard.org/rsl";

/** The file of the licence for machines, at the top of the feeds. */
export const RSL_FILE = "rsl.xml";

/** The terms that the newsroom has Wireroom publish: the uses that `rights.ai` decides, and what a permitted one costs. */
export const machineTermsOf = (rights: Rights | undefined): MachineTerms | undefined => {
  if (rights?.terms === undefined) return undefined;
  const { search, input, train } = rights.ai;
  const uses = Object.entries({ search, "ai-input": input, "ai-train": train });
  const those = (may: boolean): readonly string[] => uses.flatMap(([use, said]) => (said === may ? [use] : []));
  return { permits: those(true), prohibits: those(false), payment: rights.terms.payment };
};

/** The licence document, for everything below `feedUrl`; ends with a newline. */
export const renderRsl = (terms: MachineTerms, { feedUrl, license }: { readonly feedUrl: string; readonly license?: string }): string =>
  `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<rsl xmlns="${RSL_NAMESPACE}">`,
    `  <content${xmlAttributes({ url: feedUrl })}>`,
    `    ${licence(terms, license === undefined ? undefined : asUri(license), "")}`,
    "  </content>",
    "</rsl>",
  ].join("\n")}\n`;

/**
 * The licence of one item of RSS (RSL 1.0, RSS module). The article must be on the feed's own origin, because nobody can license what
 * another host publishes; elsewhere the item has none. The article's own licence stands in place of the newsroom's.
 */
export const rslOfItem = ({ terms, urls, license }: FeedDocument, { url, license: own = license }: Entry): readonly string[] => {
  if (terms === undefined || url === undefined || URL.parse(url)?.origin !== URL.parse(urls.rss ?? "")?.origin) return [];
  return [`<rsl:content${xmlAttributes({ url })}>${licence(terms, own, "rsl:")}</rsl:content>`];
};

/** In a feed every element needs the prefix: without it, `license` would be an element of RSS. */
const licence = ({ permits, prohibits, payment }: MachineTerms, standard: string | undefined, prefix: "" | "rsl:"): string => {
  const element = (name: string, attributes: string, content: string): string =>
    `<${prefix}${name}${attributes}${content === "" ? "/>" : `>${content}</${prefix}${name}>`}`;
  const uses = (name: string, all: readonly string[]): string => (all.length === 0 ? "" : element(name, ' type="usage"', all.join(" ")));
  // What is free needs no text of a licence.
  const text = standard === undefined || payment === "free" ? "" : element("standard", "", xmlText(standard));
  const parts = [uses("permits", permits), uses("prohibits", prohibits), element("payment", xmlAttributes({ type: payment }), text)];
  return element("license", "", parts.join(""));
};
