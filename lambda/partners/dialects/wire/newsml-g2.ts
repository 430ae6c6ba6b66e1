import { namedAuthors } from "../../../feeds/model/entry.ts";
import { xmlAttributes } from "../../../feeds/model/text.ts";
import { isLive } from "../../judge/judge.ts";
import type { PartnerItem } from "../../model/item.ts";
import type { PartnerFeed } from "../../model/partner-feed.ts";
import { itemText } from "../rss/item-text.ts";
import { xmlWriter } from "../rss/xml-writer.ts";
import { type WireDocument, wireDialect } from "./wire-files.ts";

/** IPTC's catalog, which says what `ninat:`, `stat:` and the other short schemes stand for. */
const catalog = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml";

const { element, around, body: letter } = xmlWriter({});

/** An article as a newsItem of NewsML-G2 2.35, power conformance; its parts are in the order of the schema. */
const newsItem: WireDocument = (item, state, feed, terms) => {
  const { entry, version } = item;
  const live = isLive(item);
  const { description, body } = itemText(item, feed.partner, terms);
  const qcode = (name: string, code: string): string => element(name, undefined, { qcode: code });
  const maybe = (name: string, text: string | undefined): readonly string[] => (text === undefined ? [] : [element(name, text)]);
  const meta = [
    qcode("itemClass", "ninat:text"),
    around("provider", { uri: feed.site }, [element("name", feed.publisher)]),
    element("versionCreated", state.versionCreated),
    element("firstCreated", entry.published),
    ...maybe("embargoed", state.embargoed),
    qcode("pubStatus", `stat:${state.status}`),
    ...maybe("edNote", state.edNote),
    ...(item.life.kind === "corrected" ? [qcode("signal", "sig:correction")] : []),
    ...maybe("expires", state.expires),
    ...(live ? pictureLinks(item) : []),
  ];
  const content = [
    element("contentCreated", entry.published),
    ...(live ? namedAuthors(entry).map(({ name }) => around("creator", {}, [element("name", name)])) : []),
    ...(item.source === undefined ? [] : [around("infoSource", {}, [element("name", item.source)])]),
    ...(entry.url === undefined ? [] : [element("altId", entry.url)]),
    element("language", undefined, { tag: entry.language }),
    ...(live ? subjectsOf(item).map((name) => around("subject", {}, [element("name", name)])) : []),
    element("headline", entry.title),
    ...(live && description.trim() !== "" ? [element("description", description, { role: "drol:summary" })] : []),
  ];
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<newsItem${attributesOf(item, version)}>`,
    `  ${element("catalogRef", undefined, { href: catalog })}`,
    `  ${rightsInfo(item, feed)}`,
    `  ${around("itemMeta", {}, meta)}`,
    `  ${around("contentMeta", {}, content)}`,
    ...(live && body !== undefined ? [`  ${around("contentSet", {}, [letter("inlineData", body, { contenttype: "text/html" })])}`] : []),
    "</newsItem>",
  ];
  return `${lines.filter((line) => line.trim() !== "").join("\n")}\n`;
};

export const newsmlG2Dialect = wireDialect("newsml-g2", "xml", newsItem);

function attributesOf({ entry }: PartnerItem, version: number): string {
  return xmlAttributes({
    xmlns: "http://iptc.org/std/nar/2006-10-01/",
    guid: entry.uri,
    version,
    standard: "NewsML-G2",
    standardversion: "2.35",
    conformance: "power",
    "xml:lang": entry.language,
  });
}

function rightsInfo({ usageTerms, entry }: PartnerItem, { copyright, publisher, license: ofSite }: PartnerFeed): string {
  const license = entry.license ?? ofSite;
  return around("rightsInfo", {}, [
    around("copyrightHolder", {}, [element("name", publisher)]),
    ...(copyright === undefined ? [] : [element("copyrightNotice", copyright)]),
    ...(usageTerms === undefined ? [] : [element("usageTerms", usageTerms)]),
    ...(license === undefined ? [] : [element("link", undefined, { rel: "irel:hasLicense", href: license })]),
  ]);
}

function pictureLinks({ entry: { image } }: PartnerItem): readonly string[] {
  if (image === undefined) return [];
  const { url, type, bytes, alt } = image;
  const title = alt === undefined || alt === "" ? [] : [element("title", alt)];
  return [around("link", { rel: "irel:associatedWith", href: url, contenttype: type, size: bytes }, title)];
}

const subjectsOf = ({ entry }: PartnerItem): readonly string[] =>
  [...new Set([entry.section ?? "", ...entry.tags])].filter((name) => name.trim() !== "");
