import type { Image } from "../../articles/model/article.ts";
import { htmlText } from "../model/text.ts";

/** The body with its lead image at the top, unless the body already shows it: every reader looks for images in the body. */
export const withLeadImage = (html: string, image: Image | undefined): string => {
  if (image === undefined || shows(html, image.url)) return html;
  const size = [image.width === undefined ? "" : ` width="${image.width}"`, image.height === undefined ? "" : ` height="${image.height}"`];
  return `<p><img src="${htmlText(image.url)}" alt="${htmlText(image.alt ?? "")}"${size.join("")}></p>\n${html}`;
};

/**
 * Whether the body shows the picture. A link to its address shows nothing. A longer address is another picture, unless the
 * difference is only a query (another size). The body may hold the address as it is, or with every character escaped that can end
 * an attribute value.
 */
const shows = (html: string, url: string): boolean => {
  const escaped = htmlText(url).replaceAll("'", "&#x27;").replaceAll("`", "&#x60;");
  const writings = [...new Set([url, htmlText(url), escaped])].filter((written) => html.includes(written));
  return writings.some(
    (written) =>
      [`src="${written}"`, `src="${written}?`, `poster="${written}"`].some((shown) => html.includes(shown)) || inSizes(html, written),
  );
};

const inSizes = (html: string, written: string): boolean =>
  [...html.matchAll(/srcset="([^"]*)"/g)].some(([, sizes = ""]) => sizes.split(/[\s,]+/).includes(written));
