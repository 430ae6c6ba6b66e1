import type { RawElement, RawNode } from "./tree.ts";

/**
 * Whether a browser hides an element: it is `hidden`, or its own style says so. `aria-hidden` only hides it from assistive programs, and
 * `opacity` may fade in; style sheets are unknown here.
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

/** KaTeX draws each formula a second time for the eye, next to its MathML. */
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
