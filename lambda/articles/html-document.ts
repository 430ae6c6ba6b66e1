import type { Field } from "./field.ts";
import { plainText } from "./plain-text.ts";
import { attributeOf, parseHtml, type RawElement, type RawNode, type RawTree, safeTree } from "./tree.ts";
import { withoutForbidden } from "./xml-text.ts";

/** A whole page's article, and what its head says as if it were front matter (lines are not known: 1). */
export type HtmlDocument = { readonly body: RawTree; readonly fields: readonly Field[] };

/** Names in `<meta>` that say the same as a field of front matter. */
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

/** An HTML file: a whole page gives its `<article>` or `<main>` where it has just one, else its body; a fragment is all body. */
export function htmlDocument(html: string): HtmlDocument {
  if (!/<(?:!doctype|html|head|body|title|meta)[\s>]/i.test(html.slice(0, 100_000)))
    return { body: parseHtml(html, "fragment"), fields: [] };
  const { nodes, cut } = parseHtml(html, "document");
  const found = new Map<string, RawElement[]>();
  for (const element of elementsIn(nodes)) {
    if (!WANTED.has(element.tagName)) continue;
    const others = found.get(element.tagName);
    if (others === undefined) found.set(element.tagName, [element]);
    else others.push(element);
  }
  const only = (name: string): RawElement | undefined => (found.get(name)?.length === 1 ? found.get(name)?.[0] : undefined);
  const body = only("article") ?? only("main") ?? found.get("body")?.[0];
  return { body: { nodes: body?.childNodes ?? [], cut }, fields: headFields(found) };
}

/** Every element in the order of the text. */
function* elementsIn(nodes: readonly RawNode[]): Generator<RawElement> {
  const stack: { readonly nodes: readonly RawNode[]; next: number }[] = [{ nodes, next: 0 }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const node = level.nodes[level.next];
    level.next += 1;
    if (node === undefined) stack.pop();
    else if ("attrs" in node) {
      yield node;
      stack.push({ nodes: node.childNodes, next: 0 });
    }
  }
}

const WANTED: ReadonlySet<string> = new Set(["html", "title", "meta", "link", "article", "main", "body"]);

/** The page's title is weaker than a heading on it, because it often names the site as well: no field of front matter has this name. */
export const TITLE_ELEMENT = "title-element";

function headFields(found: ReadonlyMap<string, readonly RawElement[]>): readonly Field[] {
  const field = (name: string, written = ""): readonly Field[] => {
    const value = withoutForbidden(written).trim();
    return value === "" ? [] : [{ name, value, line: 1 }];
  };
  const metas = (found.get("meta") ?? []).flatMap((meta) => {
    const name = META[(attributeOf(meta, "name") ?? attributeOf(meta, "property") ?? "").toLowerCase()];
    return name === undefined ? [] : field(name, attributeOf(meta, "content"));
  });
  const title = found.get("title")?.[0];
  return [
    ...metas,
    ...field(TITLE_ELEMENT, title === undefined ? undefined : plainText(safeTree({ nodes: title.childNodes, cut: false }).tree)),
    ...field("lang", attributeOf(found.get("html")?.[0], "lang")),
    ...(found.get("link") ?? []).flatMap((link) =>
      attributeOf(link, "rel")?.includes("canonical") ? field("canonical", attributeOf(link, "href")) : [],
    ),
  ];
}
