import type { Field } from "../front-matter/field.ts";
import { withoutForbidden } from "../model/xml-text.ts";
import { isAddress, linkedData } from "./linked-data.ts";
import { plainText } from "./plain-text.ts";
import { STRIPPED } from "./tree/allowed.ts";
import { isHidden } from "./tree/hidden.ts";
import { attributeOf, parseHtml, type RawElement, type RawNode, type RawTree, safeTree } from "./tree/tree.ts";

/** A page's article, and its head as front matter fields (their lines are unknown: 1). */
export type HtmlDocument = { readonly body: RawTree; readonly fields: readonly Field[] };

/** `<meta>` names and their front matter fields. */
const META: Readonly<Record<string, string>> = {
  "og:title": "title-element",
  description: "description",
  "og:description": "description",
  author: "author",
  "article:author": "author",
  keywords: "keywords",
  "article:section": "section",
  date: "date",
  "dc.date": "date",
  "dcterms.created": "date",
  "article:published_time": "date",
  "article:modified_time": "updated",
  "og:image": "image",
};

/**
 * Reads an HTML file. A whole page yields its `<article>` or `<main>` if exactly one has content, else its body; a fragment is all body.
 */
export function htmlDocument(html: string): HtmlDocument {
  if (!isPage(html)) return { body: parseHtml(html, "fragment"), fields: [] };
  const { nodes, cut } = parseHtml(html, "document");
  const found = new Map<string, Found[]>();
  for (const one of elementsIn(nodes)) {
    const { tagName } = one.element;
    if (!WANTED.has(tagName)) continue;
    const others = found.get(tagName);
    if (others === undefined) found.set(tagName, [one]);
    else others.push(one);
  }
  const body = contentOf(found);
  return { body: { nodes: body?.childNodes ?? [], cut }, fields: [...linkedData(html), ...headFields(found)] };
}

/** Whether a file is a whole page, whose head states facts; else it is a fragment. */
export const isPage = (html: string): boolean => /<(?:!doctype|html|head|body|title|meta)[\s>]/i.test(html.slice(0, 100_000));

/** An element, and the names of its ancestors. */
type Found = { readonly element: RawElement; readonly within: ReadonlySet<string> };

function contentOf(found: ReadonlyMap<string, readonly Found[]>): RawElement | undefined {
  const only = (all: readonly Found[]): Found | undefined => (all.length === 1 ? all[0] : undefined);
  const shown = (name: string): readonly Found[] => (found.get(name) ?? []).filter(({ element }) => showsAnything(element));
  // An article next to the text is a teaser, one inside another is a comment.
  const articles = shown("article").filter(({ within }) => !BESIDE.some((name) => within.has(name)));
  const article = only(articles) ?? only(articles.filter(({ within }) => within.has("main")));
  return (article ?? only(shown("main")) ?? found.get("body")?.[0])?.element;
}

const BESIDE = ["aside", "nav", "header", "footer", "article"];

/** Whether an element shows any word or picture. */
function showsAnything(element: RawElement): boolean {
  const stack: RawNode[] = [element];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ("value" in node && /\S/.test(node.value)) return true;
    if (!("attrs" in node) || STRIPPED.has(node.tagName) || isHidden(node)) continue;
    if (node.tagName === "img" || node.tagName === "audio" || node.tagName === "video") return true;
    for (const child of node.childNodes) stack.push(child);
  }
  return false;
}

const AROUND: ReadonlySet<string> = new Set(["main", ...BESIDE]);

/** Every element in document order. */
function* elementsIn(nodes: readonly RawNode[]): Generator<Found> {
  type Level = { readonly nodes: readonly RawNode[]; next: number; readonly within: ReadonlySet<string> };
  const stack: Level[] = [{ nodes, next: 0, within: new Set() }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const node = level.nodes[level.next];
    level.next += 1;
    if (node === undefined) stack.pop();
    else if ("attrs" in node) {
      const { within } = level;
      yield { element: node, within };
      const isAround = AROUND.has(node.tagName) && !within.has(node.tagName);
      stack.push({ nodes: node.childNodes, next: 0, within: isAround ? new Set([...within, node.tagName]) : within });
    }
  }
}

const WANTED: ReadonlySet<string> = new Set(["html", "title", "meta", "link", "article", "main", "body"]);

/** A page's title counts less than its headings, because it often names the site too; so it gets a name that no front matter field has. */
export const TITLE_ELEMENT = "title-element";

function headFields(found: ReadonlyMap<string, readonly Found[]>): readonly Field[] {
  const all = (name: string): readonly RawElement[] => (found.get(name) ?? []).map(({ element }) => element);
  const field = (name: string, written = ""): readonly Field[] => {
    const value = withoutForbidden(written).trim();
    return value === "" ? [] : [{ name, value, line: 1 }];
  };
  const metas = all("meta").flatMap((meta) => {
    const name = META[(attributeOf(meta, "name") ?? attributeOf(meta, "property") ?? "").toLowerCase()];
    const content = attributeOf(meta, "content") ?? "";
    return name === undefined || (name === "author" && isAddress(content)) ? [] : field(name, content);
  });
  const title = all("title")[0];
  return [
    ...metas,
    ...field(TITLE_ELEMENT, title === undefined ? undefined : plainText(safeTree({ nodes: title.childNodes, cut: false }).tree)),
    ...field("lang", attributeOf(all("html")[0], "lang")),
    ...all("link").flatMap((link) =>
      attributeOf(link, "rel")?.includes("canonical") ? field("canonical", attributeOf(link, "href")) : [],
    ),
  ];
}
