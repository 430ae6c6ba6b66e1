import { type Body, bodyOf, type SourceFormat } from "./body.ts";
import { mayBeMdx } from "./markdown/mdx/mdx.ts";
import { blocksOf } from "./markdown/templates/code-lines.ts";

/** The body of the beginning of a text. `rest`: what follows; empty if the beginning is the whole text. */
export type Beginning = { readonly body: Body; readonly rest: string };

/** Lengths of beginnings to try before the whole text, in characters: the first holds a title and a summary of most articles, hardly more. */
const LENGTHS = [700, 1_500, 6_000];

/**
 * The bodies of longer and longer beginnings of a text, the last of the whole text. A beginning reads exactly as it does in the whole text,
 * so that a title or summary can be taken from it: it ends between two blocks, and holds nothing that a later part could change.
 */
export function* beginningsOf(form: SourceFormat, text: string): Generator<Beginning, void> {
  for (const length of LENGTHS) {
    const end = text.length < length * 2 ? undefined : form === "markdown" ? cutInMarkdown(text, length) : cutInText(form, text, length);
    const definitions = end === undefined || form === "text" ? "" : definitionsFor(text.slice(0, end), text.slice(end));
    if (end === undefined || definitions === undefined) continue;
    const body = bodyOf(form, text.slice(0, end) + definitions);
    if (body.refusal === undefined) yield { body, rest: text.slice(end) };
  }
  yield { body: bodyOf(form, text), rest: "" };
}

/** Plain text is cut at a blank line, after another one: that decides that only blank lines separate paragraphs. HTML and MDX are not cut. */
function cutInText(form: SourceFormat, text: string, least: number): number | undefined {
  const at = form === "text" ? text.slice(least, least * 2).search(BLANK_LINE) : -1;
  return at === -1 || !BLANK_LINE.test(text.slice(0, least + at).trim()) ? undefined : least + at + 1;
}

const BLANK_LINE = /\n[^\S\n]*\n(?=\S)/;

/** Raw HTML, templates, containers, footnotes: what they mean may depend on what follows. An address in angle brackets is none of these. */
const DOUBTFUL = /<(?!https?:\/\/[^<>\s]*>)[A-Za-z/!?]|\{[{%#:]|%%|:::|\[\^|^\s*(?:!!!|\?\?\?)/m;
const TEMPLATES = /\{[{%#:]|%%|<%/;
/** A line that begins a new block, whatever stands before the blank line above it; and an item of a list, which needs no blank line. */
const NEW_BLOCK = /^[^\s{:<]/;
const ITEM = /^[-*+] {1,3}\S/;
/** Syntax of notes, which counts if any part of the text links to a note (wiki-links.ts). */
const OF_NOTES = /==|\^\w/;
const INDENTED_OR_MODULE = /^(?: {4}|\t|import\s|export\s)/m;

function cutInMarkdown(text: string, least: number): number | undefined {
  const blocks = blocksOf(text, "markdown");
  const prose: string[] = [];
  let isAfterBlank = false;
  for (let at = 0; at < least * 2; ) {
    const { isCode, end } = blocks(at);
    const line = text.slice(at, end);
    if (at >= least && !isCode && (ITEM.test(line) || (isAfterBlank && NEW_BLOCK.test(line))))
      return isPlain(text, text.slice(0, at), prose.join("")) ? at : undefined;
    if (!isCode) prose.push(line);
    isAfterBlank = line.trim() === "";
    if (end >= text.length) return undefined;
    at = end;
  }
  return undefined;
}

function isPlain(text: string, beginning: string, prose: string): boolean {
  const words = prose.replace(/`[^`\n]*`/g, "``");
  if (DOUBTFUL.test(words) || TEMPLATES.test(beginning)) return false;
  if (OF_NOTES.test(words) && text.includes("[[")) return false;
  return !(mayBeMdx(text) && INDENTED_OR_MODULE.test(beginning));
}

const LABEL = /\[([^[\]]{1,999})\]/g;
const DEFINED = /\[([^[\]]{1,999})\]:/g;

/**
 * The definitions in the rest of a text of links that its beginning refers to; undefined if they stand where no simple search finds them, or
 * in code, which may be none: a fence inside raw HTML is text.
 */
function definitionsFor(beginning: string, rest: string): string | undefined {
  if (!rest.includes("]:")) return "";
  const used = new Set([...beginning.matchAll(LABEL)].map(([, label = ""]) => normal(label)));
  const definedIn = (text: string) => [...text.matchAll(DEFINED)].filter(([, label = ""]) => used.has(normal(label))).length;
  const all = definedIn(rest);
  if (all === 0) return "";
  const written = withoutCode(rest);
  if (definedIn(written) < all) return undefined;
  const found: string[] = [];
  for (const paragraph of written.split(/\n[ \t]*\n/)) {
    if (definedIn(paragraph) === 0) continue;
    if (!/^\n*\[/.test(paragraph) || DOUBTFUL.test(paragraph)) return undefined;
    found.push(`\n\n${paragraph}`);
  }
  return found.join("");
}

const normal = (label: string): string => label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();

function withoutCode(text: string): string {
  const blocks = blocksOf(text, "markdown");
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const { isCode, end } = blocks(at);
    if (!isCode) parts.push(text.slice(at, end));
    at = end;
  }
  return parts.join("");
}
