import type { Image } from "../articles/article.ts";
import { htmlText } from "./text.ts";

/** The body with its lead image at the head, unless it shows it already: in the body is where every reader looks for it. */
export const withLeadImage = (html: string, image: Image | undefined): string => {
  if (image === undefined || html.includes(htmlText(image.url)) || html.includes(image.url)) return html;
  const size = [image.width === undefined ? "" : ` width="${image.width}"`, image.height === undefined ? "" : ` height="${image.height}"`];
  return `<p><img src="${htmlText(image.url)}" alt="${htmlText(image.alt ?? "")}"${size.join("")}></p>\n${html}`;
};
