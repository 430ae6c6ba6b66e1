import type { Element } from "hast";
import type { Field } from "./front-matter.ts";
import { plainText } from "./plain-text.ts";
import { parseHtml, type RawTree, walk } from "./tree.ts";

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
  const { tree, cut } = parseHtml(html, "document");
  const found = new Map<string, Element[]>();
  walk(tree, (node) => {
    if (node.type !== "element") return undefined;
    if (WANTED.has(node.tagName)) found.set(node.tagName, found.get(node.tagName) ?? []);
    found.get(node.tagName)?.push(node);
    return undefined;
  });
  const only = (name: string): Element | undefined => (found.get(name)?.length === 1 ? found.get(name)?.[0] : undefined);
  const body = only("article") ?? only("main") ?? found.get("body")?.[0];
  return { body: { tree: { type: "root", children: body?.children ?? [] }, cut }, fields: headFields(found) };
}

const WANTED: ReadonlySet<string> = new Set(["html", "title", "meta", "link", "article", "main", "body"]);

/** The page's title is weaker than a heading on it, because it often names the site as well: no field of front matter has this name. */
export const TITLE_ELEMENT = "title-element";

function headFields(found: ReadonlyMap<string, readonly Element[]>): readonly Field[] {
  const field = (name: string, value: unknown): readonly Field[] =>
    typeof value === "string" && value.trim() !== "" ? [{ name, value: value.trim(), line: 1 }] : [];
  const metas = (found.get("meta") ?? []).flatMap(({ properties }) => {
    const name = META[String(properties.name ?? properties.property ?? "").toLowerCase()];
    return name === undefined ? [] : field(name, properties.content);
  });
  const title = found.get("title")?.[0];
  return [
    ...metas,
    ...field(TITLE_ELEMENT, title === undefined ? undefined : plainText(title)),
    ...field("lang", found.get("html")?.[0]?.properties.lang),
    ...(found.get("link") ?? []).flatMap(({ properties }) =>
      String(properties.rel).includes("canonical") ? field("canonical", properties.href) : [],
    ),
  ];
}
