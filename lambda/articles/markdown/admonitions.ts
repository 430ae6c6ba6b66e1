import type { MarkdownIt, StateBlock, StateCore, Token } from "markdown-it";
import { isCalloutKind, isCalloutName, titleOfCalloutKind } from "./templates/callouts.ts";

/**
 * Admonitions become quotations with their title: `:::note[Title]` (Docusaurus, VuePress, MyST), `!!! note "Title"` (MkDocs), `> [!NOTE]`
 * (GitHub, Obsidian). Any other division (`::: columns`) is unwrapped.
 */
export function useAdmonitions(engine: MarkdownIt): void {
  const alt = ["paragraph", "reference", "blockquote", "list"];
  engine.block.ruler.before("fence", "division", division, { alt });
  engine.block.ruler.before("code", "indented-remark", indentedRemark, { alt });
  engine.core.ruler.after("block", "callouts", callouts);
  engine.core.ruler.after("inline", "remark-titles", ({ tokens, Token: Made }: StateCore) => {
    for (const token of tokens) {
      if (token.type !== "inline" || token.meta?.isTitle !== true) continue;
      token.children = [new Made("strong_open", "strong", 1), ...(token.children ?? []), new Made("strong_close", "strong", -1)];
    }
  });
}

const COLONS = /^(:{3,})[ \t]*(.*?)[ \t]*:*$/;
const OPENING =
  /^(?:\{?[ \t]*\.?([\p{L}\w-]+)(?:[^{}[\]\n]{0,200}\})?)?[ \t]*(?:\[(.{0,300})\])?[ \t]*(?:\{[^{}\n]{0,300}\})?[ \t]*((?![{[]).{0,300}?)?[ \t]*(?:\{[^{}\n]{0,300}\})?$/u;

const lineOf = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

/** A division, or a bare `:::` line of tabs and columns, which is dropped. A tab's name becomes its title. */
function division(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const [, colons, words = ""] = COLONS.exec(lineOf(state, startLine).slice(0, 1000)) ?? [];
  if (colons === undefined) return false;
  const [, name = "", label, rest = ""] = OPENING.exec(words) ?? [];
  if (words !== "" && name === "") return false;
  if (silent) return true;
  if (words === "") {
    state.line = startLine + 1;
    return true;
  }
  const end = endOfDivision(state, startLine, endLine, colons.length);
  const title = label ?? rest;
  boxed(
    state,
    { start: startLine, first: startLine + 1, end, isQuoted: isCalloutName(name.toLowerCase()) },
    title === "" ? titleOfCalloutKind(name) : title,
    () => {
      state.md.block.tokenize(state, startLine + 1, end);
    },
  );
  state.line = Math.min(end + 1, endLine);
  return true;
}

/** The line that closes a division, or the end of its container. */
function endOfDivision(state: StateBlock, startLine: number, endLine: number, length: number): number {
  const open = [length];
  let fence: string | undefined;
  for (let line = startLine + 1; line < endLine; line += 1) {
    if ((state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) return line;
    const text = lineOf(state, line).slice(0, 300);
    const mark = /^(?:`{3,}|~{3,})/.exec(text)?.[0];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true) fence = undefined;
      continue;
    }
    if (mark !== undefined) fence = mark;
    const [, colons, words] = COLONS.exec(text) ?? [];
    if (colons === undefined) continue;
    if (words !== "") open.push(colons.length);
    else {
      while (open.length > 1 && (open.at(-1) ?? 0) < colons.length && open.includes(colons.length)) open.pop();
      open.pop();
      if (open.length === 0) return line;
    }
  }
  return endLine;
}

type Span = { readonly start: number; readonly first: number; readonly end: number; readonly isQuoted: boolean };

/** Writes a title, then `inside`; in a quotation if `isQuoted`. */
function boxed(state: StateBlock, { start, end, isQuoted }: Span, title: string, inside: () => void): void {
  const before = { parentType: state.parentType, lineMax: state.lineMax };
  state.parentType = "blockquote";
  state.lineMax = end;
  if (isQuoted) state.push("blockquote_open", "blockquote", 1).map = [start, end];
  if (title !== "") writeTitle(state, title, start);
  inside();
  if (isQuoted) state.push("blockquote_close", "blockquote", -1);
  state.parentType = before.parentType;
  state.lineMax = before.lineMax;
}

function writeTitle(state: StateBlock, title: string, line: number): void {
  state.push("paragraph_open", "p", 1).map = [line, line + 1];
  const inline = state.push("inline", "", 0);
  inline.content = title.replace(/^["'](.*)["']$/, "$1");
  inline.map = [line, line + 1];
  inline.children = [];
  inline.meta = { isTitle: true };
  state.push("paragraph_close", "p", -1);
}

const MKDOCS = /^(!!!|\?\?\?\+?|===\+?!?)[ \t]+(?:([\w-]+(?:[ \t]+[\w-]+){0,5})[ \t]*)?(?:"([^\n]{0,300})")?[ \t]*$/;

/** `!!! note "Title"` and `=== "Tab"`: the lines below, indented by four, belong to it. */
function indentedRemark(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const [, mark, names, title] = MKDOCS.exec(lineOf(state, startLine).slice(0, 500)) ?? [];
  const kind = names?.split(/\s/)[0] ?? "";
  if (mark === undefined || (mark.startsWith("=") ? title === undefined : kind === "")) return false;
  let end = startLine + 1;
  for (let line = end; line < endLine; line += 1) {
    if (state.isEmpty(line)) continue;
    if ((state.sCount[line] ?? 0) < state.blkIndent + 4) break;
    end = line + 1;
  }
  if (end === startLine + 1 && !isCalloutKind(kind)) return false;
  if (silent) return true;
  const { blkIndent } = state;
  boxed(state, { start: startLine, first: startLine + 1, end, isQuoted: !mark.startsWith("=") }, title ?? titleOfCalloutKind(kind), () => {
    state.blkIndent = blkIndent + 4;
    state.md.block.tokenize(state, startLine + 1, end);
    state.blkIndent = blkIndent;
  });
  state.line = end;
  return true;
}

const CALLOUT = /^\[!([\p{L}\w-]{1,40})(?:\|[^\]\n]{0,100})?\][+-]?[ \t]*([^\n]*)(?:\n|$)/u;

/** Makes a title of a quotation's first line if that names a kind (`[!NOTE]`). */
function callouts(state: StateCore): void {
  if (!state.src.includes("[!")) return;
  const made: Token[] = [];
  for (const [index, token] of state.tokens.entries()) {
    made.push(token);
    if (token.type !== "inline" || state.tokens[index - 2]?.type !== "blockquote_open") continue;
    const [line, kind = "", words = ""] = CALLOUT.exec(token.content) ?? [];
    if (line === undefined) continue;
    const rest = token.content.slice(line.length);
    const [open, close] = [state.tokens[index - 1], state.tokens[index + 1]];
    token.content = words === "" ? titleOfCalloutKind(kind) || kind : words;
    token.meta = { isTitle: true };
    if (rest.trim() === "" || open === undefined || close === undefined) continue;
    const text = new state.Token("inline", "", 0);
    Object.assign(text, { content: rest, level: token.level, map: token.map, block: true, children: [] });
    made.push(close, open, text);
  }
  state.tokens = made;
}
