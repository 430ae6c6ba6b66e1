import type { Element, ElementContent, Nodes, Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { ELEMENTS, SCHEMA, STRIPPED, TABLE_PARTS } from "./allowed.ts";
import { flatten } from "./flat.ts";

/** As a parser reads it: not yet safe. `cut`: something was nested too deep. */
export type RawTree = { readonly tree: Root; readonly cut: boolean };

/** "tidy": a fragment that our own code wrote, balanced and without scripts, which needs no first pass. */
export function parseHtml(html: string, kind: "tidy" | "fragment" | "document"): RawTree {
  const { html: flat, cut } = kind === "tidy" ? { html, cut: false } : flatten(html);
  return { tree: fromHtml(flat, { fragment: kind !== "document" }), cut };
}

const DEEPEST = 256;

/** Only what the allow-list has, and nothing deeper than the limit. */
export function safeTree(raw: RawTree): RawTree {
  const pruned = prune(raw.tree);
  return { tree: sanitize(pruned.tree, SCHEMA) as Root, cut: raw.cut || pruned.cut };
}

type Level = { readonly nodes: readonly Nodes[]; next: number; readonly into: Nodes[]; readonly depth: number; readonly inTable: boolean };

/**
 * Takes out and unwraps elements. The sanitiser would too, but it calls itself for each level and spreads an unwrapped element's
 * children over one call, and both have an end; this walk keeps its own stack.
 */
function prune(tree: Root): RawTree {
  const children: Nodes[] = [];
  const stack: Level[] = [{ nodes: tree.children, next: 0, into: children, depth: 0, inTable: false }];
  let cut = false;
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const node = level.nodes[level.next];
    level.next += 1;
    if (node === undefined) stack.pop();
    else if (node.type === "text") level.into.push(node);
    else if (node.type === "element" && !STRIPPED.has(node.tagName) && !isField(node)) {
      const { into, depth, inTable } = level;
      const tooDeep = depth >= DEEPEST;
      cut ||= tooDeep;
      const kept = !tooDeep && ELEMENTS.has(node.tagName) && (inTable || !TABLE_PARTS.has(node.tagName));
      const copy: Element = { type: "element", tagName: node.tagName, properties: plainImage(node), children: [] };
      if (kept) into.push(copy);
      stack.push({
        nodes: node.children,
        next: 0,
        into: kept ? copy.children : into,
        depth: kept ? depth + 1 : depth,
        inTable: inTable || (kept && node.tagName === "table"),
      });
    }
  }
  return { tree: { type: "root", children: children as RootContent[] }, cut };
}

/** A field to fill in; only the box of a task list is none. */
const isField = ({ tagName, properties }: Element): boolean => tagName === "input" && properties.type !== "checkbox";

/** An image that a script was to load has its address in a data attribute. */
function plainImage({ tagName, properties }: Element): Element["properties"] {
  if (tagName !== "img" && tagName !== "source") return properties;
  const src = properties.src;
  const lazy = properties.dataSrc ?? properties.dataOriginal ?? properties.dataLazySrc;
  const lazySet = properties.dataSrcSet ?? properties.dataSrcset ?? properties.dataLazySrcset;
  const plain = {
    ...(typeof lazy === "string" && (typeof src !== "string" || src === "" || src.startsWith("data:")) ? { src: lazy } : {}),
    ...(typeof lazySet === "string" && properties.srcSet === undefined ? { srcSet: [lazySet] } : {}),
  };
  return Object.assign({}, properties, plain);
}

type Child = RootContent | ElementContent;

/**
 * Every node in the order of the text, without recursion. A visitor that answers "skip" is not shown what is inside; `leave` is
 * called behind an element's last child.
 */
export function walk(tree: Root | Element, enter: (node: Child) => "skip" | undefined, leave: (node: Element) => void = () => {}): void {
  const stack: { readonly parent: Root | Element; next: number }[] = [{ parent: tree, next: 0 }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const node = level.parent.children[level.next];
    level.next += 1;
    if (node === undefined) {
      stack.pop();
      if (level.parent.type === "element" && level.parent !== tree) leave(level.parent);
    } else if (enter(node) !== "skip" && node.type === "element") stack.push({ parent: node, next: 0 });
  }
}

/** Compact, and the same for the same tree: double quotes, every closing tag. */
export const serialize = (tree: Root): string => toHtml(tree, { quote: '"', characterReferences: { useNamedReferences: true } });
