import type { Env, MarkdownIt, StateBlock, StateCore, StateInline, Token } from "markdown-it";

/** A footnote, `[^label]: …`. `number` counts from 1 in the order of first mention; 0 until it is mentioned. */
type Note = { readonly tokens: readonly Token[]; number: number; mentions: number };

/** The notes of one rendering: all by label, and the mentioned ones in order. */
type Notes = { readonly byLabel: Map<string, Note>; readonly mentioned: Note[] };

const kept = new WeakMap<Env, Notes>();

function notesOf(env: Env): Notes {
  const notes = kept.get(env) ?? { byLabel: new Map(), mentioned: [] };
  kept.set(env, notes);
  return notes;
}

/**
 * Footnotes as GitHub and Pandoc write them: `[^1]` in the text, `[^1]: …` at the start of a line, further paragraphs indented. They become
 * an ordered list at the end, with links in both directions. A note that nothing mentions is shown too.
 */
export function useFootnotes(engine: MarkdownIt): void {
  engine.block.ruler.before("reference", "note", definition, { alt: ["paragraph", "reference"] });
  engine.inline.ruler.before("link", "mention", mention);
  engine.core.ruler.after("inline", "notes", appendNotes);
  engine.renderer.rules.mention = (tokens, index) => {
    const { number, again } = (tokens[index]?.meta ?? { number: 0, again: 0 }) as { readonly number: number; readonly again: number };
    return `<sup><a href="#fn${number}" id="${mentionId(number, again)}">[${number}]</a></sup>`;
  };
}

const mentionId = (number: number, again: number): string => `fnref${number}${again === 0 ? "" : `-${again + 1}`}`;

const DEFINITION = /\[\^([^\s[\]]{1,100})\]:[ \t]*/y;
const MENTION = /\[\^([^\s[\]]{1,100})\]/y;

/** A definition ends any paragraph, but counts only at the top level: in quotations and lists, notes could nest without end. */
function definition(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) > 3) return false;
  const lineStart = state.bMarks[startLine] ?? 0;
  DEFINITION.lastIndex = lineStart + (state.tShift[startLine] ?? 0);
  const match = DEFINITION.exec(state.src);
  if (match?.[1] === undefined) return false;
  if (silent) return true;
  if (state.level !== 0 || state.blkIndent !== 0) return false;
  const before = { tShift: state.tShift[startLine] ?? 0, sCount: state.sCount[startLine] ?? 0, parentType: state.parentType };
  const text = DEFINITION.lastIndex;
  const first = state.tokens.length;
  state.bMarks[startLine] = text;
  state.tShift[startLine] = 0;
  state.sCount[startLine] = INDENT;
  state.blkIndent = INDENT;
  state.level += 1;
  state.parentType = "note";
  state.md.block.tokenize(state, startLine, endLine);
  state.parentType = before.parentType;
  state.level -= 1;
  state.blkIndent = 0;
  state.bMarks[startLine] = lineStart;
  state.tShift[startLine] = before.tShift;
  state.sCount[startLine] = before.sCount;
  const { byLabel } = notesOf(state.env);
  const label = state.md.utils.normalizeReference(match[1]);
  const tokens = state.tokens.splice(first);
  if (!byLabel.has(label)) byLabel.set(label, { tokens, number: 0, mentions: 0 });
  return true;
}

/** The indent of a note's further paragraphs. */
const INDENT = 4;

function mention(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x5b) return false;
  MENTION.lastIndex = state.pos;
  const label = MENTION.exec(state.src)?.[1];
  const notes = label === undefined ? undefined : kept.get(state.env);
  const note = notes?.byLabel.get(state.md.utils.normalizeReference(label ?? ""));
  if (notes === undefined || note === undefined || MENTION.lastIndex > state.posMax) return false;
  state.pos = MENTION.lastIndex;
  if (silent) return true;
  if (note.number === 0) note.number = notes.mentioned.push(note);
  state.push("mention", "", 0).meta = { number: note.number, again: note.mentions };
  note.mentions += 1;
  return true;
}

/** Appends the list of notes. A note mentioned only in another note goes after it. */
function appendNotes(state: StateCore): void {
  const notes = kept.get(state.env);
  if (notes === undefined) return;
  const items: Token[] = [];
  const append = (note: Note, number: number): void => {
    const tokens = note.tokens.map((token) => parseInline(token, state));
    items.push(html(state, `<li id="fn${number}">`), ...withLinksBack(state, note, tokens), html(state, "</li>\n"));
  };
  for (let index = 0; index < notes.mentioned.length; index += 1) {
    const note = notes.mentioned[index];
    if (note !== undefined) append(note, index + 1);
  }
  let number = notes.mentioned.length;
  for (const note of notes.byLabel.values()) {
    if (note.number > 0) continue;
    number += 1;
    append(note, number);
  }
  state.tokens.push(html(state, '<section role="doc-endnotes"><hr>\n<ol>\n'));
  for (const item of items) state.tokens.push(item);
  state.tokens.push(html(state, "</ol>\n</section>\n"));
}

function html({ Token }: StateCore, content: string): Token {
  const token = new Token("html_block", "", 0);
  token.content = content;
  return token;
}

function parseInline(token: Token, { md, env }: StateCore): Token {
  if (token.type !== "inline") return token;
  token.children ??= [];
  md.inline.parse(token.content, md, env, token.children);
  return token;
}

/** Puts the links at the end of a note's last paragraph, or after the note if it ends otherwise. */
function withLinksBack(state: StateCore, { number, mentions }: Note, tokens: readonly Token[]): readonly Token[] {
  const links = Array.from({ length: mentions }, (_, again) => `<a href="#${mentionId(number, again)}">↩\uFE0E</a>`).join(" ");
  if (links === "") return tokens;
  const last = tokens.at(-1);
  return last?.type === "paragraph_close" ? [...tokens.slice(0, -1), html(state, ` ${links}`), last] : [...tokens, html(state, links)];
}
