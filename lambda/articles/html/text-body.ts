import { spend } from "../model/budget.ts";

/** Plain text as HTML: blank lines separate paragraphs; without any, every line is a paragraph. */
export function textToHtml(text: string): string {
  const body = text.trim();
  if (body === "") return "";
  const paragraphs = /\n[^\S\n]*\n/.test(body) ? body.split(/\n(?:[^\S\n]*\n)+/) : body.split("\n");
  return paragraphs
    .map(tidy)
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => `<p>${escapeMarkup(paragraph)}</p>`)
    .join("\n");
}

/** Trims every line. */
function tidy(paragraph: string): string {
  spend("nodes");
  return paragraph
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}

const escapeMarkup = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
