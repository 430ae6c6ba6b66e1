import type { Element, ElementContent } from "hast";

/**
 * A table as a list, an item for each row, for partners that would drop it with all its words. If the first row is a header and no cell
 * spans others, each cell is named by its header: "Crop: wheat; Tons: 40". The caption comes before the list.
 */
export function listFromTable(table: Element, cellContent: (cell: Element) => readonly ElementContent[]): readonly Element[] {
  const rows = rowsOf(table);
  const names = headersOf(rows);
  const items = (names === undefined ? rows : rows.slice(1)).map((row) => {
    const cells = cellsOf(row).map((cell, index) => named(names?.[index], cellContent(cell)));
    return element("li", joined(cells.filter(isSomething)));
  });
  const caption = table.children.find((child) => child.type === "element" && child.tagName === "caption") as Element | undefined;
  return [...(caption === undefined ? [] : [element("p", cellContent(caption))]), ...(items.length === 0 ? [] : [element("ul", items)])];
}

function rowsOf(table: Element): readonly Element[] {
  return table.children.flatMap((child) => {
    if (child.type !== "element") return [];
    if (child.tagName === "tr") return [child];
    return ["thead", "tbody", "tfoot"].includes(child.tagName) ? rowsOf(child) : [];
  });
}

const cellsOf = (row: Element): readonly Element[] =>
  row.children.filter((child): child is Element => child.type === "element" && (child.tagName === "td" || child.tagName === "th"));

/** The words of the first row, if they can name the cells of all others. */
function headersOf(rows: readonly Element[]): readonly string[] | undefined {
  const [first, ...others] = rows.map(cellsOf);
  if (first === undefined || others.length === 0 || !first.every(({ tagName }) => tagName === "th")) return undefined;
  const spans = rows.flatMap(cellsOf).some(({ properties }) => properties["colSpan"] !== undefined || properties["rowSpan"] !== undefined);
  if (spans || others.some((cells) => cells.length !== first.length)) return undefined;
  const names = first.map((cell) => wordsOf(cell).trim());
  // A name over an empty cell would be lost.
  const everyNameShows = names.every((name, index) => name === "" || others.some((cells) => wordsOf(cells[index]).trim() !== ""));
  return everyNameShows ? names : undefined;
}

function wordsOf(node: ElementContent | undefined): string {
  if (node === undefined) return "";
  return node.type === "text" ? node.value : node.type === "element" ? node.children.map(wordsOf).join(" ") : "";
}

const isSomething = (content: readonly ElementContent[]): boolean =>
  content.some((node) => wordsOf(node).trim() !== "" || (node.type === "element" && node.tagName === "img"));

function named(name: string | undefined, content: readonly ElementContent[]): readonly ElementContent[] {
  return name === undefined || name === "" || !isSomething(content) ? content : [{ type: "text", value: `${name}: ` }, ...content];
}

const joined = (cells: readonly (readonly ElementContent[])[]): ElementContent[] =>
  cells.flatMap((cell, index) => (index === 0 ? cell : [{ type: "text" as const, value: "; " }, ...cell]));

const element = (tagName: string, children: readonly ElementContent[]): Element => ({
  type: "element",
  tagName,
  properties: {},
  children: [...children],
});
