import Markdown, { type MarkdownIt } from "markdown-it";
import { spend } from "../model/budget.ts";

/** A bare address in a text: its position, its text and its target. */
type Found = { readonly index: number; readonly lastIndex: number; readonly text: string; readonly url: string; readonly schema: string };

/**
 * Turns bare addresses into links as GitHub Flavored Markdown does (autolinks, 6.9): `https://…`, `http://…`, `www.…`, `mailto:…` and mail
 * addresses. The engine's own search (linkify-it) ends addresses elsewhere, and takes what only looks like a name for an address.
 */
export function useAutolinks(engine: MarkdownIt): void {
  const search = {
    test: (text: string): boolean => text.includes("://") || text.includes("@") || /www\./i.test(text),
    match: autolinksIn,
    matchAtStart: (text: string): Found | null => {
      const found = /^https?:\/\//i.test(text) ? addressAt(text, 0) : undefined;
      return found ?? null;
    },
  };
  Object.assign(engine.linkify, search);
  engine.set({ linkify: true });
  // Brackets bind more tightly than a bare address. In `[https://a.example](/b)` the engine would look for one while it searches the end of
  // the words, take the rest with it, and find no link.
  const { ruler } = new Markdown().inline;
  ruler.enableOnly(["linkify"]);
  const rule = ruler.getRules("")[0];
  engine.inline.ruler.at("linkify", (state, silent) => !silent && rule?.(state, silent) === true);
}

const MARK = /https?:\/\/|www\.|@/gi;

export function autolinksIn(text: string): Found[] {
  const links: Found[] = [];
  let done = 0;
  for (const { index, 0: mark } of text.matchAll(MARK)) {
    if (index < done) continue;
    const link = mark === "@" ? mailAt(text, index, done) : begins(text, index, mark) ? addressAt(text, index) : undefined;
    if (link === undefined) continue;
    // The link's two ends, its text, and the text before it.
    spend("nodes", 4);
    links.push(link);
    done = link.lastIndex;
  }
  return links;
}

/** A protocol must not end another word; `www.` must start a line or follow a space or a mark. */
function begins(text: string, index: number, mark: string): boolean {
  const before = text[index - 1] ?? " ";
  return /^www/i.test(mark) ? /[\s*_~(]/.test(before) : !/[a-z0-9]/i.test(before);
}

/** The host: labels without spaces and punctuation; the last two have no "_". */
const HOST = /(?:https?:\/\/|(?=www\.))([\p{L}\p{N}\p{M}\p{S}_-]+(?:\.[\p{L}\p{N}\p{M}\p{S}_-]+)*)/iuy;
/**
 * Everything but spaces, "<", and the quotation marks and stops that only prose has. GitHub allows those, and so links words after an
 * address that no space follows (Chinese) or that ends a quotation (Russian).
 */
const REST = /[^\s<«»“”„‘’‹›\u3000-\u3002\u3008-\u3011\uFF01\uFF08\uFF09\uFF0C\uFF1A\uFF1B\uFF1F\u2026]*/y;

function addressAt(text: string, index: number): Found | undefined {
  HOST.lastIndex = index;
  const host = HOST.exec(text)?.[1];
  if (host === undefined || /_[^.]*(?:\.[^.]*)?$/.test(host)) return undefined;
  REST.lastIndex = HOST.lastIndex;
  const rest = REST.exec(text)?.[0] ?? "";
  return linkTo(text, index, trimmed(text.slice(index, HOST.lastIndex) + rest));
}

function linkTo(text: string, index: number, length: number): Found {
  const written = text.slice(index, index + length);
  const schema = /^(?:https?:|mailto:)/i.exec(written)?.[0].toLowerCase() ?? "";
  return { index, lastIndex: index + length, text: written, url: schema === "" ? `http://${written}` : written, schema };
}

/**
 * The length of an address without what belongs to the sentence: stops, quotation marks, an unbalanced bracket, a character reference
 * (`&hl;`).
 */
function trimmed(address: string): number {
  let end = address.length;
  let surplus = address.includes(")") ? count(address, ")") - count(address, "(") : 0;
  for (;;) {
    const last = address[end - 1] ?? "";
    if (/[?!.,:*_~'"]/.test(last)) end -= 1;
    else if (last === ")" && surplus > 0) {
      end -= 1;
      surplus -= 1;
    } else if (last === ";") {
      const start = address.lastIndexOf("&", end);
      end = start !== -1 && /^&[a-z0-9]+;$/i.test(address.slice(start, end)) ? start : end - 1;
    } else return end;
  }
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;

const LOCAL = /[\w.+-]/;
const DOMAIN = /@([\w-]+(?:\.[\w-]+)+)/y;

/** The mail address around the "@" at `at`; text before `from` already belongs to a link. */
function mailAt(text: string, at: number, from: number): Found | undefined {
  let index = at;
  while (index > from && LOCAL.test(text[index - 1] ?? "")) index -= 1;
  DOMAIN.lastIndex = at;
  const domain = DOMAIN.exec(text)?.[1];
  // A digit at the end makes it a version: react@18.2.0.
  if (index === at || domain === undefined || !/[a-z]$/i.test(domain)) return undefined;
  const protocol = text.slice(Math.max(from, index - 7), index);
  const start = /^mailto:$/i.test(protocol) ? index - 7 : index;
  const written = text.slice(start, DOMAIN.lastIndex);
  return {
    index: start,
    lastIndex: DOMAIN.lastIndex,
    text: written,
    url: start === index ? `mailto:${written}` : written,
    schema: "mailto:",
  };
}
