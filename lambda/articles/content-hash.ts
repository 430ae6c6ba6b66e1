import { hash } from "node:crypto";
import { type MediaReference, placedAt, withMedia } from "./links/media-mark.ts";
import type { Article } from "./model/article.ts";

type Content = Pick<Article, "title" | "html" | "summary" | "image" | "correction" | "canceled">;

/**
 * SHA-256, in hexadecimal, of what readers would call the content: title, body with its note of correction, summary and lead image; and
 * that it is withdrawn, which is shown in its place. Dates and names are not in it, nor the folder of a file beside the article: an
 * article that moves with its pictures is the same article.
 */
export function contentHash({ title, html, summary, image, correction, canceled }: Content): string {
  const shown = [title, withMedia(html, unplaced), summary, image === undefined ? null : placedAt(image.url, unplaced), image?.alt ?? null];
  const said = correction === undefined && canceled === undefined ? [] : [correction ?? null, canceled ?? null];
  return hash("sha256", JSON.stringify([...shown, ...said]));
}

const unplaced = ({ key, rooted }: MediaReference): string => (rooted ? `/${key}` : key.slice(key.lastIndexOf("/") + 1));
