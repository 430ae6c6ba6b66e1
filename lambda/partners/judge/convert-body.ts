import type { Element, ElementContent, Root } from "hast";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { Demands } from "../profiles/profile.ts";
import type { BodyChanges } from "./body-changes.ts";
import { isWantedImage, isWantedVideo } from "./body-media.ts";
import { paragraphsAtBreaks, withoutBreaks, wrapLoose } from "./paragraphs.ts";
import { listFromTable } from "./table-list.ts";

export type Conversion = { readonly demands: Demands; readonly hosts: readonly string[]; readonly changes: BodyChanges };

/** The tree with nothing but what the partner takes. Words stay: only pictures, recordings and their captions are left out. */
export function convertTree(tree: Root, conversion: Conversion): Root {
  const { bodyTags, renameTags } = conversion.demands;
  const children = flow(tree.children as ElementContent[], conversion);
  const divides = renameTags["br"] === "p";
  const wrapped = bodyTags.length > 0 && takes("p", conversion) ? wrapLoose(children, divides) : [...children];
  const made: Root = { type: "root", children: wrapped };
  return divides ? { type: "root", children: withoutBreaks(made).children } : made;
}

const takes = (name: string, { demands }: Conversion): boolean => demands.bodyTags.length === 0 || demands.bodyTags.includes(name);

function flow(nodes: readonly ElementContent[], conversion: Conversion): readonly ElementContent[] {
  return nodes.flatMap((node) =>
    node.type === "element" ? fromElement(node, conversion) : node.type === "text" ? [spaced(node, conversion)] : [],
  );
}

const spaced = <Text extends { readonly value: string }>(text: Text, { demands }: Conversion): Text =>
  demands.plainSpaces && text.value.includes("\u00A0") ? { ...text, value: text.value.replaceAll("\u00A0", " ") } : text;

function fromElement(node: Element, conversion: Conversion): readonly ElementContent[] {
  const { demands, hosts, changes } = conversion;
  const { tagName } = node;
  if (tagName === "img") {
    if (takes("img", conversion) && isWantedImage(node, demands, hosts)) return [bare(node, node.children, conversion)];
    changes.images += 1;
    return [];
  }
  if (tagName === "video" || tagName === "audio") {
    if (takes(tagName, conversion) && (tagName === "audio" ? demands.bodyVideos === "any" : isWantedVideo(node, demands)))
      return [bare(node, flow(node.children, conversion), conversion)];
    changes.videos += 1;
    return [];
  }
  if (tagName === "table" && !takes("table", conversion)) {
    changes.tables += 1;
    return listFromTable(node, (cell) => phrases(flow(cell.children, conversion))).flatMap((made) => fromElement(made, conversion));
  }
  if (tagName === "figure") return fromFigure(node, conversion);
  const children = flow(node.children, conversion);
  const name = demands.renameTags[tagName] ?? tagName;
  if (tagName === "br" && name === "p") {
    changes.tags.add("br to p");
    return [node]; // a mark: the paragraph around it is divided there
  }
  if (!takes(name, conversion)) return unwrapped(node, children, conversion);
  if (name !== tagName) changes.tags.add(`${tagName} to ${name}`);
  const named = bare({ ...node, tagName: name }, children, conversion);
  if (demands.renameTags["br"] !== "p") return [named];
  return name === "p" ? paragraphsAtBreaks(named) : blocks.has(name) ? [withoutBreaks(named)] : [named];
}

/** A figure whose picture is left out goes with its caption. */
function fromFigure(node: Element, conversion: Conversion): readonly ElementContent[] {
  const children = flow(node.children, conversion);
  const hadMedia = contains(node, media);
  const captionAlone = children.every((child) =>
    child.type === "element" ? child.tagName === "figcaption" || child.tagName === "p" : true,
  );
  const rest = node.children.filter((child) => child.type === "element" && child.tagName !== "figcaption" && !contains(child, media));
  if (hadMedia && rest.length === 0 && captionAlone && !children.some((child) => child.type === "element" && contains(child, media)))
    return [];
  return takes("figure", conversion) ? [bare(node, children, conversion)] : unwrapped(node, children, conversion);
}

const media: ReadonlySet<string> = new Set(["img", "video", "audio", "picture"]);

function contains(node: Element, names: ReadonlySet<string>): boolean {
  return names.has(node.tagName) || node.children.some((child) => child.type === "element" && contains(child, names));
}

const inline: ReadonlySet<string> = new Set(
  "a abbr b bdi bdo cite code del dfn em i img ins kbd mark picture q rp rt ruby s samp small source span strong sub sup time u var wbr br".split(
    " ",
  ),
);
const blocks: ReadonlySet<string> = new Set("blockquote figcaption h1 h2 h3 h4 h5 h6 li td th caption dd dt".split(" "));
/** Without a meaning of their own: that they are missing is not worth a word in a report. */
const silent: ReadonlySet<string> = new Set("div span section wbr picture source tbody thead tfoot colgroup col".split(" "));

/** The content of an element that the partner does not take; a block with nothing but a line of text becomes a paragraph. */
function unwrapped(node: Element, children: readonly ElementContent[], conversion: Conversion): readonly ElementContent[] {
  if (!silent.has(node.tagName)) conversion.changes.tags.add(node.tagName);
  if (inline.has(node.tagName)) return children;
  const isLine = children.every((child) => child.type === "text" || (child.type === "element" && inline.has(child.tagName)));
  const { dir, lang } = node.properties;
  if (!isLine)
    return children.map((child) =>
      child.type === "element" ? { ...child, properties: { ...omitUndefined({ dir, lang }), ...child.properties } } : child,
    );
  if (children.length === 0) return [];
  if (!takes("p", conversion)) return [{ type: "text", value: " " }, ...children, { type: "text", value: " " }];
  const paragraph: Element = { type: "element", tagName: "p", properties: omitUndefined({ dir, lang }), children: [...children] };
  return conversion.demands.renameTags["br"] === "p" ? paragraphsAtBreaks(paragraph) : [paragraph];
}

/** What a cell of a list may hold: blocks become phrases with a space between. */
const phrases = (nodes: readonly ElementContent[]): readonly ElementContent[] =>
  nodes.flatMap((node): readonly ElementContent[] => {
    if (node.type !== "element" || (inline.has(node.tagName) && node.tagName !== "br")) return [node];
    return [{ type: "text", value: " " }, ...phrases(node.children), { type: "text", value: " " }];
  });

const attributes: Readonly<Record<string, readonly string[]>> = {
  a: ["href", "title"],
  img: ["src", "alt", "title", "width", "height"],
  video: ["src", "poster", "width", "height", "controls"],
  source: ["src", "type"],
  audio: ["src", "controls"],
  ol: ["start", "reversed", "type"],
  td: ["colSpan", "rowSpan"],
  th: ["colSpan", "rowSpan"],
};

/** A partner with a short list of elements gets them with no attributes but those that carry meaning. */
function bare(node: Element, children: readonly ElementContent[], { demands }: Conversion): Element {
  if (demands.bodyTags.length === 0) return { ...node, children: [...children] };
  const kept = new Set([...(attributes[node.tagName] ?? []), "dir", "lang"]);
  const properties = Object.fromEntries(Object.entries(node.properties).filter(([name]) => kept.has(name)));
  return { ...node, properties, children: [...children] };
}
