import Markdown, { type Delimiter, type Env, type MarkdownIt, type StateInline, type Token } from "markdown-it";

import { spend } from "../model/budget.ts";

type Nesting = Token["nesting"];
type Meta = StateInline["tokens_meta"][number];

/** The engine's most frequent object, one for every few letters of text: with all fields laid out at once, and the engine's own methods. */
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

/** The state of one inline text, of which every paragraph has one. */
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

  /** An opening token begins a new list of delimiters; a closing token returns to the outer one. */
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
 * Makes the tokens and states of markdown-it 15 in another way, because it defines each field of a token by a separate call, which takes an
 * eighth of all parsing time. A law holds them equal to the engine's own.
 */
export function useQuickTokens(engine: MarkdownIt): void {
  engine.block.State = QuickBlock;
  engine.inline.State = QuickInline as unknown as typeof StateInline;
}
