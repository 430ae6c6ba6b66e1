import { directionOf } from "../../../articles/language/direction.ts";
import { htmlText } from "../../../feeds/model/text.ts";
import { STYLE } from "../../../feeds/pages/page-style.ts";
import type { ImportedArticle } from "../../../operator/import/model/imported.ts";

/** `homes`: addresses of the site, which lead to this server instead. */
type Around = { readonly language: string; readonly origin: string; readonly homes: readonly string[] };

/** An entry as a reader shows it, as a document for a frame. Links open in a tab of their own. */
export function renderedEntry({ title = "", html, summary = "", published, authors }: ImportedArticle, around: Around): string {
  const { language, origin, homes } = around;
  const byline = [authors.map(({ name }) => name).join(", "), published?.slice(0, 10) ?? ""].filter((word) => word !== "");
  const body = html === "" ? `<p>${htmlText(summary)}</p>` : ledHere(html, homes, origin);
  return `${[
    "<!doctype html>",
    `<html lang="${htmlText(language)}" dir="${directionOf(language)}">`,
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${htmlText(title)}</title>`,
    `<base href="${htmlText(`${origin}/`)}" target="_blank">`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    `<main class="story">`,
    `<h1>${htmlText(title)}</h1>`,
    `<p class="faint">${htmlText(byline.join(" · "))}</p>`,
    `<div class="body">${body}</div>`,
    "</main>",
    "</body>",
    "</html>",
  ].join("\n")}\n`;
}

/** The same HTML with the site's own addresses in its tags leading to this server. */
function ledHere(html: string, homes: readonly string[], origin: string): string {
  return html.replaceAll(/<[a-z][^>]*>/gi, (tag) => homes.reduce((led, home) => led.replaceAll(home, `${origin}/`), tag));
}
