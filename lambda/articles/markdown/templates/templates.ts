import { addressOfNamed } from "../../links/article-link.ts";
import { isCalloutName, titleOfCalloutTag } from "./callouts.ts";
import { asWritten, codeBetween, lineStart, protectedBraces } from "./template-code.ts";
import { firstWord, pairsOf } from "./template-pairs.ts";
import { type Piece, piecesOf, type TemplatedFormat } from "./template-pieces.ts";
import { escaped, shownByTag } from "./template-shown.ts";
import { shownValue } from "./template-values.ts";
import { tagWords } from "./template-words.ts";

/** What was removed from a source, as written there. */
export type Losses = {
  /** Tags that left nothing. */
  readonly dropped: readonly string[];
  /** Those tags that were removed with the text up to their end. */
  readonly loops: readonly { readonly tag: string; readonly end: string }[];
  /** Conditions with published content that only the site's generator can decide. */
  readonly conditions: readonly string[];
  /** Unclosed tags, which are shown as text. */
  readonly unclosed: readonly string[];
  /** Removed text that may not be a comment. */
  readonly comments: readonly string[];
  /** An unclosed comment or false condition: nothing after it is published. */
  readonly endless: string | undefined;
};

export const NO_LOSSES: Losses = { dropped: [], loops: [], conditions: [], unclosed: [], comments: [], endless: undefined };

/** A source without template tags. */
export type Untemplated = { readonly text: string; readonly losses: Losses };

/** Marks an unknown part of an address: a character that no text holds. */
export const UNKNOWN = "\uFDD0";

/** A quick test: every text with a tag matches this. */
const SUSPECT = /\{[{%#:]|%%|<%/;

const TAIL = 400;
/** Matches the end of the output if it is inside an unfinished address. */
const ADDRESS =
  /(?:\]\(\s{0,5}<?|^\s{0,3}\[[^\]\n]{1,200}\]:\s{0,5}<?|\b(?:href|src|poster|action|srcset|data|content|cite|url)\s{0,3}=\s{0,3}["']?)[^\s)"'>]*$/m;
const REFERENCE = /^(?:ref|relref|post_url|link|post_link|post_path|doc|page_url|internal_link)$/;
const SITE_TAG = /^(?:base_?url|site_?url|home_?url|root|path_?prefix|param)$/;
const PATH_TAG = /^(?:asset_path|asset_url|asset|static|url|url_for|img_url|image_url|file_url|absurl|relurl|permalink)$/;

/**
 * Keeps what Markdown and HTML can express of template tags: pictures, players, code, admonitions, paths. Other tags are removed, the text
 * between them stays. Code stays unchanged.
 */
export function withoutTemplates(source: string, form: TemplatedFormat): Untemplated {
  if (!SUSPECT.test(source)) return { text: source, losses: NO_LOSSES };
  const pieces = piecesOf(source, form);
  const pairs = pairsOf(pieces);
  const dropped: string[] = [];
  const loops: { readonly tag: string; readonly end: string }[] = [];
  const parts: string[] = [];
  let tail = "\n";
  const write = (text: string): void => {
    parts.push(text);
    tail = text.length >= TAIL ? text.slice(-TAIL) : (tail + text).slice(-TAIL);
  };
  const boxEnds = new Set<number>();

  const box = (words: string, end: number): string => {
    boxEnds.add(end);
    return calloutStart(titleOfCalloutTag(tagWords(words)), tail, form);
  };
  const leftOut = (text: string, inAddress: boolean): string => {
    dropped.push(text);
    return inAddress ? UNKNOWN : "";
  };
  const ofTag = (index: number, piece: Piece & { readonly kind: "tag" }): string => {
    const { words, text, sign } = piece;
    const inAddress = ADDRESS.test(tail);
    if (sign === "{{") {
      const shown = shownValue(words, inAddress);
      if (shown !== undefined) return inAddress ? shown.replaceAll(" ", "%20") : protectedBraces(shown);
      // Zola calls a shortcode as a function: `{{ image(src="a.png") }}`.
      const called = !inAddress && /^[\w:]+\s*\([^)]*=/.test(words) ? shownByTag(words, !lineStart(tail).isOwn) : undefined;
      if (called !== undefined) return called;
      return /[\p{L}\p{N}]/u.test(words) ? leftOut(text, inAddress) : text;
    }
    if (boxEnds.has(index)) return calloutEnd(tail, form);
    if (pairs.ends.has(index)) return "";
    const escapedTag = /^\/\*([\s\S]*)\*\/$/.exec(words)?.[1];
    if (escapedTag !== undefined) return protectedBraces(text.replace("/*", "").replace("*/", ""));
    const name = firstWord(words);
    const end = pairs.endOf.get(index);
    if (/^(?:if|unless|case|switch)$/.test(name)) return "";
    if (end !== undefined && isCalloutName(name)) return box(words, end);
    if (inAddress) {
      if (SITE_TAG.test(name)) return "";
      const first = tagWords(words).placed[0];
      const named = REFERENCE.test(name) ? (tagWords(words).named("path") ?? first?.text) : undefined;
      if (named !== undefined && named !== "") return addressOfNamed(named);
      return PATH_TAG.test(name) && first !== undefined ? first.text.replaceAll(" ", "%20") : leftOut(text, true);
    }
    if (REFERENCE.test(name)) {
      const [, ...title] = tagWords(words).placed;
      return title.length > 0 ? escaped(title.map((word) => word.text).join(" ")) : leftOut(text, false);
    }
    return shownByTag(words, !lineStart(tail).isOwn) ?? leftOut(text, false);
  };

  let loopEnd = -1;
  for (const [index, piece] of pieces.entries()) {
    if (pairs.whole.has(index)) {
      dropped.push(piece.text);
      if (index > loopEnd) {
        loopEnd = pairs.endOf.get(index) ?? index;
        if (pieces.slice(index + 1, loopEnd).some(hasWords)) loops.push({ tag: piece.text, end: pieces[loopEnd]?.text ?? "" });
      }
    }
    if (pairs.isHidden(index)) continue;
    if (piece.kind === "tag") write(ofTag(index, piece));
    else if (piece.kind === "verbatim") {
      const isCode = /^(?:highlight|code)/.test(piece.words);
      const next = pieces[index + 1]?.text ?? "";
      write(isCode ? codeBetween(piece.words, piece.content, tail, next, form) : asWritten(piece.content, form));
    } else if (piece.kind !== "comment") write(piece.text);
  }
  const unclosed = pieces.filter(({ kind }) => kind === "unclosed").map(({ text }) => text);
  const comments = pieces.flatMap((piece) => (piece.kind === "comment" && piece.doubtful ? [piece.text] : []));
  const endless = pieces.find((piece) => piece.kind === "comment" && piece.endless) ?? pieces[pairs.endless ?? -1];
  return { text: parts.join(""), losses: { dropped, loops, conditions: pairs.doubtful, unclosed, comments, endless: endless?.text } };
}

const hasWords = ({ kind, text }: Piece): boolean => /^(?:text|code|verbatim)$/.test(kind) && /[\p{L}\p{N}]/u.test(text);

/** Opens a quotation around what follows. In Markdown, blank lines keep the content Markdown. */
export function calloutStart(title: string, written: string, form: TemplatedFormat): string {
  const heading = title.trim() === "" ? "" : `<p><strong>${escaped(title.trim())}</strong></p>`;
  if (form === "html") return `<blockquote>${heading}`;
  const { prefix, isOwn } = lineStart(written);
  const begin = isOwn ? "" : `\n${prefix}\n${prefix}`;
  return `${begin}<blockquote>\n${prefix}\n${prefix}${heading === "" ? "" : `${heading}\n${prefix}\n${prefix}`}`;
}

export function calloutEnd(written: string, form: TemplatedFormat): string {
  if (form === "html") return "</blockquote>";
  const { prefix } = lineStart(written);
  return `\n${prefix}\n${prefix}</blockquote>\n${prefix}\n${prefix}`;
}
