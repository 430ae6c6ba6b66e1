import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from "markdown-it";
import { isCalloutName, titleOfCalloutKind } from "./templates/callouts.ts";

/**
 * kramdown, Pandoc, Goldmark and Docusaurus write attributes after the text that they apply to (`{: .note}`, `{#id .class}`,
 * `{::nomarkdown}`); they are removed. A heading keeps its id, a class that names an admonition makes a quotation, and a placeholder for a
 * table of contents goes.
 */
export function useAttributeLists(engine: MarkdownIt): void {
  const alt = ["paragraph", "reference", "blockquote", "list", "table"];
  engine.block.ruler.before("table", "attribute-list", attributeLine, { alt });
  engine.inline.ruler.before("html_inline", "attribute-list", attributesBehind);
  engine.core.ruler.after("block", "attribute-lists", apply);
}

const VALUE = String.raw`[\w:-]{1,60}=(?:"[^"\n{}]{0,200}"|'[^'\n{}]{0,200}'|[^\s"'{}]{1,200})`;
const NAME = String.raw`[#.][\p{L}\w:./-]{1,100}`;
const LIST = String.raw`\{(?::{1,2}[ \t]{0,9}(?=[.#\w/])[^{}\n]{0,300}|:/[\w]{0,30}|[ \t]{0,9}(?:${NAME}|${VALUE})(?:[ \t]{1,9}(?:${NAME}|${VALUE})){0,20}[ \t]{0,9})\}`;
const LINE = new RegExp(`^(?:${LIST}[ \\t]{0,9}){1,9}$`, "u");
const HERE = new RegExp(LIST, "uy");
const AT_END = new RegExp(`(?:^|[ \\t\\n]+)(?:${LIST}[ \\t]{0,9}){1,5}$`, "u");
const AT_START = new RegExp(`^${LIST}[ \\t]{0,9}\\n`, "u");
/** A list, a placeholder for a table of contents, or a space that is no blank of Markdown in front of either. */
const MAY_BEGIN = /[{[\s]/;
const CONTENTS = /^(?:\[\[_?toc_?\]\]|\[toc\]|\[\[_?table[ _]of[ _]contents_?\]\])$/i;

function attributeLine(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (!MAY_BEGIN.test(state.src[start] ?? "")) return false;
  const line = state.src.slice(start, state.eMarks[startLine]).trim();
  if (line.length > 1000 || !(LINE.test(line) || CONTENTS.test(line))) return false;
  if (silent) return true;
  const token = state.push("attribute_list", "", 0);
  token.content = line;
  token.map = [startLine, startLine + 1];
  token.hidden = true;
  state.line = startLine + 1;
  return true;
}

/** Removes attributes directly after a link, picture, code or emphasis. */
function attributesBehind(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x7b) return false;
  const isKramdownTag = state.src[state.pos + 1] === ":" && /[:/]/.test(state.src[state.pos + 2] ?? "");
  if (!isKramdownTag && !isBehindSpan(state)) return false;
  HERE.lastIndex = state.pos;
  if (!HERE.test(state.src) || HERE.lastIndex > state.posMax) return false;
  state.pos = HERE.lastIndex;
  if (!silent && state.pending === "" && state.tokens.length === 0) state.push("text", "", 0).content = "";
  return true;
}

const SPANS: ReadonlySet<string> = new Set(["link_close", "image", "code_inline"]);

/**
 * Brackets and parentheses in text (`f(x){n=1}`) take no attributes. Emphasis is not paired yet at this point, so an earlier mark must be
 * able to open it.
 */
function isBehindSpan({ pending, tokens, delimiters }: StateInline): boolean {
  const last = tokens.at(-1);
  if (pending !== "" || last === undefined) return false;
  if (SPANS.has(last.type)) return true;
  const mark = delimiters.at(-1);
  if (mark?.token !== tokens.length - 1 || !mark.close) return false;
  return delimiters.slice(-MOST_MARKS, -1).some(({ open, marker, token }) => open && marker === mark.marker && token < tokens.length - 2);
}

const MOST_MARKS = 50;

/**
 * The title of the admonition that an attribute list makes of its block: `{: .note}`, `{: .notice--warning}`. Undefined if it makes none.
 */
function remarkIn(list: string): string | undefined {
  for (const [, name = ""] of list.matchAll(/\.([\w-]{1,60})/g)) {
    const parts = name
      .toLowerCase()
      .split(/-+/)
      .filter((part) => part !== "title");
    const kind = parts.length <= 2 && isCalloutName(parts[0] ?? "") ? parts.at(-1) : undefined;
    if (kind !== undefined) return titleOfCalloutKind(kind) || titleOfCalloutKind(parts[0] ?? "");
  }
  return undefined;
}

function apply(state: StateCore): void {
  if (!/\{|\[_?t/i.test(state.src)) return;
  const made: Token[] = [];
  let waiting: { readonly title: string; readonly level: number } | undefined;
  // The start of the block before a list, kept because a long block may have many lists after it.
  let start: number | undefined;
  for (const [index, token] of state.tokens.entries()) {
    if (token.type !== "attribute_list") {
      if (token.type === "inline") withoutLists(token, state.tokens[index - 1]);
      made.push(token);
      start = undefined;
      if (waiting !== undefined && token.nesting <= 0 && token.level === waiting.level) {
        box(state, made, blockStart(made), waiting.title);
        waiting = undefined;
      }
      continue;
    }
    const line = token.map?.[0] ?? 0;
    const title = remarkIn(token.content);
    const isContents = /^\{:\s*toc\b/i.test(token.content);
    if (title === undefined && !isContents) continue;
    start ??= blockStart(made);
    const before = made[start];
    const isBehind = before?.map?.[1] === line && before.level === token.level && before.nesting >= 0;
    if (isContents && isBehind && /_list_open$/.test(before?.type ?? "")) made.length = start;
    else if (title !== undefined && isBehind) box(state, made, start, title);
    else if (title !== undefined && state.tokens[index + 1]?.map?.[0] === line + 1) waiting = { title, level: token.level };
  }
  state.tokens = made;
}

/** The index at which the last block in `tokens` begins. */
function blockStart(tokens: readonly Token[]): number {
  let depth = 0;
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    depth -= tokens[index]?.nesting ?? 0;
    if (depth <= 0) return depth < 0 ? index + 1 : index;
  }
  return 0;
}

/** Wraps a block in a quotation unless it already is one. */
function box(state: StateCore, tokens: Token[], start: number, title: string): void {
  const first = tokens[start];
  if (first === undefined) return;
  const heading = title === "" ? [] : titleTokens(state, title);
  if (first.type === "blockquote_open") tokens.splice(start + 1, 0, ...heading);
  else {
    tokens.splice(start, 0, block(state, "blockquote_open", "blockquote", 1), ...heading);
    tokens.push(block(state, "blockquote_close", "blockquote", -1));
  }
}

function block(state: StateCore, type: string, tag: string, nesting: Token["nesting"]): Token {
  const token = new state.Token(type, tag, nesting);
  token.block = true;
  return token;
}

function titleTokens(state: StateCore, title: string): readonly Token[] {
  const inline = block(state, "inline", "", 0);
  Object.assign(inline, { content: title, children: [], meta: { isTitle: true } });
  return [block(state, "paragraph_open", "p", 1), inline, block(state, "paragraph_close", "p", -1)];
}

/** Removes attribute lists from the end and the first line of a heading or paragraph. */
function withoutLists(token: Token, opening: Token | undefined): void {
  if (!/[{]/.test(token.content)) return;
  const isHeading = opening?.type === "heading_open";
  if (!isHeading && opening?.type !== "paragraph_open") return;
  const text = token.content.replace(AT_START, "");
  const end = text.slice(-1000);
  const list = AT_END.exec(end)?.[0];
  token.content = list === undefined ? text : text.slice(0, text.length - list.length);
  const id = isHeading ? /[{ \t]#([\p{L}\w:.-]{1,100})/u.exec(list ?? "")?.[1] : undefined;
  if (id !== undefined) opening?.attrSet("id", id);
}

/** A line without its trailing attribute lists. */
export const endsWithoutList = (line: string): string => (line.length > 2000 ? line : line.replace(AT_END, ""));
