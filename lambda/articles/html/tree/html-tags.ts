/**
 * Finds tags, comments and other markup in HTML (the HTML standard, 13.2.5). Unlike in a browser, unclosed markup does not swallow what
 * follows: one forgotten sign would cost an author the rest of the article.
 */
export type Tag = {
  /** The index after it. */
  readonly end: number;
  /** Where its attributes are cut: there are too many (the parser compares each with each), or one never ends. */
  readonly limit: number | undefined;
  /** In lower case; empty for a comment and other markup. */
  readonly name: string;
  /** The name as written. */
  readonly written: string;
  readonly closing: boolean;
  /** `<name … />`. */
  readonly selfClosing: boolean;
  readonly hasAttributes: boolean;
};

/** Ends that do not occur any more and are not searched again: searching for each to the end would take quadratic time. */
export type Endless = Set<string>;

/** The tag, comment or other markup at a "<"; undefined if that is text. */
export function tagAt(html: string, start: number, endless: Endless): Tag | undefined {
  const closing = html[start + 1] === "/";
  const nameStart = start + (closing ? 2 : 1);
  const first = html[nameStart] ?? "";
  if (!/[A-Za-z]/.test(first)) {
    const end = otherEnd(html, start, closing, first, endless);
    return end === undefined ? undefined : { ...NOTHING, end };
  }
  NAME_END.lastIndex = nameStart;
  if (!NAME_END.test(html)) return undefined;
  const nameEnd = NAME_END.lastIndex - 1;
  const found = tagEnd(html, nameEnd);
  if (found === undefined) return undefined;
  const written = html.slice(nameStart, nameEnd);
  return {
    end: found.end,
    limit: found.limit,
    name: written.toLowerCase(),
    written,
    closing,
    selfClosing: !closing && found.slash,
    hasAttributes: !/^[\s/]*>/.test(html.slice(nameEnd, found.end)),
  };
}

const NAME_END = /[\t\n\f\r />]/g;

const NOTHING = { limit: undefined, name: "", written: "", closing: false, selfClosing: false, hasAttributes: false } as const;

function otherEnd(html: string, start: number, closing: boolean, first: string, endless: Endless): number | undefined {
  if (first === "!" && !closing) return markupEnd(html, start, endless);
  if (first === "?" && !closing) return instructionEnd(html, start, endless);
  return closing && first !== "" ? behind(html, ">", start) : undefined;
}

function behind(html: string, mark: string, from: number): number | undefined {
  const at = html.indexOf(mark, from);
  return at === -1 ? undefined : at + mark.length;
}

/** Like `behind`, but remembers a mark that does not occur any more. */
function endOf(html: string, mark: string, from: number, endless: Endless): number | undefined {
  const end = endless.has(mark) ? undefined : behind(html, mark, from);
  if (end === undefined) endless.add(mark);
  return end;
}

/** A comment, a CDATA section, a doctype. */
function markupEnd(html: string, start: number, endless: Endless): number | undefined {
  if (!html.startsWith("<!--", start)) {
    return (html.startsWith("<![CDATA[", start) ? endOf(html, "]]>", start, endless) : undefined) ?? behind(html, ">", start);
  }
  if (html.startsWith(">", start + 4)) return start + 5;
  if (html.startsWith("->", start + 4)) return start + 6;
  COMMENT_END.lastIndex = start + 4;
  if (!endless.has("<!--") && COMMENT_END.test(html)) return COMMENT_END.lastIndex;
  endless.add("<!--");
  // Browsers did so before the standard defined error handling, and nobody wants one sign to swallow whole paragraphs.
  LOST_COMMENT_END.lastIndex = start + 4;
  return LOST_COMMENT_END.test(html) ? LOST_COMMENT_END.lastIndex : html.length;
}

const COMMENT_END = /--!?>/g;
const LOST_COMMENT_END = />|\n(?=[ \t]*\n)/g;

/** `<?php … ?>`: all of it. By HTML it would end at the first ">" and show the rest. */
function instructionEnd(html: string, start: number, endless: Endless): number | undefined {
  const another = html.indexOf("<?", start + 2);
  const end = another === -1 ? endOf(html, "?>", start, endless) : behind(html.slice(0, another), "?>", start);
  return end ?? behind(html, ">", start);
}

/** Spaces and "/", then an attribute's name, then an optional value. Quotation marks only count around a value. */
const ATTRIBUTE =
  /[\t\n\f\r /]*(?:(>)|[^\t\n\f\r />][^\t\n\f\r />=]*(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\t\n\f\r >"'][^\t\n\f\r >]*|(?=>)))?|$)/y;

const MOST_ATTRIBUTES = 100;
/** After this many, the next ">" ends the tag. */
const LAST_ATTRIBUTE = 10 * MOST_ATTRIBUTES;

/** `slash`: a slash precedes the end and does not belong to an unquoted value (`href=/a/`). */
type TagEnd = Pick<Tag, "end" | "limit"> & { readonly slash: boolean };

/** Searches from the end of a tag's name. A tag with an unclosed value ends at the next ">"; undefined if there is none. */
function tagEnd(html: string, from: number): TagEnd | undefined {
  ATTRIBUTE.lastIndex = from;
  let limit: number | undefined;
  for (let count = 0; ; count += 1) {
    const at = ATTRIBUTE.lastIndex;
    if (count === MOST_ATTRIBUTES) limit = at;
    const match = ATTRIBUTE.exec(html);
    if (match?.[1] !== undefined) return { end: ATTRIBUTE.lastIndex, limit, slash: match[0].endsWith("/>") };
    if (match !== null && ATTRIBUTE.lastIndex < html.length && count < LAST_ATTRIBUTE) continue;
    const end = behind(html, ">", at);
    if (end !== undefined) return { end, limit: limit ?? at, slash: html[end - 2] === "/" };
    const first = behind(html, ">", from);
    return first === undefined ? undefined : { end: first, limit: from, slash: html[first - 2] === "/" };
  }
}

/** Where the content and the closing tag of a raw text element end; undefined if it is never closed. */
export function rawEnd(html: string, { name, end }: Tag, endless: Endless): { readonly text: number; readonly end: number } | undefined {
  if (endless.has(name)) return undefined;
  const close = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, "gi");
  close.lastIndex = end;
  const found = close.exec(html);
  const closed = found === null ? undefined : tagEnd(html, close.lastIndex);
  if (found === null || closed === undefined) {
    endless.add(name);
    return undefined;
  }
  return { text: found.index, end: closed.end };
}
