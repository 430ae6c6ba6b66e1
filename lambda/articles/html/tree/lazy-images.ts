import type { Element, ElementContent } from "hast";

/** An image that a script would load has its address in a data attribute, and often a placeholder in `src`. */
export function plainImage(properties: Element["properties"]): Element["properties"] {
  const lazy = text(properties.dataSrc) ?? text(properties.dataOriginal) ?? text(properties.dataLazySrc) ?? text(properties.dataLazy);
  const lazySet = text(properties.dataSrcSet) ?? text(properties.dataSrcset) ?? text(properties.dataLazySrcset);
  const plain = {
    ...(lazy !== undefined && isPlaceholder(properties) ? { src: lazy } : {}),
    ...(lazySet !== undefined && (properties.srcSet === undefined || isInline(properties.srcSet)) ? { srcSet: [lazySet] } : {}),
  };
  return Object.assign({}, properties, plain);
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value.trim() !== "" ? value : undefined);

const isInline = (value: unknown): boolean => /^\s*data:/i.test(Array.isArray(value) ? String(value[0]) : String(value));

/** No address, an embedded one (`data:`), or a file with a placeholder's name. */
function isPlaceholder({ src }: Element["properties"]): boolean {
  return (
    typeof src !== "string" ||
    src.trim() === "" ||
    isInline(src) ||
    /(?:placeholder|blank|spacer|loading|transparent|lazy|1x1|pixel)[\w-]*\.\w+(?:\?.*)?$/i.test(src)
  );
}

/**
 * Appends an image unless it repeats the one before it: pages repeat a lazy image in `<noscript>` for those who run no scripts, as feed
 * readers do. The copy replaces an image that has no real address.
 */
export function pushImage(into: ElementContent[], image: Element, twins: WeakSet<Element>): void {
  const at = into.findLastIndex((node) => node.type !== "text" || /\S/.test(node.value));
  const last = into[at];
  if (last?.type !== "element" || last.tagName !== "img" || !(twins.has(image) || twins.has(last))) into.push(image);
  else if (isPlaceholder(last.properties)) into[at] = image;
  else if (!isPlaceholder(image.properties) && last.properties.src !== image.properties.src && !twins.has(image)) into.push(image);
}
