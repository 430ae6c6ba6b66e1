import type { Element, ElementContent, Root } from "hast";

/** A paragraph divided at its line breaks; formatting that spans a break is repeated. */
export function paragraphsAtBreaks(paragraph: Element): readonly Element[] {
  return piecesOf(paragraph.children)
    .filter((piece) => !isBlank(piece))
    .map((piece) => ({ ...paragraph, children: [...trimmed(piece)] }));
}

function piecesOf(nodes: readonly ElementContent[]): readonly (readonly ElementContent[])[] {
  const pieces: ElementContent[][] = [[]];
  for (const node of nodes) {
    if (node.type !== "element") pieces.at(-1)?.push(node);
    else if (node.tagName === "br") pieces.push([]);
    else {
      const [first = [], ...others] = node.children.length === 0 ? [[]] : piecesOf(node.children);
      pieces.at(-1)?.push({ ...node, children: [...first] });
      for (const piece of others) pieces.push([{ ...node, children: [...piece] }]);
    }
  }
  return pieces;
}

const trimmed = (nodes: readonly ElementContent[]): readonly ElementContent[] =>
  nodes.map((node, index) => {
    if (node.type !== "text") return node;
    const start = index === 0 ? node.value.replace(/^\s+/, "") : node.value;
    return { ...node, value: index === nodes.length - 1 ? start.replace(/\s+$/, "") : start };
  });

/** Nothing that a reader would see. */
export const isBlank = (nodes: readonly ElementContent[]): boolean =>
  nodes.every((node) =>
    node.type === "element" ? !visible.has(node.tagName) && isBlank(node.children) : node.type !== "text" || node.value.trim() === "",
  );

const visible: ReadonlySet<string> = new Set(["img", "video", "audio", "hr", "input"]);

/** A heading, an item or a quotation in one line: a space stands for each break. */
export function withoutBreaks<Block extends Element | Root>(block: Block): Block {
  const children = (block.children as readonly ElementContent[]).map((child): ElementContent => {
    if (child.type !== "element") return child;
    return child.tagName === "br" ? { type: "text", value: " " } : withoutBreaks(child);
  });
  return { ...block, children };
}

const phrasing: ReadonlySet<string> = new Set(
  "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr".split(" "),
);

/** Text between blocks as paragraphs of its own; `divides`: a line break begins another. */
export function wrapLoose(nodes: readonly ElementContent[], divides: boolean): ElementContent[] {
  const made: ElementContent[] = [];
  let run: ElementContent[] = [];
  const close = (): void => {
    const paragraph: Element = { type: "element", tagName: "p", properties: {}, children: run };
    if (isBlank(run)) made.push(...run.filter((node) => node.type === "text"));
    else made.push(...(divides ? paragraphsAtBreaks(paragraph) : [paragraph]));
    run = [];
  };
  for (const node of nodes) {
    if (node.type === "text" || (node.type === "element" && phrasing.has(node.tagName))) run.push(node);
    else {
      close();
      made.push(node);
    }
  }
  close();
  return made;
}
