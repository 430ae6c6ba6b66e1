import MarkdownIt, { type Token as Made } from "markdown-it";
import { spend } from "../model/budget.ts";

const { StateBlock, StateInline, Token } = MarkdownIt;

type Nesting = Made["nesting"];
type Delimiters = InstanceType<typeof StateInline>["delimiters"];

/**
 * The engine's token, made by plain assignments. Its own constructor defines every property through a helper of the compiler, which took a
 * fifth of the engine's time.
 */
class PlainToken {
  declare readonly type: string;
  constructor(type: string, tag: string, nesting: Nesting) {
    const token = this as unknown as Made;
    token.type = type;
    token.tag = tag;
    token.attrs = null;
    token.map = null;
    token.nesting = nesting;
    token.level = 0;
    token.children = null;
    token.content = "";
    token.markup = "";
    token.info = "";
    token.meta = null;
    token.block = false;
    token.hidden = false;
  }
}
Object.setPrototypeOf(PlainToken.prototype, Token.prototype);

/** Every token of a block or a line counts toward the budget of its body. */
function counted(type: string, tag: string, nesting: Nesting): Made {
  spend("nodes");
  return new PlainToken(type, tag, nesting) as unknown as Made;
}

/** The token that rules make with `new`. */
class CountedToken extends PlainToken {
  constructor(type: string, tag: string, nesting: Nesting) {
    spend("nodes");
    super(type, tag, nesting);
  }
}

/** `push` does what the engine's own does, with tokens of ours. */
export class CountedBlock extends StateBlock {
  override push(type: string, tag: string, nesting: Nesting): Made {
    const token = counted(type, tag, nesting);
    token.block = true;
    if (nesting < 0) this.level -= 1;
    token.level = this.level;
    if (nesting > 0) this.level += 1;
    this.tokens.push(token);
    return token;
  }
}

export class CountedInline extends StateInline {
  override Token = CountedToken as unknown as typeof Token;

  override push(type: string, tag: string, nesting: Nesting): Made {
    if (this.pending !== "") this.pushPending();
    const token = counted(type, tag, nesting);
    if (nesting < 0) {
      this.level -= 1;
      this.delimiters = this._prev_delimiters.pop() as Delimiters;
    }
    token.level = this.level;
    if (nesting > 0) {
      this.level += 1;
      this._prev_delimiters.push(this.delimiters);
      this.delimiters = [];
    }
    this.pendingLevel = this.level;
    this.tokens.push(token);
    this.tokens_meta.push(nesting > 0 ? { delimiters: this.delimiters } : undefined);
    return token;
  }

  override pushPending(): Made {
    const token = counted("text", "", 0);
    token.content = this.pending;
    token.level = this.pendingLevel;
    this.tokens.push(token);
    this.pending = "";
    return token;
  }
}
