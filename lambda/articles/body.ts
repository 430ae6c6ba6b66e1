import type { Root } from "hast";
import type { Field } from "./front-matter/field.ts";
import { continuesSentence, headlineOf, LONGEST_LINE } from "./html/heading.ts";
import { htmlDocument } from "./html/html-document.ts";
import { fastParse } from "./html/tree/fast-parse.ts";
import { LENGTH_EXCEEDED, PARTS_EXCEEDED } from "./html/tree/size-limit.ts";
import { parseHtml, type RawTree, type SafeTree, safeTree } from "./html/tree/tree.ts";
import { markdownToTree } from "./markdown/markdown.ts";
import { withoutJsx } from "./markdown/mdx/mdx.ts";
import { markLiteralTags } from "./markdown/templates/literal-tags.ts";
import { type Losses, NO_LOSSES, withoutTemplates } from "./markdown/templates/templates.ts";
import { spend, withinBudget } from "./model/budget.ts";
import type { Remark } from "./model/remark.ts";

export type SourceFormat = "markdown" | "mdx" | "html" | "text";

/** A file's form, by the extension of its key; whatever is neither Markdown nor HTML is plain text. */
export function sourceFormatOf(key: string): SourceFormat {
  if (/\.mdx$/i.test(key)) return "mdx";
  if (/\.(?:md|markdown|mdoc|mkd|mdown)$/i.test(key)) return "markdown";
  return /\.(?:html?|xhtml)$/i.test(key) ? "html" : "text";
}

/** A body as a safe tree (addresses as written), its own headline, and the fields from an HTML page's head. */
export type Body = {
  readonly tree: Root;
  /** Called only if front matter has no title. `own`: the page's address; losing a link to it does no harm. */
  readonly headline: (own?: string) => { readonly title: string; readonly rest: Root } | undefined;
  readonly fields: readonly Field[];
  readonly cut: boolean;
  /** The addresses of embedded pages that were left out. */
  readonly frames: readonly string[];
  /** The options of the lists of choices that were left out. */
  readonly choices: readonly string[];
  /** Why no body was made: it would be many times longer than its source, or has more parts than any reader wants. */
  readonly refusal?: Remark;
  /** Template tags and components that were left out. */
  readonly losses: Losses;
};

export function bodyOf(form: SourceFormat, text: string): Body {
  try {
    return withinBudget(() => madeOf(form, text)) ?? refused(PARTS_EXCEEDED);
  } catch (error) {
    // Something is nested too deep for the call stack, and none of our bounds caught it.
    if (isOverflow(error)) return refused(PARTS_EXCEEDED);
    throw error;
  }
}

export const isOverflow = (error: unknown): boolean => error instanceof RangeError && error.message.includes("call stack");

function madeOf(form: SourceFormat, text: string): Body {
  if (form === "markdown" || form === "mdx") return fromMarkdown(text, form);
  if (form === "text") return fromText(text);
  const { text: plain, losses } = withoutTemplates(text, "html");
  const { body, fields } = htmlDocument(plain);
  return settled({ ...fromTree(body, fields), losses }, plain);
}

function settled(body: Body, text: string): Body {
  markLiteralTags(body.tree, text);
  return body;
}

function fromMarkdown(written: string, form: "markdown" | "mdx"): Body {
  const script = withoutJsx(written, form === "mdx");
  const { text, losses: ofTags } = withoutTemplates(script.text, script.isMdx ? "mdx" : "markdown");
  const made = markdownToTree(text, script.isMdx);
  const losses = { ...ofTags, dropped: [...script.dropped, ...ofTags.dropped, ...(made?.embedded ?? [])] };
  if (made === undefined) return refused(LENGTH_EXCEEDED);
  const tree = made.tree ?? fastParse(made.html);
  if (tree !== undefined) return settled({ ...fromSafe({ tree, cut: made.cut, frames: [], choices: [] }, []), losses }, text);
  const raw = parseHtml(made.html, HTML_MARK.test(text) ? "markdown" : "generated");
  return settled({ ...fromTree({ ...raw, cut: raw.cut || made.cut }, []), losses }, text);
}

const refused = (refusal: Remark): Body => ({
  ...fromSafe({ tree: { type: "root", children: [] }, cut: false, frames: [], choices: [] }, []),
  refusal,
});

/** The start of raw HTML in Markdown. */
const HTML_MARK = /<[A-Za-z/!?]/;

const fromTree = (raw: RawTree, fields: readonly Field[]): Body => fromSafe(safeTree(raw), fields);

function fromSafe({ tree, cut, frames, choices }: SafeTree, fields: readonly Field[]): Body {
  return { tree, cut, frames, choices, losses: NO_LOSSES, fields, headline: (own) => headlineOf(tree, own) };
}

/** The first line of a plain text is its headline unless it is too long or its sentence goes on in the next line. */
function fromText(text: string): Body {
  const body = text.trim();
  const end = body.indexOf("\n");
  const first = end === -1 ? body : body.slice(0, end).trim();
  const asTree = (part: string): Root => safeTree(parseHtml(textToHtml(part), "generated")).tree;
  return {
    tree: asTree(body),
    cut: false,
    frames: [],
    choices: [],
    losses: NO_LOSSES,
    fields: [],
    headline: () =>
      first === "" || first.length > LONGEST_LINE || (end !== -1 && continuesSentence(body.slice(end + 1, end + 20)))
        ? undefined
        : { title: first, rest: asTree(end === -1 ? "" : body.slice(end)) },
  };
}

/** Plain text as HTML: blank lines separate paragraphs; without any, every line is a paragraph. */
function textToHtml(text: string): string {
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
