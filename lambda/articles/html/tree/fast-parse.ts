import type { Element, ElementContent, Root } from "hast";
import { LANGUAGE } from "./allowed.ts";

/**
 * A fast path to the safe tree of HTML that has only one reading, in a tenth of the time of `parseHtml` and `safeTree`; undefined for all
 * other HTML. Most output of the Markdown engine qualifies: every element is closed in order, the HTML standard would move, close or open
 * nothing by itself, and the allow-list knows every name. Any doubt means refusal: a law holds both ways to one tree.
 */
export function fastParse(html: string): Root | undefined {
  if (UNREAD.test(html)) return undefined;
  const root: Root = { type: "root", children: [] };
  const open: Open[] = [{ name: "", children: root.children as ElementContent[] }];
  for (let from = 0; from < html.length; ) {
    const top = open.at(-1) as Open;
    const at = html.indexOf("<", from);
    const text = textOf(html.slice(from, at === -1 ? html.length : at));
    if (text === undefined || !mayStand(text, top)) return undefined;
    if (text !== "") top.children.push({ type: "text", value: text });
    if (at === -1) break;
    const tag = tagAt(html, at);
    if (tag === undefined) return undefined;
    const { closes, name, attributes } = tag;
    from = at + tag.length;
    if (closes) {
      if (name !== top.name || attributes !== "") return undefined;
      open.pop();
      continue;
    }
    const properties = attributes === "" ? {} : propertiesOf(name, attributes);
    if (properties === undefined || (name === "img" && attributes === "") || !mayOpen(name, open)) return undefined;
    const element: Element = { type: "element", tagName: name, properties, children: [] };
    top.children.push(element);
    if (!VOID.has(name)) open.push({ name, children: element.children });
  }
  return open.length === 1 ? root : undefined;
}

/** An element that is not closed yet, and what is in it. */
export type Open = { readonly name: string; readonly children: ElementContent[] };

/** A parser removes the first and replaces the second. */
const UNREAD = /[\0\r]/;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+(?:="[^"<>]*")?)*)>/y;
const ATTRIBUTE = / ([a-z]+)(?:="([^"]*)")?/g;

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const VOID = words("br hr img");
/** A parser closes an open paragraph before these. */
const BLOCKS = words("p h1 h2 h3 h4 h5 h6 ul ol pre blockquote hr table section div");
const HEADINGS = words("h1 h2 h3 h4 h5 h6");
const INLINE = words("a b br code del em i img kbd mark s small span strong sub sup u");
/** Elements with a fixed parent; elsewhere a parser would create or move elements. */
const PLACES: Readonly<Record<string, ReadonlySet<string>>> = {
  li: words("ul ol"),
  thead: words("table"),
  tbody: words("table"),
  tr: words("thead tbody"),
  th: words("tr"),
  td: words("tr"),
};
/** A parser moves all other content of these before the table. */
const TABLE = words("table thead tbody tr");

type Tag = { readonly name: string; readonly closes: boolean; readonly attributes: string; readonly length: number };

/**
 * Tags without attributes, which most are: looking one up is faster than parsing it. (Not `<img>`: without attributes it shows nothing.)
 */
const BARE: ReadonlyMap<string, Tag> = new Map(
  ["br", "hr", ...BLOCKS, ...INLINE, ...Object.keys(PLACES)].flatMap((name) =>
    [`<${name}>`, `</${name}>`].map((tag) => [tag, { name, closes: tag[1] === "/", attributes: "", length: tag.length }]),
  ),
);

function tagAt(html: string, at: number): Tag | undefined {
  const bare = BARE.get(html.slice(at, html.indexOf(">", at) + 1));
  if (bare !== undefined) return bare;
  TAG.lastIndex = at;
  const [tag, slash, name = "", attributes = ""] = TAG.exec(html) ?? [];
  return tag === undefined ? undefined : { name, closes: slash === "/", attributes, length: tag.length };
}

/** At more depth, the first pass (preclean.ts) might repair tags: it counts 16 formatting elements. */
const DEEPEST = 16;

/** Whether the HTML standard lets an element begin here, moving, closing and opening nothing by itself. */
export function mayOpen(name: string, open: readonly Open[]): boolean {
  const parent = open.at(-1)?.name ?? "";
  if (open.length > DEEPEST) return false;
  const places = Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
  if (places !== undefined) return places.has(parent);
  if (TABLE.has(parent)) return false;
  if (BLOCKS.has(name)) return !isIn("p", open) && !(HEADINGS.has(name) && HEADINGS.has(parent));
  return INLINE.has(name) && !(name === "a" && isIn("a", open));
}

function isIn(name: string, open: readonly Open[]): boolean {
  for (let level = open.length - 1; level > 0; level -= 1) if (open[level]?.name === name) return true;
  return false;
}

function mayStand(text: string, { name, children }: Open): boolean {
  if (TABLE.has(name)) return /^[\n ]*$/.test(text);
  // A parser drops a line end at the beginning of preformatted text.
  return name !== "pre" || children.length > 0 || !text.startsWith("\n");
}

/** Decodes the four references that the engine writes; undefined if there is any other "&". */
function textOf(written: string): string | undefined {
  if (!written.includes("&")) return written;
  let sure = true;
  const text = written.replace(/&(?:(amp|lt|gt|quot);)?/g, (_, name: string | undefined) => {
    if (name === undefined) sure = false;
    return CHARACTERS[name ?? ""] ?? "";
  });
  return sure ? text : undefined;
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Attributes that stay unchanged, by element. */
const TEXTS: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words("href title id"),
  img: words("src alt title"),
  li: words("id"),
  td: words("align"),
  th: words("align"),
};

/** The attributes that the sanitiser would keep; undefined if unsure. */
function propertiesOf(name: string, attributes: string): Element["properties"] | undefined {
  const properties: Element["properties"] = {};
  const texts = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(attributes); found !== null; found = ATTRIBUTE.exec(attributes)) {
    const [, attribute = "", written = ""] = found;
    const value = textOf(written);
    const [property, made] = texts?.has(attribute) === true ? [attribute, value] : special(name, attribute, value);
    if (value === undefined || property === undefined || Object.hasOwn(properties, property)) return undefined;
    properties[property] = made;
  }
  return properties;
}

/** The language of code, and the number of a list's first item. */
function special(name: string, attribute: string, value = ""): readonly [property?: string, value?: Element["properties"][string]] {
  if (name === "code" && attribute === "class" && LANGUAGE.test(value)) return ["className", [value]];
  if (name === "ol" && attribute === "start" && /^\d{1,9}$/.test(value)) return ["start", Number(value)];
  return [];
}
