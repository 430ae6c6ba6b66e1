import Markdown, { type Env, type MarkdownIt, type StateBlock, type StateCore, type Token } from "markdown-it";
import { isTakenWhole } from "../html/tree/tag-meaning.ts";

/**
 * Unclosed raw HTML swallows the rest of a text: in CommonMark (4.6) the rest is not read as Markdown, in a browser it may vanish. Here an
 * unclosed tag is text, and an unclosed comment ends at the next blank line.
 */
export function useRawHtml(engine: MarkdownIt): void {
  const rule = ruleOf("html_block");
  engine.block.ruler.at("html_block", (state, startLine, endLine, silent) => htmlBlock(rule, state, startLine, endLine, silent), {
    alt: ["paragraph", "reference", "blockquote"],
  });
  engine.core.ruler.after("linkify", "stray_tags", strayTags);
}

type Rule = (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;

/** One of the engine's own rules. */
function ruleOf(name: string): Rule {
  const { ruler } = new Markdown("commonmark").block;
  ruler.enableOnly([name]);
  return ruler.getRules("")[0] as Rule;
}

const OPENS = /^<(?:(script|pre|style|textarea)(?=[\s>]|$)|(!--))/i;

function htmlBlock(rule: Rule, state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const [, tag, comment] = OPENS.exec(state.src.slice(start, start + 20)) ?? [];
  const end = tag !== undefined ? `</${tag.toLowerCase()}` : comment !== undefined ? "-->" : undefined;
  if (end === undefined || lastOf(end, state) > start) return rule(state, startLine, endLine, silent);
  const isIndentedCode = (state.sCount[startLine] ?? 0) - state.blkIndent >= 4;
  if (tag !== undefined || isIndentedCode) return false;
  let line = startLine + 1;
  while (line < endLine && !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent) line += 1;
  if (!silent) state.line = line;
  return true;
}

/** For each text, the last position of each end. */
const ends = new WeakMap<Env, Map<string, number>>();

function lastOf(end: string, { src, env }: StateBlock): number {
  const known = ends.get(env) ?? new Map<string, number>();
  ends.set(env, known);
  const found = known.get(end) ?? src.toLowerCase().lastIndexOf(end);
  known.set(end, found);
  return found;
}

const isHtml = ({ type }: Token): boolean => type === "html_inline";

const TAG = /^<(\/?)([a-z][a-z0-9-]*)/i;

/** "The <title> of a page" must not open what another paragraph closes. (Vector images may hold blank lines.) */
function strayTags({ src, tokens }: StateCore): void {
  if (!src.includes("<") && !src.includes("![[")) return;
  for (const { children } of tokens) {
    if (children?.some(isHtml) !== true) continue;
    const open = new Map<string, Token[]>();
    for (const token of children.filter(isHtml)) {
      const [, slash, written = ""] = TAG.exec(token.content) ?? [];
      const name = written.toLowerCase();
      if (!isTakenWhole(name) || name === "svg" || name === "math" || token.content.endsWith("/>")) continue;
      const others = open.get(name) ?? [];
      open.set(name, others);
      if (slash === "") others.push(token);
      else others.pop();
    }
    for (const token of [...open.values()].flat()) token.type = "text";
  }
}
