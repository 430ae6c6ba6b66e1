import type { Attachment, Image } from "../../articles/model/article.ts";
import { rssText, xmlAttributes } from "./text.ts";

export const MEDIA_NAMESPACE = "http://search.yahoo.com/mrss/";

/** The lead image in Media RSS: in full, and as the thumbnail for lists (some readers know only one of the two). */
export const imageElements = (image: Image): readonly string[] => [
  content(
    { url: image.url, medium: "image", type: image.type, fileSize: image.bytes, width: image.width, height: image.height },
    image.alt === undefined || image.alt === "" ? "" : `<media:description type="plain">${rssText(image.alt)}</media:description>`,
  ),
  `<media:thumbnail${xmlAttributes({ url: image.url, width: image.width, height: image.height })}/>`,
];

/** A file in Media RSS, used from the second enclosure on: an RSS item has at most one enclosure (RSS Profile, 4.2.5). */
export const attachmentElement = (attachment: Attachment): string =>
  content(
    {
      url: attachment.url,
      medium: medium(attachment.type),
      type: attachment.type,
      fileSize: attachment.bytes,
      duration: attachment.seconds === undefined ? undefined : Math.round(attachment.seconds),
    },
    attachment.title === undefined ? "" : `<media:title type="plain">${rssText(attachment.title)}</media:title>`,
  );

const medium = (type: string): string => {
  const family = type.slice(0, type.indexOf("/"));
  return ["image", "audio", "video"].includes(family) ? family : "document";
};

const content = (attributes: Readonly<Record<string, string | number | undefined>>, inner: string): string =>
  inner === "" ? `<media:content${xmlAttributes(attributes)}/>` : `<media:content${xmlAttributes(attributes)}>${inner}</media:content>`;
