import type { Element, Root } from "hast";
import { withoutForbidden } from "../model/xml-text.ts";
import { walk } from "./tree/tree.ts";

/** Inline elements; all others end a line. */
const INLINE = new Set(
  "a abbr audio b bdi bdo cite code del dfn em i img input ins kbd mark picture q rp rt ruby s samp small source span strong sub sup time u var video wbr".split(
    " ",
  ),
);

/**
 * The words of a tree as one paragraph of plain text that a feed can carry (so without `&#1;`), up to about `limit` characters. `without`
 * names elements to leave out.
 */
export function plainText(tree: Root | Element, limit = Number.POSITIVE_INFINITY, without: ReadonlySet<string> = NOTHING): string {
  const parts: string[] = [];
  let length = 0;
  const space = (node: Element): void => {
    if (!INLINE.has(node.tagName)) parts.push(" ");
  };
  walk(
    tree,
    (node) => {
      if (length > limit) return "stop";
      if (node.type === "text") {
        parts.push(node.value);
        length += node.value.trim().length;
      }
      if (node.type !== "element") return undefined;
      if (isMention(node)) return "skip";
      space(node);
      return without.has(node.tagName) || (isNotes(node) && without.has(NOTES)) ? "skip" : undefined;
    },
    space,
  );
  return withoutForbidden(parts.join("")).replace(/\s+/g, " ").trim();
}

const NOTHING: ReadonlySet<string> = new Set();

/** In `without`: the footnotes at the end. */
export const NOTES = "notes";
const isNotes = ({ properties }: Element): boolean => properties.role === "doc-endnotes";

/** The raised number that links to a footnote is not a word of the text. */
function isMention({ tagName, children: [link, ...others] }: Element): boolean {
  return tagName === "sup" && others.length === 0 && link?.type === "element" && /#_?(?:fn|ftn)/.test(String(link.properties.href ?? ""));
}
