import type { Element, Root } from "hast";
import { type Direction, directionOf } from "../language/direction.ts";
import { canonicalTag } from "../language/language.ts";
import { walk } from "./tree/tree.ts";

/** Elements that run left to right in every language. */
const CODE: ReadonlySet<string> = new Set(["pre", "code", "kbd", "samp"]);
const QUOTATIONS: ReadonlySet<string> = new Set(["blockquote", "q"]);

const FROM_THE_RIGHT = /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}\p{Script=Rohg}]/gu;
/** A text without these needs no slow test for scripts: the blocks of right-to-left scripts, and surrogates. */
const PERHAPS = /[\u0590-\u08FF\uD800-\uDFFF\uFB1D-\uFEFF]/;
const LETTERS = /\p{L}/gu;
/** How many characters and nodes of a quotation are read: nested ones are read again for each level. */
const ENOUGH = 1000;
const MOST_NODES = 2000;

/** Whether no part of a text can need a direction: all of it runs left to right. A character reference may be any letter. */
export const runsOneWay = (text: string, own: Direction): boolean =>
  own === "ltr" && !(PERHAPS.test(text) && text.search(FROM_THE_RIGHT) !== -1) && !text.includes("&#");

/**
 * Sets a direction on whatever runs against the text around it: quotations in another script, parts in another stated language, and code;
 * otherwise their full stops and brackets land on the wrong side. The majority of letters decides, because `dir="auto"` goes by the first
 * letter alone and would turn a quotation that begins with a foreign name. The author's own `dir` stays. Changes the tree in place (the
 * caller owns it).
 */
export function markDirections(tree: Root, own: Direction): void {
  const around: Direction[] = [own];
  walk(
    tree,
    (node) => {
      if (node.type !== "element") return undefined;
      const outside = around.at(-1) ?? own;
      const inside = directionOfElement(node, outside);
      if (inside !== outside && node.properties.dir === undefined) node.properties.dir = inside;
      around.push(inside);
      return undefined;
    },
    () => void around.pop(),
  );
}

function directionOfElement(node: Element, outside: Direction): Direction {
  const { dir, lang } = node.properties;
  const said = typeof dir === "string" ? dir.toLowerCase() : undefined;
  if (said === "ltr" || said === "rtl") return said;
  if (said !== undefined) return mostLetters(node) ?? outside;
  if (typeof lang === "string" && canonicalTag(lang) !== undefined) return directionOf(lang);
  if (CODE.has(node.tagName)) return "ltr";
  return (QUOTATIONS.has(node.tagName) ? mostLetters(node) : undefined) ?? outside;
}

/** The beginning of its text, without code. */
function beginningOf(node: Element): string {
  let [text, nodes] = ["", 0];
  walk(node, (inner) => {
    nodes += 1;
    if (text.length >= ENOUGH || nodes > MOST_NODES) return "stop";
    if (inner.type === "text") text += inner.value.trimStart().slice(0, ENOUGH);
    return inner.type === "element" && CODE.has(inner.tagName) ? "skip" : undefined;
  });
  return text;
}

/** The direction of most letters; undefined if there are none. */
function mostLetters(node: Element): Direction | undefined {
  const text = beginningOf(node);
  const letters = text.match(LETTERS)?.length ?? 0;
  if (letters === 0) return undefined;
  return 2 * (text.match(FROM_THE_RIGHT)?.length ?? 0) > letters ? "rtl" : "ltr";
}
