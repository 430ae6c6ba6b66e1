import type { Element, ElementContent, Root } from "hast";
import { serialize } from "../../articles/html/serialize.ts";
import { fastParse } from "../../articles/html/tree/fast-parse.ts";
import { parseHtml, safeTree } from "../../articles/html/tree/tree.ts";

/** Which pictures and recordings may go to a partner, by their addresses: those listed, or all but those listed. */
export type Travelling = { readonly others: boolean; readonly except: readonly string[] };

/** Safe HTML without the files that may not travel; a figure goes with its caption, a link to a picture keeps its words. */
export function withoutHeldMedia(html: string, { others, except }: Travelling): string {
  if (others && !except.some((address) => html.includes(address) || html.includes(address.replaceAll("&", "&amp;")))) return html;
  const listed = new Set(except);
  const may = (address: unknown): boolean => typeof address !== "string" || listed.has(address) !== others;
  const tree = fastParse(html) ?? safeTree(parseHtml(html, "fragment")).tree;
  const made: Root = { type: "root", children: [...kept(tree.children as ElementContent[], may)] };
  return serialize(made, Number.POSITIVE_INFINITY) ?? "";
}

type May = (address: unknown) => boolean;

const files: ReadonlySet<string> = new Set(["img", "video", "audio", "source"]);

function kept(nodes: readonly ElementContent[], may: May): readonly ElementContent[] {
  return nodes.flatMap((node) => (node.type === "element" ? keptElement(node, may) : [node]));
}

function keptElement(node: Element, may: May): readonly ElementContent[] {
  const { tagName, properties } = node;
  if (files.has(tagName)) {
    const sources = [properties["src"], ...addressesIn(properties["srcSet"])];
    if (!sources.every(may)) return [];
  }
  const { poster, ...plain } = properties;
  const changed: Element = { ...node, properties: may(poster) ? properties : plain, children: [...kept(node.children, may)] };
  if (tagName === "a" && !may(properties["href"])) return changed.children;
  const lost = hasFile(node) && !hasFile(changed);
  if (lost && (tagName === "figure" || tagName === "picture" || !hasWords(changed))) return [];
  return [changed];
}

function addressesIn(srcSet: unknown): readonly string[] {
  const text = Array.isArray(srcSet) ? srcSet.join(", ") : typeof srcSet === "string" ? srcSet : "";
  return text.split(/,\s+/).flatMap((one) => one.trim().split(/\s+/)[0] || []);
}

function hasFile({ tagName, children, properties }: Element): boolean {
  if (tagName === "img" || (files.has(tagName) && properties["src"] !== undefined)) return true;
  return children.some((child) => child.type === "element" && hasFile(child));
}

function hasWords({ children }: Element): boolean {
  return children.some((child) => (child.type === "element" ? hasWords(child) : child.type === "text" && child.value.trim() !== ""));
}
