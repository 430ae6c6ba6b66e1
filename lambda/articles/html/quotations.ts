import type { Element, Root } from "hast";
import { type Direction, directionOf } from "../language/direction.ts";
import { canonicalTag } from "../language/language.ts";
import { walk } from "./tree/tree.ts";

/** What is written from the left in every language. */
const CODE: ReadonlySet<string> = new Set(["pre", "code", "kbd", "samp"]);
const QUOTATIONS: ReadonlySet<string> = new Set(["blockquote", "q"]);

const FROM_THE_RIGHT = /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}\p{Script=Rohg}]/gu;
/** What holds none of these needs no look at scripts, which takes long: the blocks of those scripts, and halves of pairs. */
const PERHAPS = /[\u0590-\u08FF\uD800-\uDFFF\uFB1D-\uFEFF]/;
const LETTERS = /\p{L}/gu;
/** Characters, and nodes, of a quotation that are enough to know it by: what is nested is read again for each level around it. */
const ENOUGH = 1000;
const MOST_NODES = 2000;

/** A text of which no part can need a mark: all of it runs from the left. A character reference may stand for any letter. */
export const runsOneWay = (text: string, own: Direction): boolean =>
  own === "ltr" && !(PERHAPS.test(text) && text.search(FROM_THE_RIGHT) !== -1) && !text.includes("&#");

/**
 * Gives a direction to what runs against the text around it: quotations in another script, parts that name another language, and
 * code, so that their full stops and brackets stand at the right end. It is said outright, from most of the letters: `dir="auto"`
 * goes by the first letter alone, so that a quotation that begins with a foreign name would run the wrong way. What the author
 * says stays. Changes the tree, which is the caller's own.
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

/** Its first words, without code. */
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

/** The way of most letters; undefined where there are none. */
function mostLetters(node: Element): Direction | undefined {
  const text = beginningOf(node);
  const letters = text.match(LETTERS)?.length ?? 0;
  if (letters === 0) return undefined;
  return 2 * (text.match(FROM_THE_RIGHT)?.length ?? 0) > letters ? "rtl" : "ltr";
}
