import MarkdownIt, { type Token as Made } from "markdown-it";
import { spend } from "../model/budget.ts";

const { StateBlock, StateInline, Token } = MarkdownIt;

/**
 * The engine's token with the engine's methods. Its own constructor defines every field by name and took a tenth of the time of a whole
 * article.
 */
class PlainToken {
  readonly type: string;
  readonly tag: string;
  readonly nesting: Made["nesting"];
  readonly attrs = null;
  readonly map = null;
  level: number;
  readonly children = null;
  readonly content = "";
  readonly markup = "";
  readonly info = "";
  readonly meta = null;
  readonly block: boolean;
  readonly hidden = false;

  constructor(type: string, tag: string, nesting: Made["nesting"], level = 0, block = false) {
    // Every token of a block or a line counts toward the budget of its body.
    spend("nodes");
    this.type = type;
    this.tag = tag;
    this.nesting = nesting;
    this.level = level;
    this.block = block;
  }
}
Object.setPrototypeOf(PlainToken.prototype, Token.prototype);

/** The type of the engine's class, which the engine calls with the first three arguments. */
export const CountedToken = PlainToken as unknown as new (
  type: string,
  tag: string,
  nesting: Made["nesting"],
  level?: number,
  block?: boolean,
) => Made;

/** How an opening token changes the level after it, and a closing one the level of itself. */
const opens = (nesting: Made["nesting"]): number => (nesting > 0 ? 1 : 0);
const closes = (nesting: Made["nesting"]): number => (nesting < 0 ? 1 : 0);

/** The engine's states, with tokens that are counted. */
export class CountedBlock extends StateBlock {
  override Token = CountedToken;

  override push(type: string, tag: string, nesting: Made["nesting"]): Made {
    this.level -= closes(nesting);
    const token = new CountedToken(type, tag, nesting, this.level, true);
    this.level += opens(nesting);
    this.tokens.push(token);
    return token;
  }
}

export class CountedInline extends StateInline {
  override Token = CountedToken;

  override push(type: string, tag: string, nesting: Made["nesting"]): Made {
    if (this.pending !== "") this.pushPending();
    this.level -= closes(nesting);
    // Delimiters match only inside one element.
    if (nesting < 0) this.delimiters = this._prev_delimiters.pop() as CountedInline["delimiters"];
    const token = new CountedToken(type, tag, nesting, this.level);
    this.level += opens(nesting);
    if (nesting > 0) {
      this._prev_delimiters.push(this.delimiters);
      this.delimiters = [];
    }
    this.pendingLevel = this.level;
    this.tokens.push(token);
    this.tokens_meta.push(nesting > 0 ? { delimiters: this.delimiters } : undefined);
    return token;
  }

  override pushPending(): Made {
    const token = new CountedToken("text", "", 0, this.pendingLevel);
    token.content = this.pending;
    this.tokens.push(token);
    this.pending = "";
    return token;
  }
}
