import { spend } from "../../model/budget.ts";
import { EMBEDS } from "./embeds.ts";
import { type Endless, rawEnd, type Tag, tagAt } from "./html-tags.ts";
import { isTakenWhole, isTextTag, RAW, type TagContext, VOID } from "./tag-meaning.ts";

/**
 * One pass over HTML before it becomes a tree, because recursive functions walk trees. Removes what no reader shows (comments, scripts,
 * styles, the content of frames) and nesting that nobody writes by hand. Takes linear time.
 */
export type Precleaned = {
  readonly html: string;
  /** Elements were nested too deep or left open too often, so the tags were repaired. */
  readonly cut: boolean;
};

/** A text or a tag, as it will be written. */
type Piece = { readonly text: string; readonly tag: Tag | undefined };

/** Elements that the parser closes at the next of their kind: often left open, never deep. */
const SELF_ENDING = new Set(
  "p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt a nobr body html head caption".split(" "),
);
/** Elements that the parser reopens in every following block, so that a few hundred open ones multiply a text. */
const FORMATTING = new Set("a b big code em font i nobr s small strike strong tt u".split(" "));
/** Inline elements, which do not end the paragraph around them. */
const INLINE = new Set([
  ...FORMATTING,
  ..."abbr acronym audio bdi bdo cite data del dfn ins kbd label mark picture q rp rt ruby samp span sub sup time var video".split(" "),
]);
/** Tags that change how the rest of the page is parsed. */
const UNWANTED = new Set(["plaintext", "frameset", "frame"]);

const DEEPEST = 256;
const MOST_FORMATTING = 16;
/** How often open formatting may be reopened, beyond once per tag. */
const MOST_REOPENED = 5000;

/** A tag without meaning is text in Markdown and is removed from a page. */
type Kind = "markdown" | "page";

export function preclean(html: string, kind: Kind): Precleaned {
  if (!html.includes("<")) return { html, cut: false };
  const pieces = settled(piecesOf(html), kind);
  const parts = pieces.map(({ text }) => text);
  const tags = pieces.map(({ tag }) => tag);
  return isDeep(tags) ? { html: ordered(parts, tags), cut: true } : { html: parts.join(""), cut: false };
}

function piecesOf(html: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const endless: Endless = new Set();
  const last = html.lastIndexOf(">");
  let plain = 0;
  const add = (text: string, tag?: Tag): void => {
    if (text === "") return;
    spend("nodes");
    pieces.push({ text, tag });
  };
  for (let at = html.indexOf("<"); at !== -1 && (at < last || html.startsWith("<!--", at)); at = html.indexOf("<", at)) {
    const tag = tagAt(html, at, endless);
    if (tag === undefined) {
      at += 1; // a "<" in text
      continue;
    }
    add(escaped(html.slice(plain, at)));
    const raw = RAW.has(tag.name) && !tag.closing && !tag.selfClosing ? rawEnd(html, tag, endless) : undefined;
    const written = tag.limit === undefined ? html.slice(at, tag.end) : `${html.slice(at, tag.limit)}>`;
    // A browser shows the content of `<xmp>` verbatim.
    if (raw !== undefined && tag.name === "xmp") add(`<pre>${escaped(html.slice(tag.end, raw.text))}</pre>`);
    else if (raw !== undefined && tag.name === "textarea") add(`${written}${escaped(html.slice(tag.end, raw.text))}</textarea>`);
    else if (raw !== undefined && tag.name === "iframe") add(`${written}</iframe>`);
    else if (raw === undefined && tag.name !== "") add(written, tag);
    plain = raw?.end ?? tag.end;
    at = plain;
  }
  add(escaped(html.slice(plain)));
  return pieces;
}

/** Decides for every tag what becomes of it. */
function settled(pieces: readonly Piece[], kind: Kind): readonly Piece[] {
  const paired = pairs(pieces, kind);
  const open = { svg: 0, math: 0 };
  return pieces.map((piece, index) => {
    const { tag } = piece;
    const isPaired = paired.has(index);
    const outer = isPaired && (tag?.name === "svg" || tag?.name === "math") ? tag.name : undefined;
    if (outer !== undefined && tag?.closing === true) open[outer] -= 1;
    const [inImage, inFormula] = [open.svg > 0, open.math > 0];
    if (outer !== undefined && tag?.closing === false) open[outer] += 1;
    // A blank line in a vector image ended the block of HTML, so what follows was read as Markdown.
    if (inImage && kind === "markdown") return { text: "", tag: undefined };
    return tag === undefined || inImage || inFormula
      ? piece
      : meant(piece.text, tag, kind, { paired: isPaired, before: pieces[index - 1]?.text ?? "" });
  });
}

function meant(text: string, tag: Tag, kind: Kind, place: TagContext): Piece {
  const { name } = tag;
  if (kind === "markdown" && isTextTag(tag, place)) return { text: escaped(text), tag: undefined };
  if (UNWANTED.has(name) || (isTakenWhole(name) && !place.paired && !tag.selfClosing)) return { text: "", tag: undefined };
  if (!isEmptied(tag, kind)) return { text, tag };
  return { text: isTakenWhole(name) && !EMBEDS.has(name) ? "" : `${text}</${name}>`, tag: undefined };
}

/** A self-closed element: HTML ignores the slash, authors do not. */
const isEmptied = ({ name, selfClosing }: Tag, kind: Kind): boolean =>
  selfClosing && !VOID.has(name) && (kind === "markdown" || isTakenWhole(name));

/** The indices of all tags that have a partner, opening or closing. */
function pairs(pieces: readonly Piece[], kind: Kind): ReadonlySet<number> {
  const open = new Map<string, number[]>();
  const found = new Set<number>();
  for (const [index, { tag }] of pieces.entries()) {
    if (tag === undefined || VOID.has(tag.name) || isEmptied(tag, kind)) continue;
    const others = open.get(tag.name);
    if (!tag.closing) {
      if (others === undefined) open.set(tag.name, [index]);
      else others.push(index);
      continue;
    }
    const start = others?.pop();
    if (start !== undefined) found.add(start).add(index);
  }
  return found;
}

/** Two neighbouring pieces of text must not form a tag. */
const escaped = (text: string): string => (text.includes("<") ? text.replaceAll("<", "&lt;") : text);

/** An upper bound of the depth that a parser would reach: an element only counts as closed if its closing tag comes in order. */
function isDeep(tags: readonly (Tag | undefined)[]): boolean {
  const open: string[] = [];
  let formatting = 0;
  let reopened = -MOST_REOPENED;
  for (const tag of tags) {
    if (tag === undefined || VOID.has(tag.name)) continue;
    reopened += formatting - 1;
    if (reopened > 0) return true;
    if (SELF_ENDING.has(tag.name)) continue;
    if (!tag.closing) open.push(tag.name);
    else if (open.at(-1) === tag.name) open.pop();
    else continue;
    if (FORMATTING.has(tag.name)) formatting += tag.closing ? -1 : 1;
    if (open.length > DEEPEST || formatting > MOST_FORMATTING) return true;
  }
  return false;
}

/** Closes every element in order, and drops tags below the depth limit but keeps their text. */
function ordered(parts: readonly string[], tags: readonly (Tag | undefined)[]): string {
  const open: string[] = [];
  const isOpen = new Map<string, number>();
  const made: string[] = [];
  const close = (): void => {
    const name = open.pop() ?? "";
    isOpen.set(name, (isOpen.get(name) ?? 1) - 1);
    made.push(`</${name}>`);
  };
  for (const [index, part] of parts.entries()) {
    const tag = tags[index];
    if (tag === undefined || VOID.has(tag.name)) made.push(part);
    else if (!tag.closing) {
      // Formatting left open here would be reopened in every following block.
      while (!INLINE.has(tag.name) && FORMATTING.has(open.at(-1) ?? "")) close();
      if (SELF_ENDING.has(tag.name) && open.at(-1) === tag.name) close();
      if (open.length >= DEEPEST) continue;
      open.push(tag.name);
      isOpen.set(tag.name, (isOpen.get(tag.name) ?? 0) + 1);
      made.push(part);
    } else if ((isOpen.get(tag.name) ?? 0) > 0) {
      while (open.at(-1) !== tag.name) close();
      close();
    }
  }
  while (open.length > 0) close();
  return made.join("");
}
