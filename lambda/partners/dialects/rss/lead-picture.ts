import { typeOfName } from "../../../articles/links/media-type.ts";
import type { Image } from "../../../articles/model/article.ts";
import type { PartnerItem } from "../../model/item.ts";
import type { Terms } from "../../profiles/terms.ts";
import type { XmlWriter } from "./xml-writer.ts";

/** The lead picture in each element that the partner reads; with its credit and terms where Media RSS has a place for them. */
export function leadImage(item: PartnerItem, { demands }: Terms, write: XmlWriter): readonly string[] {
  const { image } = item.entry;
  if (image === undefined) return [];
  return demands.imageElements.map((name) => {
    if (name === "enclosure") return write.element(name, undefined, { url: image.url, length: image.bytes ?? 0, type: typeOf(image) });
    if (name === "media:content") return mediaContent(item, image, demands.syndicationFlag, write);
    if (name === "media:thumbnail") return write.element(name, undefined, { url: image.url, width: image.width, height: image.height });
    return write.element(name, image.url);
  });
}

/** An enclosure needs a type. */
const typeOf = ({ type, url }: Image): string =>
  type ?? (URL.canParse(url) ? typeOfName(new URL(url).pathname) : undefined) ?? "image/jpeg";

function mediaContent({ imageRights }: PartnerItem, image: Image, flag: boolean, { element, around }: XmlWriter): string {
  const { credit, usageTerms, license } = imageRights;
  const { url, type, bytes, width, height, alt } = image;
  return around("media:content", { url, medium: "image", type, fileSize: bytes, width, height }, [
    ...(alt === undefined || alt === ""
      ? []
      : [element("media:title", alt, { type: "plain" }), element("media:text", alt, { type: "plain" })]),
    ...(credit === undefined ? [] : [element("media:credit", credit, { role: "photographer" })]),
    ...(usageTerms === undefined ? [] : [element("media:copyright", usageTerms)]),
    ...(license === undefined ? [] : [element("media:license", undefined, { href: license })]),
    ...(flag ? [element("mi:hasSyndicationRights", "1")] : []),
  ]);
}
