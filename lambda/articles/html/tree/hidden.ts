import type { RawElement, RawNode } from "./tree.ts";

/**
 * Whether a browser shows nothing of an element: it is `hidden`, or its own style says so. What only assistive programs pass over
 * (`aria-hidden`) is seen, and so is what fades in (`opacity`); what a style sheet hides is not known here.
 */
export function isHidden(node: RawElement): boolean {
  for (const { name, value } of node.attrs) {
    if (name === "hidden") return true;
    if (name === "style" && hides(value)) return true;
  }
  return false;
}

function hides(style: string): boolean {
  if (!/display|visibility/i.test(style)) return false;
  const said = new Map<string, string>();
  for (const declaration of style
    .toLowerCase()
    .replace(/\/\*[^*]*\*\//g, " ")
    .split(";")) {
    const [name = "", value = ""] = declaration.split(":");
    said.set(name.trim(), value.replace("!important", "").trim());
  }
  return said.get("display") === "none" || said.get("visibility") === "hidden" || said.get("visibility") === "collapse";
}

/** The same formula once more: KaTeX draws it with letters for eyes, beside the MathML that says it. */
export function isDrawnTwin(node: RawElement, siblings: readonly RawNode[], index: number): boolean {
  if (!node.attrs.some(({ name, value }) => name === "aria-hidden" && value === "true")) return false;
  let at = index - 1;
  while (siblings[at] !== undefined && !("attrs" in (siblings[at] as RawNode))) at -= 1;
  const before = siblings[at];
  return (
    before !== undefined &&
    "attrs" in before &&
    (before.tagName === "math" || before.childNodes.some(({ nodeName }) => nodeName === "math"))
  );
}
