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

/** What a class has beside its methods: an update of the engine with another field does not compile. */
type Fields<State> = { [Name in keyof State as State[Name] extends (...args: never[]) => unknown ? never : Name]: State[Name] };

/** Replaced when backticks are looked for. */
const NO_BACKTICKS = {};
const SPACE = 0x20;
const TAB = 0x09;

/** How an opening token changes the level after it, and a closing one the level of itself. */
const opens = (nesting: Made["nesting"]): number => (nesting > 0 ? 1 : 0);
const closes = (nesting: Made["nesting"]): number => (nesting < 0 ? 1 : 0);

type Inline = InstanceType<typeof StateInline>;
type Block = InstanceType<typeof StateBlock>;

/** The fields of the engine's state for blocks, with tokens that are counted. Its own constructor looks at every sign of the text. */
class CountedBlock implements Fields<Block> {
  readonly bMarks: number[] = [];
  readonly eMarks: number[] = [];
  readonly tShift: number[] = [];
  readonly sCount: number[] = [];
  readonly bsCount: number[] = [];
  readonly blkIndent = 0;
  readonly line = 0;
  readonly lineMax: number;
  readonly tight = false;
  readonly listIndent = -1;
  readonly parentType = "root";
  level = 0;
  readonly Token = CountedToken as typeof Token;
  readonly src: string;
  readonly md: Block["md"];
  readonly env: Block["env"];
  readonly tokens: Made[];

  constructor(src: string, md: Block["md"], env: Block["env"], tokens: Made[]) {
    this.src = src;
    this.md = md;
    this.env = env;
    this.tokens = tokens;
    for (let start = 0; start < src.length; ) {
      let text = start;
      let width = 0;
      for (let sign = src.charCodeAt(text); sign === SPACE || sign === TAB; sign = src.charCodeAt(text)) {
        width += sign === TAB ? 4 - (width % 4) : 1;
        text += 1;
      }
      // Blanks at the very end, without a line end, are no line.
      if (text >= src.length) break;
      const end = src.indexOf("\n", text);
      const last = end === -1 ? src.length : end;
      this.addLine(start, last, text - start, width);
      start = last + 1;
    }
    this.addLine(src.length, src.length, 0, 0);
    this.lineMax = this.bMarks.length - 1;
  }

  /** Notes a line: where it begins and ends, and its indent in signs and in columns. */
  private addLine(start: number, end: number, indent: number, width: number): void {
    this.bMarks.push(start);
    this.eMarks.push(end);
    this.tShift.push(indent);
    this.sCount.push(width);
    this.bsCount.push(0);
  }

  push(type: string, tag: string, nesting: Made["nesting"]): Made {
    this.level -= closes(nesting);
    const token = new CountedToken(type, tag, nesting, this.level, true);
    this.level += opens(nesting);
    this.tokens.push(token);
    return token;
  }
}
Object.setPrototypeOf(CountedBlock.prototype, StateBlock.prototype);

/** The fields of the engine's state for lines, with tokens that are counted. */
class CountedInline implements Fields<Inline> {
  readonly pos = 0;
  level = 0;
  pending = "";
  pendingLevel = 0;
  readonly cache = {};
  readonly backticks = NO_BACKTICKS;
  readonly backticksScanned = false;
  readonly skipHtmlSpecial = false;
  readonly linkLevel = 0;
  delimiters: Inline["delimiters"] = [];
  readonly _prev_delimiters: Inline["_prev_delimiters"] = [];
  readonly Token = CountedToken as typeof Token;
  readonly src: string;
  readonly env: Inline["env"];
  readonly md: Inline["md"];
  readonly tokens: Made[];
  readonly tokens_meta: Inline["tokens_meta"];
  readonly posMax: number;

  constructor(src: string, md: Inline["md"], env: Inline["env"], tokens: Made[]) {
    this.src = src;
    this.env = env;
    this.md = md;
    this.tokens = tokens;
    this.tokens_meta = Array.from({ length: tokens.length }, () => undefined);
    this.posMax = src.length;
  }

  push(type: string, tag: string, nesting: Made["nesting"]): Made {
    if (this.pending !== "") this.pushPending();
    this.level -= closes(nesting);
    // Delimiters match only inside one element.
    if (nesting < 0) this.delimiters = this._prev_delimiters.pop() as Inline["delimiters"];
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

  pushPending(): Made {
    const token = new CountedToken("text", "", 0, this.pendingLevel);
    token.content = this.pending;
    this.tokens.push(token);
    this.pending = "";
    return token;
  }
}
Object.setPrototypeOf(CountedInline.prototype, StateInline.prototype);

/** The types of the engine's classes, whose fields they have. */
export const PlainBlock = CountedBlock as unknown as typeof StateBlock;
export const PlainInline = CountedInline as unknown as typeof StateInline;
