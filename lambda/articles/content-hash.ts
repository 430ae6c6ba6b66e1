import { hash } from "node:crypto";
import { type MediaReference, placedAt } from "./links/media-mark.ts";
import type { Article } from "./model/article.ts";

/** What the author wrote: absent title and summary are taken from the text, which is part of the content anyway. */
type Content = Pick<Article, "image" | "correction" | "canceled"> & {
  readonly title: string | undefined;
  readonly summary: string | undefined;
  /** The body as it stands in the file, decoded. */
  readonly text: string;
};

/**
 * A SHA-256, in hexadecimal, of what readers would call the content: title, summary, text, lead image and correction, and a withdrawal,
 * which replaces them. It never depends on how a body is rendered, so no other parser moves a date. Dates and names are not part of it, nor
 * are blanks at the ends of lines, nor is the folder of a lead image next to the article: an article that moves with its pictures stays the
 * same.
 */
export function contentHash({ title, summary, text, image, correction, canceled }: Content): string {
  const shown = [title ?? null, summary ?? null];
  const picture = image === undefined ? [null] : [placedAt(image.url, unplaced), image.alt ?? null];
  const facts = JSON.stringify([...shown, picture, correction ?? null, canceled ?? null]);
  return hash("sha256", `${facts}\n${withoutTrailingBlanks(text)}`).slice(0, 32);
}

function withoutTrailingBlanks(text: string): string {
  if (!hasTrailingBlanks(text)) return text.trim();
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

/** Looks only before line ends, which takes a third of the time of a search through the text. */
function hasTrailingBlanks(text: string): boolean {
  for (let at = text.indexOf("\n", 1); at !== -1; at = text.indexOf("\n", at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before !== 0x0a && (before <= 0x20 || before >= 0x80) && BLANK.test(text[at - 1] ?? "")) return true;
  }
  return false;
}

const BLANK = /\s/;

const unplaced = ({ key, rooted }: MediaReference): string => (rooted ? `/${key}` : key.slice(key.lastIndexOf("/") + 1));
