import type { MarkdownIt, StateInline, Token } from "markdown-it";

/**
 * `==words==` is a highlight in Obsidian and plain text elsewhere (CommonMark has no such mark), so it counts only if a wiki link shows
 * that the article is such a note (`env.isNote`). In formulas and code, `==` compares.
 */
export function useHighlights(engine: MarkdownIt): void {
  engine.inline.ruler.before("link", "highlight", highlight);
  engine.inline.ruler.before("link", "compared", compared);
}

const HIGHLIGHT = /==(?![\s=])((?:`[^`\n]{1,300}`|=(?!=)|[^=`]){1,1000}?)(?<!\s)==(?![\w=])/y;
const FORMULA = /\$\$[^$]{1,2000}\$\$|\$(?!\s)[^$\n]{1,500}(?<!\s)\$(?!\w)/y;

function highlight(state: StateInline, silent: boolean): boolean {
  const { src, pos, env, md } = state;
  if (src.charCodeAt(pos) !== 0x3d || env.isNote !== true || /[\w=!<>]/.test(src[pos - 1] ?? "")) return false;
  HIGHLIGHT.lastIndex = pos;
  const words = HIGHLIGHT.exec(src)?.[1];
  if (words === undefined || HIGHLIGHT.lastIndex > state.posMax) return false;
  state.pos = HIGHLIGHT.lastIndex;
  if (silent) return true;
  state.push("mark_open", "mark", 1);
  const children: Token[] = [];
  md.inline.parse(words, md, env, children);
  for (const child of children) {
    state.tokens.push(child);
    state.tokens_meta.push(undefined);
  }
  state.push("mark_close", "mark", -1);
  return true;
}

/** Keeps a formula with `==` as text; any other formula is parsed like ordinary text. */
function compared(state: StateInline, silent: boolean): boolean {
  const { src, pos, env } = state;
  if (src.charCodeAt(pos) !== 0x24 || env.isNote !== true) return false;
  FORMULA.lastIndex = pos;
  const formula = FORMULA.exec(src)?.[0];
  if (formula?.includes("==") !== true || FORMULA.lastIndex > state.posMax) return false;
  if (!silent) state.pending += formula;
  state.pos = FORMULA.lastIndex;
  return true;
}
