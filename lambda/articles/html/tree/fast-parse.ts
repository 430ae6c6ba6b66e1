import type { Element, ElementContent, Root } from "hast";
import { LANGUAGE } from "./allowed.ts";

/**
 * The safe tree of HTML that a parser could read in one way only, in a tenth of the time of the long way (`parseHtml`, `safeTree`);
 * undefined for all other HTML, of which nothing is said. Most of what the Markdown engine writes is so: every element closed in its
 * turn, nothing that the HTML standard would move, close or open by itself, and no name that the allow-list does not know. What is
 * not certain is refused: a law holds that both ways give one tree.
 */
export function tidyTree(html: string): Root | undefined {
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

type Open = { readonly name: string; readonly children: ElementContent[] };

/** A parser takes out the first and rewrites the second. */
const UNREAD = /[\0\r]/;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+(?:="[^"<>]*")?)*)>/y;
const ATTRIBUTE = / ([a-z]+)(?:="([^"]*)")?/g;

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const VOID = words("br hr img");
/** An open paragraph would be closed before these. */
const BLOCKS = words("p h1 h2 h3 h4 h5 h6 ul ol pre blockquote hr table section div");
const HEADINGS = words("h1 h2 h3 h4 h5 h6");
const INLINE = words("a b br code del em i img kbd mark s small span strong sub sup u");
/** Elements that have one place only; anywhere else a parser would make or move something. */
const PLACES: Readonly<Record<string, ReadonlySet<string>>> = {
  li: words("ul ol"),
  thead: words("table"),
  tbody: words("table"),
  tr: words("thead tbody"),
  th: words("tr"),
  td: words("tr"),
};
/** In these, everything else would be moved before the table. */
const TABLE = words("table thead tbody tr");

type Tag = { readonly name: string; readonly closes: boolean; readonly attributes: string; readonly length: number };

/** Tags without attributes, which most are (but for a picture's: that shows nothing, and is a word of the text): looking one up takes less time than reading it. */
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

/** Deeper, and the first pass might set tags in order: it counts 16 elements of the formatting kind (preclean.ts). */
const DEEPEST = 16;

function mayOpen(name: string, open: readonly Open[]): boolean {
  const parent = open.at(-1)?.name ?? "";
  if (open.length > DEEPEST) return false;
  const places = Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
  if (places !== undefined) return places.has(parent);
  if (TABLE.has(parent)) return false;
  if (BLOCKS.has(name)) return !open.some((one) => one.name === "p") && !(HEADINGS.has(name) && HEADINGS.has(parent));
  return INLINE.has(name) && !(name === "a" && open.some((one) => one.name === "a"));
}

function mayStand(text: string, { name, children }: Open): boolean {
  if (TABLE.has(name)) return /^[\n ]*$/.test(text);
  // A parser leaves out the line end at the beginning of preformatted text.
  return name !== "pre" || children.length > 0 || !text.startsWith("\n");
}

/** The text with the four references that the engine writes resolved; undefined where it has another "&". */
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

/** Attributes that stay as they are, by element. */
const TEXTS: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words("href title id"),
  img: words("src alt title"),
  li: words("id"),
  td: words("align"),
  th: words("align"),
};

/** What the sanitiser would leave of an element's attributes; undefined where that is not sure. */
function propertiesOf(name: string, attributes: string): Element["properties"] | undefined {
  const properties: Element["properties"] = {};
  const texts = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  for (const [, attribute = "", written = ""] of attributes.matchAll(ATTRIBUTE)) {
    const value = textOf(written);
    const [property, made] = texts?.has(attribute) === true ? [attribute, value] : special(name, attribute, value);
    if (value === undefined || property === undefined || Object.hasOwn(properties, property)) return undefined;
    properties[property] = made;
  }
  return properties;
}

/** The language of code and the number of a list's first item. */
function special(name: string, attribute: string, value = ""): readonly [property?: string, value?: Element["properties"][string]] {
  if (name === "code" && attribute === "class" && LANGUAGE.test(value)) return ["className", [value]];
  if (name === "ol" && attribute === "start" && /^\d{1,9}$/.test(value)) return ["start", Number(value)];
  return [];
}
