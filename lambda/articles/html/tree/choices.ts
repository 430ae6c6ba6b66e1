import type { RawElement, RawNode } from "./tree.ts";

/** The options of a list of choices, in document order: "Apples, Pears". */
export function choicesIn(list: RawElement): string {
  const words: string[] = [];
  const waiting: RawNode[] = list.childNodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ("value" in node && node.value.trim() !== "") words.push(node.value.trim().replace(/\s+/g, " "));
    else if ("attrs" in node && !/^(?:script|style|template)$/.test(node.tagName))
      for (const child of node.childNodes.toReversed()) waiting.push(child);
  }
  return words.join(", ");
}
