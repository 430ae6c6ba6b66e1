import type { ElementContent, Root, Text } from "hast";
import { walk } from "../../html/tree/tree.ts";
import { UNKNOWN } from "./templates.ts";

const SUSPECT = /\{[{%#:]|\[\[|:::/;
const SIGN =
  /\$?\{\{[^\n]{0,500}?\}\}+|\{%[^\n]{0,500}?%\}|\{#[^{}\n]{0,300}#?\}|\{:[^{}\n]{0,300}\}|\[\[[^\n]{0,300}?\]\]+|\S{0,60}:::+\S{0,60}|\{\{[<%]?|\{[%#:]|\[\[/g;
/** Between these signs, braces belong to TeX. */
const FORMULA = /\$\$[^$]{1,2000}\$\$|\$(?![\s{])[^$\n]{1,500}(?<!\s)\$(?!\w)/g;
const CODE: ReadonlySet<string> = new Set(["code", "pre", "kbd", "samp"]);

/**
 * Sets template syntax that turned out to be text (in an article about templates) as code, so that it is read literally. Removes addresses
 * with unknown parts, and keeps the text of their links. Changes the tree in place (the caller owns it).
 */
export function markLiteralTags(tree: Root, source: string): void {
  const hasUnknown = source.includes(UNKNOWN);
  if (!hasUnknown && !SUSPECT.test(source) && !/&#(?:x7b|123);/i.test(source)) return;
  const rewrite = (children: readonly ElementContent[]): ElementContent[] =>
    children.flatMap((child) => (isSuspect(child) ? marked(child.value) : [child]));
  tree.children = rewrite(tree.children as ElementContent[]);
  walk(tree, (node) => {
    if (node.type !== "element") return undefined;
    for (const name in node.properties) {
      const value = node.properties[name];
      if (typeof value === "string" && mayBeUnknown(value) && (ADDRESSES.has(name) ? NO_ADDRESS : UNKNOWN_ONLY).test(value))
        delete node.properties[name];
    }
    if (CODE.has(node.tagName)) return "skip";
    if (node.children.some(isSuspect)) node.children = rewrite(node.children);
    return undefined;
  });
}

/** Most texts are line ends. */
const isSuspect = (node: ElementContent): node is Text => node.type === "text" && node.value.length > 1 && SUSPECT.test(node.value);

/** What every address with an unknown part or a tag holds. */
const mayBeUnknown = (value: string): boolean => value.includes("%") || value.includes("{") || value.includes(UNKNOWN);
const ADDRESSES: ReadonlySet<string> = new Set(["href", "src", "srcSet", "poster", "cite"]);
const UNKNOWN_ONLY = new RegExp(`${UNKNOWN}|${encodeURIComponent(UNKNOWN)}`);
/** Also an address with a tag that was kept as text. */
const NO_ADDRESS = new RegExp(`${UNKNOWN_ONLY.source}|(?:\\{|%7B)(?:[{%]|%7B|%25)`, "i");

function marked(text: string): readonly ElementContent[] {
  const parts: ElementContent[] = [];
  const add = (value: string): void => void (value === "" || parts.push({ type: "text", value }));
  const signs = (piece: string): void => {
    let done = 0;
    for (const { 0: sign, index } of piece.matchAll(SIGN)) {
      add(piece.slice(done, index));
      parts.push({ type: "element", tagName: "code", properties: {}, children: [{ type: "text", value: sign }] });
      done = index + sign.length;
    }
    add(piece.slice(done));
  };
  let done = 0;
  for (const { 0: formula, index } of text.matchAll(FORMULA)) {
    if (!/\\[a-zA-Z]|[\^_]/.test(formula)) continue;
    signs(text.slice(done, index));
    add(formula);
    done = index + formula.length;
  }
  signs(text.slice(done));
  return parts;
}
