import { omitUndefined } from "../../../articles/model/json-value.ts";
import { summarize } from "../../../articles/title/summary.ts";
import { namedAuthors } from "../../../feeds/model/entry.ts";
import { isLive } from "../../judge/judge.ts";
import { linkFor } from "../../judge/link.ts";
import { graphemesIn } from "../../judge/measure.ts";
import { changedAt, type PartnerItem } from "../../model/item.ts";
import type { PartnerFeed } from "../../model/partner-feed.ts";
import type { Terms } from "../../profiles/terms.ts";
import { partnerDate } from "./dates.ts";
import { deletionSignal } from "./deletion.ts";
import { itemText, pixelOf } from "./item-text.ts";
import { leadImage } from "./lead-picture.ts";
import type { XmlWriter } from "./xml-writer.ts";

/** What a dialect adds to the elements that all RSS partners read. */
export type RssDialect = {
  readonly channel?: (feed: PartnerFeed, terms: Terms, write: XmlWriter) => readonly string[];
  readonly item?: (item: PartnerItem, feed: PartnerFeed, terms: Terms, write: XmlWriter) => readonly string[];
  /** In place of the elements for section and tags. */
  readonly categories?: (item: PartnerItem, terms: Terms, write: XmlWriter) => readonly string[];
};

/** The elements of a judged item, in order; an empty text is an element that the partner does not know. */
export function itemElements(item: PartnerItem, feed: PartnerFeed, terms: Terms, dialect: RssDialect, write: XmlWriter): readonly string[] {
  const { partner } = feed;
  const { demands } = terms;
  const { entry } = item;
  const { element } = write;
  const { title, description, body } = itemText(item, partner, terms);
  const live = isLive(item);
  const canonical = partner.attribution.canonical && demands.attribution.includes("canonical") && entry.url !== undefined;
  const noindex = asksForNoIndex(partner, demands) && demands.noindexCategory !== "";
  const pixel = demands.pixelElement === "" || !live ? undefined : pixelOf(item, partner, terms);
  const categories = dialect.categories ?? plainCategories;
  return [
    element("title", title),
    ...shortTitle(title, terms, write),
    ...(entry.url === undefined ? [] : [element("link", linkFor(entry.url, partner, terms))]),
    guid(item, feed, write),
    element("pubDate", partnerDate(entry.published, demands.dates)),
    ...(demands.updatedElement === "" ? [] : [element(demands.updatedElement, partnerDate(changedAt(item), demands.updatedDates))]),
    ...(live ? namedAuthors(entry).map(({ name }) => element(demands.creatorElement, name)) : []),
    element("description", safeAsHtml(description.trim() === "" ? title : description)),
    ...(live ? categories(item, terms, write) : []),
    ...(body === undefined
      ? []
      : [demands.bodyFormat === "text" ? element(demands.bodyElement, body) : write.body(demands.bodyElement, body)]),
    ...(live ? leadImage(item, terms, write) : []),
    ...(live ? attachments(item, terms, write) : []),
    ...(canonical ? [element("atom:link", undefined, { rel: "canonical", href: entry.url })] : []),
    ...(live && entry.license !== undefined ? [element("atom:link", undefined, { rel: "license", href: entry.license })] : []),
    ...(live && item.usageTerms !== undefined ? [element("dc:rights", item.usageTerms)] : []),
    ...(noindex ? [element("category", demands.noindexCategory)] : []),
    ...(pixel === undefined ? [] : [write.body(demands.pixelElement, pixel)]),
    ...Object.entries(demands.itemElements).map(([name, text]) => element(name, text)),
    ...(dialect.item?.(item, feed, terms, write) ?? []),
    ...deletionSignal(item, demands, write),
  ].filter((written) => written !== "");
}

function shortTitle(
  title: string,
  { demands: { titleMax, shortTitle: most, shortTitleElement } }: Terms,
  { element }: XmlWriter,
): readonly string[] {
  return titleMax === 0 || most === 0 || graphemesIn(title) <= titleMax ? [] : [element(shortTitleElement, summarize(title, most - 2))];
}

/**
 * A description is HTML (RSS 2.0, "Elements of item"), but some partners show it as text. So only what HTML would take for an element or for a
 * reference is escaped, and "AT&T" and "4 < 5" are the same to both.
 */
const safeAsHtml = (text: string): string => text.replaceAll(/&(?=#?\w+;)/g, "&amp;").replaceAll(/<(?=[A-Za-z/!?])/g, "&lt;");

/** Whether the partner is asked, and can be, to keep its copies out of search engines. */
export const asksForNoIndex = ({ attribution }: PartnerFeed["partner"], demands: Terms["demands"]): boolean =>
  attribution.noindex && demands.attribution.includes("noindex");

function guid({ entry }: PartnerItem, { partner }: PartnerFeed, { element }: XmlWriter): string {
  const isUrl = partner.ids === "url" && entry.url !== undefined;
  return element("guid", isUrl ? entry.url : entry.id, { isPermaLink: String(isUrl) });
}

const plainCategories: NonNullable<RssDialect["categories"]> = ({ entry }, _, { element }) =>
  [...new Set([entry.section ?? "", ...entry.tags])].filter((term) => term.trim() !== "").map((term) => element("category", term));

/** RSS allows an item one enclosure; where the picture takes it, a recording has no place. */
function attachments({ entry }: PartnerItem, { demands }: Terms, { element }: XmlWriter): readonly string[] {
  const [first] = entry.attachments;
  if (first === undefined || (demands.imageElements.includes("enclosure") && entry.image !== undefined)) return [];
  return [element("enclosure", undefined, omitUndefined({ url: first.url, length: first.bytes ?? 0, type: first.type }))];
}
