import type { Element, Root } from "hast";
import { plainText } from "./plain-text.ts";
import { walk } from "./tree.ts";
import { withoutForbidden } from "./xml-text.ts";

/** A headline found in a body, and the body without it. */
export type Headline = { readonly title: string; readonly rest: Root };

const HEADINGS: ReadonlySet<string> = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);
/** A heading in one of these belongs to what is quoted or listed there. */
const CLOSED: ReadonlySet<string> = new Set(["blockquote", "table", "ul", "ol", "dl", "pre", "details", "figure", "aside"]);

/**
 * The heading that names the article: the first of the first level, else the first of any level where nothing but pictures
 * comes before it. A later one names a part of the article, and stays.
 */
export function headlineOf(tree: Root): Headline | undefined {
  let opening: Element | undefined;
  let first: Element | undefined;
  let started = false;
  walk(tree, (node) => {
    if (first !== undefined) return "skip";
    if (node.type === "text" && /\S/.test(node.value)) started = true;
    if (node.type !== "element") return undefined;
    if (CLOSED.has(node.tagName)) {
      started ||= plainText(node, 1) !== "";
      return "skip";
    }
    if (!HEADINGS.has(node.tagName) || plainText(node, 1) === "") return undefined;
    if (node.tagName === "h1") first = node;
    else if (!started) opening ??= node;
    started = true;
    return "skip";
  });
  const heading = first ?? opening;
  return heading === undefined ? undefined : { title: plainText(heading), rest: without(tree, heading) };
}

/**
 * Where no heading names the article, its first line does: of a paragraph that opens the body, if it is no longer than headlines
 * are. A longer one is prose: nothing leaves the body, and the caller cuts the title from it.
 */
export function firstLineOf(tree: Root): Headline | undefined {
  const opening = tree.children.find((child) => child.type === "element" || /\S/.test(textIn(child)));
  if (opening?.type !== "element" || opening.tagName !== "p") return undefined;
  const [first, ...others] = opening.children;
  const text = first?.type === "text" ? withoutForbidden(first.value).trimStart() : "";
  const end = text.indexOf("\n");
  if (end > 0 && end <= LONGEST_LINE) {
    const left: Element = { ...opening, children: [{ type: "text", value: text.slice(end + 1) }, ...others] };
    return {
      title: text.slice(0, end).trim(),
      rest: { type: "root", children: tree.children.map((child) => (child === opening ? left : child)) },
    };
  }
  const title = plainText(opening);
  return title === "" || title.length > LONGEST_LINE ? undefined : { title, rest: without(tree, opening) };
}

const LONGEST_LINE = 200;

const textIn = (node: Root["children"][number]): string => (node.type === "text" ? node.value : "");

/** The tree without one of its elements, and without the space that is then at its beginning. */
export function without(tree: Root, gone: Element): Root {
  const path = new Set(pathTo(tree, gone));
  const copy = (children: Root["children"]): Root["children"] =>
    children
      .filter((child) => child !== gone)
      .map((child) =>
        child.type === "element" && path.has(child) ? { ...child, children: copy(child.children) as Element["children"] } : child,
      );
  const children = copy(tree.children);
  const start = children.findIndex((child) => child.type !== "text" || /\S/.test(child.value));
  return { type: "root", children: start === -1 ? [] : children.slice(start) };
}

/** The elements around an element of a tree. */
function pathTo(tree: Root, sought: Element): readonly Element[] {
  const open: Element[] = [];
  let path: readonly Element[] = [];
  let found = false;
  walk(
    tree,
    (node) => {
      if (found || node.type !== "element") return "skip";
      found = node === sought;
      if (found) path = [...open];
      if (!found) open.push(node);
      return found ? "skip" : undefined;
    },
    () => void open.pop(),
  );
  return path;
}
