import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { type State, toMdast } from "hast-util-to-mdast";
import type { Nodes, Text } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { isOverflow } from "../../articles/body.ts";

/** UTF-16 code units of HTML: a longer body would cost a run too much time. */
const longest = 100_000;

/** Cells of a table: Markdown gives every row as many as the longest has, so one long row could make thousands of rows long. */
const mostCells = 5_000;

/**
 * A safe body as Markdown (CommonMark with the tables of GitHub), for readers that show it in place of the body. It is made from the body
 * and not from the article's file, so it holds what the body holds: no HTML, no templates, only absolute addresses. Undefined for a
 * body that Markdown would distort: with a formula, with joined cells, with a table of more than 5,000 cells, or of more than 100,000 characters.
 */
export function markdownOf(html: string): string | undefined {
  if (html.length > longest || /<math[\s>]| (?:col|row)span=/.test(html) || cellsIn(html) > mostCells) return undefined;
  try {
    const tree = named(toMdast(fromHtml(html, { fragment: true }), { handlers: { comment: () => undefined, sup } }));
    return toMarkdown(tree, { bullet: "-", extensions: [gfmToMarkdown({ tablePipeAlign: false })] }).trim();
  } catch (error) {
    if (isOverflow(error)) return undefined;
    throw error;
  }
}

/** All rows times the longest row: at least as many cells as the tables get. A table inside a table has no form in Markdown. */
function cellsIn(html: string): number {
  const tables = html.split("<table");
  if (tables.slice(1, -1).some((table) => !table.includes("</table>"))) return Number.POSITIVE_INFINITY;
  const rows = html.split(/<tr[\s>]/).slice(1);
  return rows.length * Math.max(0, ...rows.map((row) => row.split(/<t[dh][\s>]/).length - 1));
}

/** Markdown has no superscript, and 10² must not become 102. A number that is a link leads to a footnote. */
function sup(state: State, node: Element): Nodes[] {
  const sign: readonly Text[] = node.children.some(({ type }) => type === "element") ? [] : [{ type: "text", value: "^" }];
  return [...sign, ...(state.all(node) as Nodes[])];
}

/** A film or a sound becomes a link without words, which would not be seen; its address stands for them. */
function named<Tree extends Nodes>(node: Tree): Tree {
  if (node.type === "link" && node.children.length === 0) node.children.push({ type: "text", value: node.url });
  if ("children" in node) for (const inner of node.children) named(inner);
  return node;
}
