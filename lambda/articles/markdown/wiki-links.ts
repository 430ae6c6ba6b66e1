import type { Env, MarkdownIt, StateCore, StateInline, Token } from "markdown-it";
import { mediaTypeOfName } from "../links/media-type.ts";
import { outsideCode } from "./mdx/esm.ts";

/**
 * The syntax of Obsidian and other wikis: `[[Note|words]]` becomes its words (it links to a note by file name), `![[picture.png]]` is the
 * picture, `![[Note]]` cannot be embedded and becomes the note's name. Block ids (`^1a2b3c` at the end of a block) are removed if a wiki
 * link shows that the article is such a note; elsewhere they are text, and so is one that is a word and that nothing refers to.
 */
export function useWikiLinks(engine: MarkdownIt): void {
  engine.inline.ruler.before("link", "wiki-link", wikiLink);
  engine.core.ruler.after("block", "notes", notes);
  engine.core.ruler.after("notes", "block-ids", blockIds);
  engine.core.ruler.after("inline", "picture-sizes", pictureSizes);
}

const embedded = new WeakMap<Env, string[]>();

/** The embedded notes, as written. */
export const embeddedIn = (env: Env): readonly string[] => embedded.get(env) ?? [];

const LINK = /(!?)\[\[([^[\]|]{1,300}?)(?:\\?\|([^[\]]{0,300}))?\]\](?![([:\]])/y;
const ANY_LINK = new RegExp(LINK.source, "g");
/** Not notes: attributes of C++ and Rust, shell tests, lists of numbers. */
const NO_NOTE =
  /^\s|\s$|::|^(?:nodiscard|noreturn|deprecated|maybe_unused|likely|unlikely|fallthrough|no_unique_address|assume|carries_dependency)\b|^[\d\s.,;:"'-]*,[\d\s.,;:"'-]*$/;
const CONTENTS = /^_?(?:toc|table[ _]of[ _]contents)_?$/i;

function wikiLink(state: StateInline, silent: boolean): boolean {
  const isEmbed = state.src.charCodeAt(state.pos) === 0x21;
  if (state.src.charCodeAt(state.pos + (isEmbed ? 1 : 0)) !== 0x5b) return false;
  if (state.src[state.pos - 1] === "[") return false;
  LINK.lastIndex = state.pos;
  // Editors wrap long lines inside links, too.
  const [whole, , target = "", words] = (LINK.exec(state.src) ?? []).map((part) => part?.replace(/[ \t]*\n[ \t]*/g, " "));
  if (whole === undefined || LINK.lastIndex > state.posMax || NO_NOTE.test(target)) return false;
  const label = state.md.utils.normalizeReference(whole.slice(isEmbed ? 3 : 2, -2));
  if (state.env.references?.[label] !== undefined) return false;
  state.pos = LINK.lastIndex;
  if (silent) return true;
  const type = mediaTypeOfName(target.replace(/[?#].*$/, ""));
  if (CONTENTS.test(target)) state.pending += "";
  else if (/^\d[\d,–-]*$/.test(target) && words === undefined) state.pending += `[${target}]`;
  else if (isEmbed && type !== undefined) showFile(state, target, type, words);
  else {
    if (isEmbed) embedded.set(state.env, [...(embedded.get(state.env) ?? []), whole].slice(0, MOST_NAMED));
    pushInline(state, words || nameOf(target), /^https?:\/\/\S+$/.test(target) ? target : undefined);
  }
  return true;
}

const MOST_NAMED = 100;

/** As in Obsidian: `Note > Heading`; a block's id is dropped. */
const nameOf = (target: string): string =>
  target
    .replace(/#\^[^#]*$/, "")
    .split("#")
    .filter((part) => part !== "")
    .join(" > ") || target.replace(/^#?\^?/, "");

function pushInline(state: StateInline, words: string, address: string | undefined): void {
  const children: Token[] = [];
  state.md.inline.parse(words, state.md, state.env, children);
  if (state.pending !== "") state.pushPending();
  const add = (token: Token): void => {
    state.tokens.push(token);
    state.tokens_meta.push(undefined);
  };
  if (address !== undefined) add(made(state, "link_open", "a", 1, [["href", state.md.normalizeLink(address)]]));
  for (const child of children) add(child);
  if (address !== undefined) add(made(state, "link_close", "a", -1));
}

function made(state: StateInline, type: string, tag: string, nesting: Token["nesting"], attrs: Token["attrs"] = null): Token {
  const token = new state.Token(type, tag, nesting);
  token.attrs = attrs;
  return token;
}

function showFile(state: StateInline, target: string, type: string, words: string | undefined): void {
  const address = state.md.normalizeLink(target.trim());
  const [, alt = ""] = /^(.*?)\|?(?:\d+(?:x\d+)?)?$/.exec(words ?? "") ?? [];
  const kind = type.split("/")[0];
  if (kind === "image") {
    const token = state.push("image", "img", 0);
    token.attrs = [
      ["src", address],
      ["alt", ""],
    ];
    token.content = alt;
    token.children = alt === "" ? [] : [text(state, alt)];
  } else {
    const { escapeHtml } = state.md.utils;
    const tag = kind === "audio" || kind === "video" ? kind : "a";
    const token = state.push("html_inline", "", 0);
    token.content =
      tag === "a"
        ? `<a href="${escapeHtml(address)}">${escapeHtml(alt || target)}</a>`
        : `<${tag} src="${escapeHtml(address)}" controls></${tag}>`;
  }
}

function text(state: StateInline, content: string): Token {
  const token = new state.Token("text", "", 0);
  token.content = content;
  return token;
}

const BLOCK_ID = /(?:^|[ \t\n])\^((?=[\w-]*[a-zA-Z])[\w-]{3,60})[ \t]*$/;

/** Other syntax of such programs counts only in their notes, which have a wiki link outside of code. */
function notes({ src, env }: StateCore): void {
  if (!src.includes("[[") || !src.includes("]]") || !/\^|==/.test(src)) return;
  for (const [, , target = ""] of outsideCode(src, "markdown").matchAll(ANY_LINK)) env.isNote ||= !NO_NOTE.test(target);
}

function blockIds(state: StateCore): void {
  if (state.env.isNote !== true) return;
  const made: Token[] = [];
  for (const token of state.tokens) {
    const [found, id = ""] = (token.type === "inline" ? BLOCK_ID.exec(token.content.slice(-100)) : undefined) ?? [];
    const isWord = found !== token.content && !/[\d_-]/.test(id) && !state.src.includes(`#^${id}`);
    if (found !== undefined && !isWord) token.content = token.content.slice(0, token.content.length - found.length);
    made.push(token);
  }
  state.tokens = made;
}

/** `![words|300](picture.png)`: a width is not alt text. */
function pictureSizes({ src, tokens }: StateCore): void {
  if (!src.includes("![")) return;
  for (const { children } of tokens) {
    for (const image of children ?? []) {
      const last = image.type === "image" ? image.children?.at(-1) : undefined;
      if (last?.type === "text") last.content = last.content.replace(/(?:^|\|)\d{1,4}(?:x\d{1,4})?$/, "");
    }
  }
}
