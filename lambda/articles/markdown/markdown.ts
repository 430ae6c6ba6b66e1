import type { Root } from "hast";
import MarkdownIt, { type Token } from "markdown-it";
import { sizeLimitOf } from "../html/tree/size-limit.ts";
import { plainPath } from "../links/plain-address.ts";
import { spend } from "../model/budget.ts";
import { lineAt } from "../model/xml-text.ts";
import { useAdmonitions } from "./admonitions.ts";
import { useAttributeLists } from "./attribute-lists.ts";
import { useAutolinks } from "./autolinks.ts";
import { PlainBlock, PlainInline } from "./counted.ts";
import { useFootnotes } from "./footnotes.ts";
import { useHighlights } from "./highlights.ts";
import { useQuickInline } from "./inline.ts";
import { useRawHtml } from "./raw-html.ts";
import { useTaskLists } from "./task-list.ts";
import { ALIGN, treeOfTokens } from "./token-tree.ts";
import { embeddedIn, useWikiLinks } from "./wiki-links.ts";

/** Nested blocks; a list takes two levels. */
const DEEPEST = 128;

/**
 * CommonMark with tables, strikethrough, bare addresses, footnotes and task lists. Raw HTML passes; it is sanitised later like any other
 * HTML.
 */
const engine = new MarkdownIt({ html: true, typographer: false });
// A decoded text has neither carriage returns nor NUL, but a template may have written one.
engine.core.ruler.at("normalize", (state) => {
  if (state.src.includes("\r") || state.src.includes("\0")) state.src = state.src.replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
});
engine.set({ maxNesting: 2 * DEEPEST });
engine.block.State = PlainBlock;
engine.inline.State = PlainInline;
useRawHtml(engine);
useAutolinks(engine);
useFootnotes(engine);
useTaskLists(engine);
useAdmonitions(engine);
useAttributeLists(engine);
useWikiLinks(engine);
useHighlights(engine);
useQuickInline(engine);

// Most addresses are plain: whatever the engine does to an address leaves them as they are.
const { normalizeLink, normalizeLinkText, validateLink } = engine;
engine.normalizeLink = (address) => (plainPath(address) === undefined ? normalizeLink.call(engine, address) : address);
engine.normalizeLinkText = (address) => (plainPath(address) === undefined ? normalizeLinkText.call(engine, address) : address);
engine.validateLink = (address) => plainPath(address) !== undefined || validateLink.call(engine, address);

// The engine drops what is nested beyond its limit, so before that the rest becomes one paragraph. Divisions leave no mark and raise no
// level, so calls are counted too.
const tokenize = engine.block.tokenize.bind(engine.block);
engine.block.tokenize = (state, startLine, endLine) => {
  const depth = Number(state.env.depth);
  if (state.level < DEEPEST && depth < DEEPEST) {
    state.env.depth = depth + 1;
    tokenize(state, startLine, endLine);
    state.env.depth = depth;
    return;
  }
  state.push("paragraph_open", "p", 1);
  const inline = state.push("inline", "", 0);
  inline.content = state.getLines(startLine, endLine, state.blkIndent, false).trim();
  inline.children = [];
  state.push("paragraph_close", "p", -1);
  state.line = endLine;
  state.env.cut = true;
};

// The engine aligns cells by `style`, which the allow-list drops; the attribute does the same.
for (const rule of ["td_open", "th_open"]) {
  engine.renderer.rules[rule] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index];
    const align = ALIGN.exec(String(token?.attrGet("style") ?? ""))?.[1];
    if (token !== undefined && align !== undefined) token.attrs = [["align", align]];
    return renderer.renderToken(tokens, index, options);
  };
}

/** What Markdown becomes. `embedded`: notes that appear only by name, although the author embedded their text. */
type Made = { readonly cut: boolean; readonly embedded: readonly string[] };

/**
 * HTML, balanced unless the text holds HTML; `cut`: blocks were nested too deep. Undefined: a long address or title, referred to again and
 * again, would make the HTML many times longer than the text.
 */
export function markdownToHtml(markdown: string, isMdx = false): (Made & { readonly html: string }) | undefined {
  const { tokens, ...made } = tokensOf(markdown, isMdx);
  const html = htmlOf(tokens, sizeLimitOf(markdown));
  return html === undefined ? undefined : { html, ...made };
}

/** The same as a safe tree, where that is sure without HTML (token-tree.ts); else as HTML. */
export function markdownToTree(markdown: string, isMdx = false): (Made & { readonly tree?: Root; readonly html: string }) | undefined {
  const { tokens, ...made } = tokensOf(markdown, isMdx);
  const most = sizeLimitOf(markdown);
  const tree = treeOfTokens(tokens, markdown, most, engine.renderer);
  if (tree !== undefined) return { tree, html: "", ...made };
  const html = htmlOf(tokens, most);
  return html === undefined ? undefined : { html, ...made };
}

/** Whether the engine reads indented code. */
let hasCode = true;

function tokensOf(markdown: string, isMdx: boolean): Made & { readonly tokens: Token[] } {
  spend("lines", lineAt(markdown, markdown.length));
  const env = { cut: false, depth: 0 };
  // MDX has no indented code (a component's children are indented). A change makes the engine sort its rules again.
  if (isMdx === hasCode) engine[isMdx ? "disable" : "enable"]("code");
  hasCode = !isMdx;
  const tokens = engine.parse(markdown, env);
  return { tokens, cut: env.cut, embedded: embeddedIn(env) };
}

function htmlOf(tokens: Token[], most: number): string | undefined {
  if (attributesIn(tokens) > most) return undefined;
  const html = engine.renderer.render(tokens, engine.options, {});
  return html.length > most ? undefined : html;
}

/** The total length of addresses and titles, which the tokens of one reference share. */
function attributesIn(tokens: readonly Token[]): number {
  let length = 0;
  for (const { attrs, children } of tokens) {
    for (const [, value] of attrs ?? []) length += String(value).length;
    if (children !== null) length += attributesIn(children);
  }
  return length;
}
