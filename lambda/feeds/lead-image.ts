import type { Image } from "../articles/article.ts";
import { htmlText } from "./text.ts";

/** The body with its lead image at the head, unless it shows it already: in the body is where every reader looks for it. */
export const withLeadImage = (html: string, image: Image | undefined): string => {
  if (image === undefined || shows(html, image.url)) return html;
  const size = [image.width === undefined ? "" : ` width="${image.width}"`, image.height === undefined ? "" : ` height="${image.height}"`];
  return `<p><img src="${htmlText(image.url)}" alt="${htmlText(image.alt ?? "")}"${size.join("")}></p>\n${html}`;
};

/**
 * As a picture: a link to its address shows nothing, and a longer address is another picture, unless a query alone makes it longer
 * (another size of it). The body may hold the address as it is or with each character escaped that ends a value somewhere.
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
