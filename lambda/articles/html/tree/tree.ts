import type { Element, ElementContent, Root, RootContent } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { sanitize } from "hast-util-sanitize";
import { type DefaultTreeAdapterTypes, parse, parseFragment } from "parse5";
import { ELEMENTS, SCHEMA, STRIPPED, TABLE_PARTS } from "./allowed.ts";
import { EMBEDS, placedIn, type StandIn, standInFor } from "./embeds.ts";
import { formulaOf } from "./formula.ts";
import { isDrawnTwin, isHidden } from "./hidden.ts";
import { plainImage, pushImage } from "./lazy-images.ts";
import { preclean } from "./preclean.ts";

export type RawNode = DefaultTreeAdapterTypes.ChildNode;
export type RawElement = DefaultTreeAdapterTypes.Element;

/** A parser's result, not yet safe. `cut`: something was nested too deep. */
export type RawTree = { readonly nodes: readonly RawNode[]; readonly cut: boolean };

/**
 * "generated": a fragment from our own code, balanced and without scripts, which needs no first pass. "markdown": a fragment with HTML from
 * authors.
 */
export function parseHtml(html: string, kind: "generated" | "markdown" | "fragment" | "document"): RawTree {
  const { html: cleaned, cut } = kind === "generated" ? { html, cut: false } : preclean(html, kind === "markdown" ? kind : "page");
  const read = kind === "document" ? parse : parseFragment;
  return { nodes: read(cleaned, { scriptingEnabled: false }).childNodes, cut };
}

const DEEPEST = 256;

/** Keeps only what the allow-list has, and nothing below the depth limit. */
export function safeTree(raw: RawTree): SafeTree {
  const pruned = prune(raw.nodes);
  return { ...pruned, tree: sanitize(pruned.tree, SCHEMA) as Root, cut: raw.cut || pruned.cut };
}

/** `frames`: the addresses of embedded pages that were left out; `choices`: the options of each list of choices that was left out. */
export type SafeTree = {
  readonly tree: Root;
  readonly cut: boolean;
  readonly frames: readonly string[];
  readonly choices: readonly string[];
};

type Level = {
  readonly nodes: readonly RawNode[];
  next: number;
  readonly into: ElementContent[];
  readonly depth: number;
  readonly inTable: boolean;
  /** The name of the element around `into`; "" at the top. */
  readonly parent: string;
  readonly noscript: boolean;
};

/**
 * Removes and unwraps elements. The sanitiser could do it too, but recurses for each level and spreads an unwrapped element's children over
 * one call, and both can overflow; this walk has its own stack. Builds the tree of what stays, so nothing is copied twice.
 */
function prune(nodes: readonly RawNode[]): SafeTree {
  const children: ElementContent[] = [];
  const stack: Level[] = [{ nodes, next: 0, into: children, depth: 0, inTable: false, parent: "", noscript: false }];
  const frames = new Set<string>();
  const choices: string[] = [];
  const twins = new WeakSet<Element>();
  let cut = false;
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const node = level.nodes[level.next];
    level.next += 1;
    if (node === undefined) stack.pop();
    else if ("value" in node) level.into.push({ type: "text", value: node.value });
    else if ("attrs" in node && (isHidden(node) || isDrawnTwin(node, level.nodes, level.next - 1))) continue;
    else if ("attrs" in node && node.tagName === "math") level.into.push(...formulaOf(node));
    else if ("attrs" in node) {
      const found = EMBEDS.has(node.tagName) ? standInOf(node) : undefined;
      if (found !== undefined && "link" in found) {
        const inLink = stack.some(({ parent }) => parent === "a");
        level.into.push(...placedIn(level.parent, found.link, inLink));
        continue;
      }
      if (found !== undefined) frames.add(found.dropped);
      const offered = node.tagName === "select" ? choicesIn(node) : "";
      if (offered !== "") choices.push(offered);
      if (isStripped(node) || isField(node)) continue;
      const { into, depth, inTable, parent } = level;
      const noscript = level.noscript || node.tagName === "noscript";
      const tooDeep = depth >= DEEPEST;
      cut ||= tooDeep;
      if (tooDeep || !ELEMENTS.has(node.tagName) || (!inTable && TABLE_PARTS.has(node.tagName))) {
        stack.push({ nodes: node.childNodes, next: 0, into, depth, inTable, parent, noscript });
      } else {
        const kept: Element = { type: "element", tagName: node.tagName, properties: propertiesOf(node), children: [] };
        if (noscript) twins.add(kept);
        if (node.tagName === "img") pushImage(into, kept, twins);
        else into.push(kept);
        stack.push({
          nodes: node.childNodes,
          next: 0,
          into: kept.children,
          depth: depth + 1,
          inTable: inTable || node.tagName === "table",
          parent: node.tagName,
          noscript,
        });
      }
    }
  }
  return { tree: { type: "root", children }, cut, frames: [...frames], choices };
}

/** A dialog is shown only if it is open. */
const isStripped = (node: RawElement): boolean =>
  STRIPPED.has(node.tagName) && !(node.tagName === "dialog" && attributeOf(node, "open") !== undefined);

const standInOf = (node: RawElement): StandIn =>
  standInFor({ name: node.tagName, attribute: (name) => attributeOf(node, name), inner: addressesIn(node) });

/** The addresses in the children of an `<object>`: the player of an old page. */
const addressesIn = (node: RawElement): readonly string[] =>
  node.childNodes.flatMap((child) => ("attrs" in child ? (attributeOf(child, "src") ?? attributeOf(child, "value") ?? []) : []));

/** A form field; only the box of a task list is not. */
const isField = (node: RawElement): boolean => node.tagName === "input" && attributeOf(node, "type") !== "checkbox";

/** The options of a list of choices, in document order: "Apples, Pears". */
function choicesIn(list: RawElement): string {
  const words: string[] = [];
  const waiting: RawNode[] = list.childNodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ("value" in node && node.value.trim() !== "") words.push(node.value.trim().replace(/\s+/g, " "));
    else if ("attrs" in node && !/^(?:script|style|template)$/.test(node.tagName))
      for (const child of node.childNodes.toReversed()) waiting.push(child);
  }
  return words.join(", ");
}

export const attributeOf = (element: RawElement | undefined, name: string): string | undefined =>
  element?.attrs.find((attribute) => attribute.name === name)?.value;

/** An element's attributes as typed properties: texts, numbers, lists, booleans. */
function propertiesOf(node: RawElement): Element["properties"] {
  if (node.attrs.length === 0) return {};
  const alone = fromParse5({ ...node, childNodes: [] });
  const properties = alone.type === "element" ? alone.properties : {};
  return node.tagName === "img" || node.tagName === "source" ? plainImage(properties) : properties;
}

type Child = RootContent | ElementContent;

/**
 * Visits every node in document order, without recursion. "skip" skips a node's children, "stop" ends the walk; `leave` is called after an
 * element's last child.
 */
export function walk(
  tree: Root | Element,
  enter: (node: Child) => "skip" | "stop" | undefined,
  leave: (node: Element) => void = () => {},
): void {
  let parent: Root | Element = tree;
  let next = 0;
  // The parents around this one, and the place in each.
  const parents: (Root | Element)[] = [];
  const places: number[] = [];
  for (;;) {
    const node: Child | undefined = parent.children[next];
    next += 1;
    if (node === undefined) {
      const outer = parents.pop();
      if (outer === undefined) return;
      if (parent.type === "element") leave(parent);
      parent = outer;
      next = places.pop() ?? 0;
      continue;
    }
    const answer = enter(node);
    if (answer === "stop") return;
    if (answer === "skip" || node.type !== "element") continue;
    parents.push(parent);
    places.push(next);
    parent = node;
    next = 0;
  }
}
