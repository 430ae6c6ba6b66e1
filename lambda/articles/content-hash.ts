import { createHash } from "node:crypto";
import type { Article } from "./article.ts";
import { withMedia } from "./media-mark.ts";

/**
 * SHA-256, in hexadecimal, of what readers would call the content: title, body, summary and lead image. Dates and names are not in it,
 * nor the folder of a file beside the article: an article that moves with its pictures is the same article.
 */
export function contentHash({ title, html, summary, image }: Pick<Article, "title" | "html" | "summary" | "image">): string {
  const shown = [title, unplaced(html), summary, image === undefined ? null : unplaced(image.url), image?.alt ?? null];
  return createHash("sha256").update(JSON.stringify(shown)).digest("hex");
}

const unplaced = (text: string): string => withMedia(text, ({ key, rooted }) => (rooted ? `/${key}` : key.slice(key.lastIndexOf("/") + 1)));
