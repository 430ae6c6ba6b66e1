import MarkdownIt, { type Token } from "markdown-it";
import { mostOf } from "../html/tree/size-limit.ts";
import { plainPath } from "../links/plain-address.ts";
import { spend } from "../model/budget.ts";
import { lineAt } from "../model/xml-text.ts";
import { useAdmonitions } from "./admonitions.ts";
import { useAttributeLists } from "./attribute-lists.ts";
import { useAutolinks } from "./autolinks.ts";
import { useFootnotes } from "./footnotes.ts";
import { useHighlights } from "./highlights.ts";
import { useQuickTokens } from "./quick-tokens.ts";
import { useRawHtml } from "./raw-html.ts";
import { useTaskLists } from "./task-list.ts";
import { embeddedIn, useWikiLinks } from "./wiki-links.ts";

/** The engine and its version, a part of the parser's fingerprint: another engine may make other bytes. */
export const MARKDOWN_ENGINE = "markdown-it 15.0.3";

/** Blocks in blocks, two levels for each list. */
const DEEPEST = 128;

/** CommonMark, tables, strikethrough, bare addresses, footnotes and task lists. Raw HTML passes: what comes out is made safe like any other HTML. */
const engine = new MarkdownIt({ html: true, typographer: false });
engine.set({ maxNesting: 2 * DEEPEST });
useQuickTokens(engine);
useRawHtml(engine);
useAutolinks(engine);
useFootnotes(engine);
useTaskLists(engine);
useAdmonitions(engine);
useAttributeLists(engine);
useWikiLinks(engine);
useHighlights(engine);

const normalizeLink = engine.normalizeLink.bind(engine);
engine.normalizeLink = (address) => (plainPath(address) === undefined ? normalizeLink(address) : address);

// The engine leaves out what is nested deeper than its limit; before that limit, the rest becomes one paragraph. Blocks that leave no
// mark (divisions) raise no level, so the calls are counted as well.
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

// Of a link that is begun again and again and never ended, the engine looks for the end as often as links may be nested.
const skipToken = engine.inline.skipToken.bind(engine.inline);
engine.inline.skipToken = (state) => {
  spend("steps");
  skipToken(state);
};

// The engine aligns cells by `style`, which no allow-list lets pass; the attribute says the same.
for (const rule of ["td_open", "th_open"]) {
  engine.renderer.rules[rule] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index];
    const align = /^text-align:(left|center|right)$/.exec(String(token?.attrGet("style") ?? ""))?.[1];
    if (token !== undefined && align !== undefined) token.attrs = [["align", align]];
    return renderer.renderToken(tokens, index, options);
  };
}

/**
 * HTML, balanced where the text has none of its own; `cut`: blocks were nested deeper than anybody reads. Undefined: one long
 * address or title, referred to again and again, would make it many times as long as the text.
 */
export function markdownToHtml(markdown: string, isMdx = false): Rendered | undefined {
  spend("lines", lineAt(markdown, markdown.length));
  const env = { cut: false, depth: 0 };
  // MDX has no indented code (a component's children are indented).
  if (isMdx) engine.disable("code");
  else engine.enable("code");
  const tokens = engine.parse(markdown, env);
  if (attributesIn(tokens) > mostOf(markdown)) return undefined;
  const html = engine.renderer.render(tokens, engine.options, env);
  return html.length > mostOf(markdown) ? undefined : { html, cut: env.cut, embedded: embeddedIn(env) };
}

/** `embedded`: notes that stand for themselves by name, where the author shows their text. */
export type Rendered = { readonly html: string; readonly cut: boolean; readonly embedded: readonly string[] };

/** Characters of all addresses and titles, which the tokens of one reference share. */
function attributesIn(tokens: readonly Token[]): number {
  let length = 0;
  for (const { attrs, children } of tokens) {
    for (const [, value] of attrs ?? []) length += String(value).length;
    if (children !== null) length += attributesIn(children);
  }
  return length;
}
