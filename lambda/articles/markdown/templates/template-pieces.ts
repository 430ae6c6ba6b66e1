import { blocksOf } from "./code-lines.ts";
import { erbReader } from "./erb-tags.ts";
import { type ForwardSearch, forwardSearch, forwardSearches } from "./forward-search.ts";
import { areMentioned, hasParagraphs, hasSentences } from "./mentions.ts";

/**
 * The sign that opens a tag: `{%` in Jekyll, Hexo, Nunjucks and Twig (also stands for `<%`), `{{<` and `{{%` in Hugo; `{{` shows a value.
 */
export type Sign = "{%" | "{{<" | "{{%" | "{{";

/**
 * The parts of a source, in order; joined, their texts are the source. Code means itself. A comment is never shown; `endless`: it is
 * unclosed and hides everything after it. Verbatim content stands between two tags, the first of which is `words`.
 */
export type Piece =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "comment"; readonly text: string; readonly endless: boolean; readonly doubtful: boolean }
  | { readonly kind: "tag"; readonly text: string; readonly sign: Sign; readonly words: string }
  | { readonly kind: "unclosed"; readonly text: string }
  | { readonly kind: "verbatim"; readonly text: string; readonly words: string; readonly content: string };

export type TemplatedFormat = "markdown" | "mdx" | "html";

const LONGEST_TAG = 5000;
const LONGEST_VALUE = 2000;
const LONGEST_FORMULA = 2000;
const LONGEST_END = 200;
const MOST_BACKTICKS = 20;

const MARK = /`+|\{\{|\{%|\{#|\{::comment|%%|(?<!\\)<%(?!%)|<(?:pre|code|script|style|!--)(?![\w-])|\$\$?|\\[([]/gi;
/** Tags whose content is not run. */
const VERBATIM = /^(?:comment|raw|verbatim|highlight|codeblock|code)(?![\w./-])/;
/** An attribute list of kramdown and Pandoc (`{#id .class}`), which looks like a comment of Nunjucks (`{# … #}`). */
const ID_LIST = /^\{#[\w:.-]+(?:[ \t][^{}\n]{0,200})?\}/;

/** Reads a source once, front to back. */
export function piecesOf(source: string, form: TemplatedFormat): readonly Piece[] {
  const pieces: Piece[] = [];
  const seek = forwardSearches(source);
  const seekMark = forwardSearch(source, MARK);
  const seekBlank = forwardSearch(source, /\n[ \t>]*\n/g);
  const ticks: (ForwardSearch | undefined)[] = [];
  const ends = new Map<string, ForwardSearch>();
  const readErb = erbReader();
  const isMarkdown = form !== "html";
  const lower = /<(?:PRE|CODE|SCRIPT|STYLE)/i.test(source) ? source.toLowerCase() : source;
  const seekLower = lower.length === source.length ? forwardSearches(lower) : seek;
  let done = 0;

  const emit = (piece: Piece, at: number): number => {
    if (at > done) pieces.push({ kind: "text", text: source.slice(done, at) });
    if (piece.text !== "") pieces.push(piece);
    done = at + piece.text.length;
    return done;
  };
  const code = (at: number, end: number): number => emit({ kind: "code", text: source.slice(at, end) }, at);
  const comment = (at: number, end: number, doubtful = false): number =>
    emit({ kind: "comment", text: source.slice(at, end), endless: false, doubtful }, at);
  /** The comment between two signs; undefined if the text only speaks of them. In doubt, a notice says so. */
  const between = (at: number, from: number, until: number, end: number): number | undefined => {
    const isSpoken = areMentioned(source, [at, from], [until, end]);
    const inside = isSpoken ? source.slice(from, until) : "";
    return hasParagraphs(inside) ? undefined : comment(at, end, hasSentences(inside));
  };
  const endless = (at: number): number => emit({ kind: "comment", text: source.slice(at), endless: true, doubtful: false }, at);
  const beginsLine = (at: number): boolean => /(?:^|\n)[ \t>]*$/.test(source.slice(Math.max(0, at - 50), at));
  /** An unclosed comment hides what follows only if its opening has its own line; inside a sentence it is text about comments. */
  const hasOwnLine = (at: number, end: number): boolean => beginsLine(at) && /^[ \t]*(?:\n|$)/.test(source.slice(end, end + 50));
  const paragraphEnd = (at: number): number => {
    const end = seekBlank(at);
    return end === -1 ? source.length : end;
  };
  /** The index after the closing mark; undefined if it is out of reach. */
  const closed = (close: string, from: number, reach: number): number | undefined => {
    const end = seek(close)(from);
    return end === -1 || end - from > reach ? undefined : end + close.length;
  };

  const braceAt = (from: number): number => source.slice(0, from + LONGEST_END).indexOf("}", from);

  const backticks = (at: number, mark: string): number => {
    const { length } = mark;
    if (!isMarkdown || length > MOST_BACKTICKS) return at + length;
    ticks[length] ??= forwardSearch(source, new RegExp(`(?<!\`)\`{${length}}(?!\`)`, "g"));
    const end = ticks[length]?.(at + length) ?? -1;
    return end === -1 || end > paragraphEnd(at) ? at + length : code(at, end + length);
  };
  const element = (at: number, mark: string): number => {
    const close = mark === "<!--" ? "-->" : `</${mark.slice(1).toLowerCase()}`;
    const end = seekLower(close)(at + mark.length);
    return end === -1 ? at + mark.length : code(at, end + close.length);
  };
  const formula = (at: number, mark: string): number => {
    const end = closed(mark === "\\(" ? "\\)" : mark === "\\[" ? "\\]" : mark, at + mark.length, LONGEST_FORMULA);
    if (end === undefined || end > paragraphEnd(at) + 1 || (mark === "$" && /\w/.test(source[end] ?? ""))) return at + mark.length;
    const inside = source.slice(at + mark.length, end - mark.length);
    const isTex = /\\[a-zA-Z]|[\^_]/.test(inside) && !inside.startsWith("{") && (mark !== "$" || !/^\s|\s$/.test(inside));
    return isTex ? code(at, end) : at + mark.length;
  };
  const remark = (at: number): number => {
    // `100%%` and `%%d` are not marks: a word touches them on the outer side.
    const before = source[at - 1] ?? "\n";
    const close = seek("%%")(at + 2);
    if (!isMarkdown || close === -1 || /[\w%]/.test(before) || source[at + 2] === "%") return at + 2;
    const isBlock = beginsLine(at);
    const isWithin = close <= paragraphEnd(at) && !/\w/.test(source[close + 2] ?? "");
    return isBlock || isWithin ? comment(at, close + 2, true) : at + 2;
  };
  const unclosed = (at: number, length: number): number => emit({ kind: "unclosed", text: source.slice(at, at + length) }, at);

  /** A tag with verbatim or commented content, up to its end; undefined if it has none. */
  const verbatim = (at: number, tagEnd: number, words: string): number | undefined => {
    const name = VERBATIM.exec(words)?.[0];
    if (name === undefined || /\/$/.test(words)) return undefined;
    const end =
      ends.get(name) ?? forwardSearch(source, new RegExp(`(?:\\{%[-~+]?\\s{0,9}end|\\{\\{[<%]-?\\s{0,9}/\\s{0,9})${name}\\b`, "g"));
    ends.set(name, end);
    const from = end(tagEnd);
    const close = from === -1 ? -1 : braceAt(from + 2);
    if (from === -1 || close === -1) {
      return name === "comment" && hasOwnLine(at, tagEnd) ? endless(at) : undefined;
    }
    const until = source.startsWith("}}", close) ? close + 2 : close + 1;
    if (name === "comment") return between(at, tagEnd, from, until);
    return emit({ kind: "verbatim", text: source.slice(at, until), words, content: source.slice(tagEnd, from) }, at);
  };

  const tag = (at: number, open: Sign, close: string, reach: number): number => {
    const end = closed(close, at + open.length, reach);
    if (end === undefined) return unclosed(at, open.length);
    const inside = source.slice(at + open.length, end - close.length);
    const again = inside.indexOf(open.slice(0, 2));
    if ((again !== -1 && !/["'`]/.test(inside.slice(0, again))) || (open === "{{" && /\n[ \t>]*\n/.test(inside)))
      return unclosed(at, open.length);
    const words = inside.replace(/^[-~+]|[-~+]$/g, "").trim();
    if (/^#/.test(words) && open === "{%") return comment(at, end);
    const start = open === "{{" && source[at - 1] === "$" ? at - 1 : at;
    return (
      (open === "{{" ? undefined : verbatim(at, end, words)) ??
      emit({ kind: "tag", text: source.slice(start, end), sign: open, words }, start)
    );
  };
  const erb = (at: number): number => {
    const end = closed("%>", at + 2, LONGEST_TAG);
    const inside = source.slice(at + 2, end === undefined ? at + 2 : end - 2);
    if (end === undefined || (hasParagraphs(inside) && !beginsLine(at))) return unclosed(at, 2);
    const read = readErb(inside);
    if (read.kind === "comment") return between(at, at + 2, end - 2, end) ?? unclosed(at, 2);
    return emit({ kind: "tag", text: source.slice(at, end), sign: read.kind === "value" ? "{{" : "{%", words: read.words }, at);
  };
  const value = (at: number): number => {
    const head = source.slice(at, at + 40);
    const commented = /^\{\{-?\s*(?:\/\*|!)/.exec(head)?.[0];
    if (commented?.endsWith("*") === true) {
      const end = closed("*/", at + commented.length, Number.POSITIVE_INFINITY);
      const close = end === undefined ? undefined : /^\s*-?\}\}/.exec(source.slice(end, end + 40))?.[0];
      if (end !== undefined && close !== undefined)
        return between(at, at + commented.length, end - 2, end + close.length) ?? unclosed(at, commented.length);
    }
    if (commented?.endsWith("!") === true) {
      const long = source.startsWith("--", at + commented.length) ? closed("--}}", at + 4, Number.POSITIVE_INFINITY) : undefined;
      const end = long ?? closed("}}", at + 3, LONGEST_VALUE);
      const [from, until] = long === undefined ? [at + 3, 2] : [at + 5, 4];
      if (end !== undefined) return between(at, from, end - until, end) ?? unclosed(at, from - at);
    }
    if (head.startsWith("{{<")) return tag(at, "{{<", ">}}", LONGEST_TAG);
    if (head.startsWith("{{%")) return tag(at, "{{%", "%}}", LONGEST_TAG);
    const end = head.startsWith("{{{") ? closed("}}}", at + 3, LONGEST_VALUE) : undefined;
    if (end === undefined) return tag(at, "{{", "}}", LONGEST_VALUE);
    return emit({ kind: "tag", text: source.slice(at, end), sign: "{{", words: source.slice(at + 3, end - 3).trim() }, at);
  };
  const braceHash = (at: number): number => {
    // `${#array[@]}` is Bash.
    const isOther = source[at - 1] === "$" || ID_LIST.test(source.slice(at, at + 300));
    const end = isOther ? undefined : closed("#}", at + 2, Number.POSITIVE_INFINITY);
    if (end === undefined) return at + 2;
    const isLong = end > paragraphEnd(at);
    if (isLong) return beginsLine(at) ? comment(at, end, true) : unclosed(at, 2);
    return between(at, at + 2, end - 2, end) ?? unclosed(at, 2);
  };
  const kramdownComment = (at: number, mark: string): number => {
    const alone = /^[^{}\n]{0,100}\/\}/.exec(source.slice(at + mark.length, at + mark.length + 103))?.[0];
    if (alone !== undefined) return comment(at, at + mark.length + alone.length);
    const end = seek("{:/")(at + mark.length);
    const close = end === -1 ? -1 : braceAt(end);
    const tagEnd = braceAt(at + mark.length) + 1 || at + mark.length;
    if (close !== -1) return between(at, tagEnd, end, close + 1) ?? unclosed(at, tagEnd - at);
    return hasOwnLine(at, tagEnd) ? endless(at) : unclosed(at, tagEnd - at);
  };

  const marked = (at: number, mark: string): number => {
    if (mark.startsWith("`")) return backticks(at, mark);
    if (mark === "<%") return erb(at);
    if (mark.startsWith("<")) return element(at, mark);
    if (mark.startsWith("$") || mark.startsWith("\\")) return formula(at, mark);
    if (mark === "{{") return value(at);
    if (mark === "{%") return tag(at, "{%", "%}", LONGEST_TAG);
    if (mark === "{#") return braceHash(at);
    return mark === "%%" ? remark(at) : kramdownComment(at, mark);
  };

  const blocks = blocksOf(source, form);
  for (let at = 0; at < source.length; ) {
    const block = blocks(at);
    if (block.isCode) at = code(at, block.end);
    else {
      let next = seekMark(at);
      while (next !== -1 && next < block.end && at < block.end) {
        MARK.lastIndex = next;
        at = marked(next, MARK.exec(source)?.[0] ?? "");
        next = seekMark(at);
      }
      at = Math.max(at, block.end);
    }
  }
  emit({ kind: "text", text: "" }, source.length);
  return pieces;
}
