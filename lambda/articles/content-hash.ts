import { hash } from "node:crypto";
import { type MediaReference, placedAt, withMedia } from "./links/media-mark.ts";
import type { Article } from "./model/article.ts";

type Content = Pick<Article, "title" | "html" | "summary" | "image" | "correction" | "canceled">;

/**
 * SHA-256, in hexadecimal, of what readers would call the content: title, body, correction, summary and lead image, and a withdrawal, which
 * replaces them. Dates and names are not part of it, nor is the folder of a file next to the article: an article that moves with its
 * pictures stays the same.
 */
export function contentHash({ title, html, summary, image, correction, canceled }: Content): string {
  const shown = [title, withMedia(html, unplaced), summary, image === undefined ? null : placedAt(image.url, unplaced), image?.alt ?? null];
  const said = correction === undefined && canceled === undefined ? [] : [correction ?? null, canceled ?? null];
  return hash("sha256", JSON.stringify([...shown, ...said]));
}

const unplaced = ({ key, rooted }: MediaReference): string => (rooted ? `/${key}` : key.slice(key.lastIndexOf("/") + 1));
