import { createHash } from "node:crypto";
import type { Article } from "./article.ts";

/** SHA-256, in hexadecimal, of what readers would call the content: title, body, summary and lead image. Dates and names are not in it. */
export function contentHash({ title, html, summary, image }: Pick<Article, "title" | "html" | "summary" | "image">): string {
  return createHash("sha256")
    .update(JSON.stringify([title, html, summary, image?.url ?? null, image?.alt ?? null]))
    .digest("hex");
}
