import Markdown, { type Delimiter, type Env, type MarkdownIt, type StateInline, type Token } from "markdown-it";

import { spend } from "../model/budget.ts";

type Nesting = Token["nesting"];
type Meta = StateInline["tokens_meta"][number];

/** What the engine makes most often, a token a few letters of text, with its fields laid out at once and the engine's own methods. */
class QuickToken {
  type: string;
  tag: string;
  nesting: Nesting;
  attrs: Token["attrs"] = null;
  map: Token["map"] = null;
  level = 0;
  children: Token["children"] = null;
  content = "";
  markup = "";
  info = "";
  meta: Token["meta"] = null;
  block = false;
  hidden = false;

  constructor(type: string, tag: string, nesting: Nesting) {
    spend("nodes");
    this.type = type;
    this.tag = tag;
    this.nesting = nesting;
  }
}
Object.setPrototypeOf(QuickToken.prototype, Markdown.Token.prototype);
const Made = QuickToken as unknown as typeof Token;

class QuickBlock extends Markdown.StateBlock {
  override push(type: string, tag: string, nesting: Nesting): Token {
    const token = new Made(type, tag, nesting);
    token.block = true;
    token.level = nesting < 0 ? this.level - 1 : this.level;
    this.level += nesting;
    this.tokens.push(token);
    return token;
  }
}

/** The state of one run of text within a line, of which there are as many as paragraphs. */
class QuickInline {
  src: string;
  md: MarkdownIt;
  env: Env;
  tokens: Token[];
  tokens_meta: Meta[];
  posMax: number;
  pos = 0;
  level = 0;
  pending = "";
  pendingLevel = 0;
  cache: Record<number, number> = {};
  backticks: Record<number, number> = {};
  backticksScanned = false;
  skipHtmlSpecial = false;
  linkLevel = 0;
  delimiters: Delimiter[] = [];
  _prev_delimiters: Delimiter[][] = [];
  Token = Made;

  constructor(src: string, md: MarkdownIt, env: Env, tokens: Token[]) {
    this.src = src;
    this.md = md;
    this.env = env;
    this.tokens = tokens;
    this.tokens_meta = Array(tokens.length);
    this.posMax = src.length;
  }

  pushPending(): Token {
    const token = new Made("text", "", 0);
    token.content = this.pending;
    token.level = this.pendingLevel;
    this.tokens.push(token);
    this.pending = "";
    return token;
  }

  /** What opens begins a list of delimiters of its own, and what closes goes back to the one around it. */
  push(type: string, tag: string, nesting: Nesting): Token {
    if (this.pending !== "") this.pushPending();
    const token = new Made(type, tag, nesting);
    token.level = nesting < 0 ? this.level - 1 : this.level;
    this.level += nesting;
    this.pendingLevel = this.level;
    let meta: Meta;
    if (nesting < 0) this.delimiters = this._prev_delimiters.pop() ?? [];
    if (nesting > 0) {
      this._prev_delimiters.push(this.delimiters);
      this.delimiters = [];
      meta = { delimiters: this.delimiters };
    }
    this.tokens.push(token);
    this.tokens_meta.push(meta);
    return token;
  }
}
Object.setPrototypeOf(QuickInline.prototype, Markdown.StateInline.prototype);

/**
 * Markdown-it 15 is built so that each field of a token is defined by a call of its own, which takes an eighth of the time in which
 * articles are parsed. Its tokens and states, made in another way: a law holds them to the engine's.
 */
export function useQuickTokens(engine: MarkdownIt): void {
  engine.block.State = QuickBlock;
  engine.inline.State = QuickInline as unknown as typeof StateInline;
}
