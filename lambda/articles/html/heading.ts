import type { Element, ElementContent, Root } from "hast";
import { summarize } from "../title/summary.ts";
import { plainText } from "./plain-text.ts";
import { walk } from "./tree/tree.ts";

/** A headline found in a body, and the body without it. `isTop`: it is an h1, which precedes all other headlines. */
export type Headline = { readonly title: string; readonly rest: Root; readonly isTop?: boolean };

const HEADINGS: ReadonlySet<string> = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);
/** A heading inside one of these belongs to what is quoted or listed there. */
const CLOSED: ReadonlySet<string> = new Set(["blockquote", "table", "ul", "ol", "dl", "pre", "details", "figure", "aside"]);

/**
 * The heading that names the article: the first h1, else the first heading with nothing but pictures before it. A later heading names a
 * part of the article and stays. `own`: the address of the page itself.
 */
export function headlineOf(tree: Root, own?: string): Headline | undefined {
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
  if (heading === undefined) return undefined;
  const title = plainText(heading);
  return title.length > LONGEST_LINE || showsMore(heading, own)
    ? { title: summarize(title, LONGEST_LINE), rest: tree, isTop: first !== undefined }
    : { title, rest: withoutElement(tree, heading), isTop: first !== undefined };
}

/**
 * The tree without an opening heading that repeats the title, which a document shows above the text already. Only pictures may stand before it.
 */
export function withoutRepeated(tree: Root, title: string): Root {
  let opening: Element | undefined;
  walk(tree, (node) => {
    if (opening !== undefined) return "stop";
    if (node.type === "text" && /\S/.test(node.value)) return "stop";
    if (node.type !== "element") return undefined;
    if (CLOSED.has(node.tagName) && plainText(node, 1) !== "") return "stop";
    if (HEADINGS.has(node.tagName) && plainText(node, 1) !== "") opening = node;
    return opening === undefined ? undefined : "stop";
  });
  if (opening === undefined || wordsOf(plainText(opening)) !== wordsOf(title) || showsMore(opening)) return tree;
  return withoutElement(tree, opening);
}

/** A text as it is compared: neither case nor punctuation tells two titles apart. */
const wordsOf = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "") || text.trim();

/** A longer line is a paragraph. */
export const LONGEST_LINE = 200;

/**
 * Whether the line holds what no title can: a link to elsewhere, a picture, a sound or a video. Then it stays in the body. (`#place` links
 * to the line itself.)
 */
function showsMore(line: Element, own?: string): boolean {
  let found = false;
  walk(line, (node) => {
    if (node.type !== "element") return undefined;
    const { href } = node.properties;
    found ||= SHOWN.has(node.tagName) || (node.tagName === "a" && typeof href === "string" && !isOwn(href, own));
    return found ? "stop" : undefined;
  });
  return found;
}

const isOwn = (href: string, own: string | undefined): boolean =>
  /^\s*#/.test(href) || (own !== undefined && URL.parse(href, own)?.href === URL.parse(own)?.href);

const SHOWN: ReadonlySet<string> = new Set(["img", "audio", "video"]);

/**
 * Without a heading, the first line of an opening paragraph names the article if it is short enough. A longer one is prose: nothing leaves
 * the body, and the caller cuts a title from it.
 */
export function firstLineOf(tree: Root): Headline | undefined {
  const opening = tree.children.find((child) => child.type === "element" || /\S/.test(textIn(child)));
  if (opening?.type !== "element" || opening.tagName !== "p") return undefined;
  const { line, others } = firstLine(opening);
  // Typed with a no-break space, the sign of a heading is none.
  const title = plainText(line).replace(/^#{1,6}[\u00A0\u3000 ]+(?=\S)/, "");
  if (title === "" || title.length > LONGEST_LINE || continuesSentence(plainText(others, 10))) return undefined;
  if (showsMore(line)) return { title, rest: tree };
  if (others.children.length === 0) return { title, rest: withoutElement(tree, opening) };
  return { title, rest: { type: "root", children: tree.children.map((child) => (child === opening ? others : child)) } };
}

/** Whether a line continues a sentence: then the line before it is no headline, but prose that an editor has wrapped. */
export const continuesSentence = (line: string): boolean => /^\s*\p{Ll}/u.test(line);

/** Splits a paragraph after its first line. */
function firstLine(paragraph: Element): { readonly line: Element; readonly others: Element } {
  const line: ElementContent[] = [];
  const others = [...paragraph.children];
  for (let child = others.shift(); child !== undefined; child = others.shift()) {
    if (child.type === "element" && child.tagName === "br") break;
    // Line breaks at the start do not end the line.
    const begun = line.some((one) => one.type !== "text" || /\S/.test(one.value));
    const end = child.type === "text" ? child.value.indexOf("\n", begun ? 0 : child.value.search(/\S|$/)) : -1;
    if (child.type !== "text" || end === -1) {
      line.push(child);
      continue;
    }
    line.push({ type: "text", value: child.value.slice(0, end) });
    if (end + 1 < child.value.length) others.unshift({ type: "text", value: child.value.slice(end + 1) });
    break;
  }
  return { line: { ...paragraph, children: line }, others: { ...paragraph, children: others } };
}

const textIn = (node: Root["children"][number]): string => (node.type === "text" ? node.value : "");

/** The tree without one of its elements, and without leading space after that. */
export function withoutElement(tree: Root, gone: Element): Root {
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

/** The ancestors of an element. */
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
