import type { Element, ElementContent, Root } from "hast";
import type { Renderer, Token } from "markdown-it";
import { LANGUAGE } from "../html/tree/allowed.ts";
import { mayOpen, type Open } from "../html/tree/fast-parse.ts";

/**
 * The safe tree of the engine's tokens, without a detour over HTML; undefined if any of them has a meaning that only HTML shows (raw HTML,
 * footnotes) or that the fast parser would refuse. A law holds both ways to one tree. `most`: if the HTML could be longer, none is made.
 */
export function treeOfTokens(tokens: readonly Token[], markdown: string, most: number, engine: Renderer): Root | undefined {
  if (MAY_CHANGE.test(markdown)) return undefined;
  const root: Root = { type: "root", children: [] };
  const open: Open[] = [{ name: "", children: root.children as ElementContent[] }];
  /** Not yet in the tree: tags that have no element leave the text around them in one piece. */
  let text = "";
  /** How long the HTML may still become. */
  let left = most;

  const endText = (): void => {
    if (text === "") return;
    left -= REFERENCE * text.length;
    open.at(-1)?.children.push({ type: "text", value: text });
    text = "";
  };
  /** Begins an element; one without content ends at once. This and all below answer false if they are in doubt. */
  const start = (name: string, properties: Properties | undefined): boolean => {
    if (properties === undefined) return false;
    endText();
    left -= TAG;
    for (const key in properties) {
      const value = properties[key];
      if (typeof value === "string") left -= REFERENCE * value.length;
    }
    if (left < 0 || !mayOpen(name, open)) return false;
    const element: Element = { type: "element", tagName: name, properties, children: [] };
    open.at(-1)?.children.push(element);
    if (!EMPTY.has(name)) open.push({ name, children: element.children });
    return true;
  };
  const close = (name: string): boolean => {
    endText();
    return open.length > 1 && open.pop()?.name === name;
  };
  const code = (content: string, properties: Properties): boolean => {
    if (!start("code", properties)) return false;
    text = content;
    return close("code");
  };
  const block = (index: number, token: Token): boolean => {
    if (!BLOCKS.has(token.type)) return false;
    if (token.nesting !== -1 && followsHiddenEnd(tokens, index)) text += "\n";
    const isDone = token.nesting === -1 ? close(token.tag) : start(token.tag, propertiesOf(token));
    if (token.nesting !== 1 || endsLine(tokens, index, token)) text += "\n";
    return isDone;
  };
  const codeBlock = ({ type, content, info, attrs }: Token): boolean => {
    const language = type === "fence" ? info.trim() : "";
    const name = `language-${language.split(/\s/)[0]}`;
    if (attrs !== null || /[&\\]/.test(info) || (language !== "" && !LANGUAGE.test(name))) return false;
    const isDone = start("pre", {}) && code(content, language === "" ? {} : { className: [name] }) && close("pre");
    text = "\n";
    return isDone;
  };
  const image = (token: Token): boolean => {
    const children = token.children ?? [];
    const properties = propertiesOf(token);
    // Addresses in the words for a picture are not shown, but they count.
    if (properties === undefined || children.some(({ attrs, children: inner }) => attrs !== null || inner !== null)) return false;
    return start("img", { ...properties, alt: engine.renderInlineAsText([...children], NO_OPTIONS, {}) });
  };
  const line = (token: Token): boolean => {
    const { type, tag, nesting, attrs } = token;
    if (type === "code_inline") return attrs === null && code(token.content, {});
    if (type === "image") return image(token);
    if (type === "hardbreak") {
      const isDone = start("br", {});
      text = "\n";
      return isDone;
    }
    return INLINES.has(type) && (nesting === -1 ? close(tag) : start(tag, propertiesOf(token)));
  };
  const inline = (children: readonly Token[]): boolean => {
    for (const token of children) {
      if (token.type === "text") text += token.content;
      else if (token.type === "softbreak") text += "\n";
      else if (!line(token)) return false;
    }
    return true;
  };

  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const isDone =
      token.type === "inline"
        ? inline(token.children ?? [])
        : token.type === "fence" || token.type === "code_block"
          ? codeBlock(token)
          : token.hidden || block(index, token);
    if (!isDone) return undefined;
  }
  endText();
  return open.length === 1 && left >= 0 ? root : undefined;
}

/** How much longer a sign may become as a reference (`&quot;`), and the names and signs of a tag with its end. */
const REFERENCE = 6;
const TAG = 50;

type Properties = Element["properties"];

/** What may stand for NUL or a carriage return, which a parser of HTML removes or replaces. */
const MAY_CHANGE = /&#(?:0*13|x0*d)|%0|[\0\r]/i;

const NO_OPTIONS = {} as Parameters<Renderer["renderInlineAsText"]>[1];
const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const EMPTY = words("br hr img");
const pairs = (names: string): ReadonlySet<string> => words(names.replace(/\w+/g, "$&_open $&_close"));
const BLOCKS: ReadonlySet<string> = new Set([
  ...pairs("paragraph heading bullet_list ordered_list list_item blockquote table thead tbody tr th td"),
  "hr",
]);
const INLINES = pairs("link em strong s mark");

/** Attributes that stay unchanged, by the type of token. */
const TEXTS: Readonly<Record<string, ReadonlySet<string>>> = { link_open: words("href title"), image: words("src alt title") };

/** The attributes of a tag as the sanitiser keeps them; undefined if unsure. */
function propertiesOf({ type, attrs }: Token): Properties | undefined {
  if (attrs === null) return {};
  const properties: Properties = {};
  for (let index = 0; index < attrs.length; index += 1) {
    const [name, value] = attrs[index] ?? ["", ""];
    if (TEXTS[type]?.has(name) === true) properties[name] = String(value);
    else if (type === "ordered_list_open" && name === "start") properties.start = Number(value);
    else if ((type === "th_open" || type === "td_open") && name === "style") {
      const align = ALIGN.exec(String(value))?.[1];
      if (align === undefined) return undefined;
      properties.align = align;
    } else return undefined;
  }
  return properties;
}

/** How the engine aligns cells. */
export const ALIGN = /^text-align:(left|center|right)$/;

/** Where a line ends in the engine's HTML, a text of the tree has a line end. Paragraphs of tight lists are hidden. */
function followsHiddenEnd(tokens: readonly Token[], index: number): boolean {
  let before = index - 1;
  while (tokens[before]?.hidden === true && tokens[before]?.nesting === 0) before -= 1;
  return tokens[before]?.hidden === true && tokens[before]?.nesting === -1;
}

/** Whether a line ends after the opening of a block: not before its text, nor before its own end. */
function endsLine(tokens: readonly Token[], index: number, { tag }: Token): boolean {
  let behind = index + 1;
  while (tokens[behind]?.hidden === true && tokens[behind]?.nesting === 0) behind += 1;
  const next = tokens[behind];
  return next === undefined || !(next.type === "inline" || next.hidden || (next.nesting === -1 && next.tag === tag));
}
