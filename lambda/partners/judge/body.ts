import type { Element, ElementContent, Root } from "hast";
import { plainText } from "../../articles/html/plain-text.ts";
import { serialize } from "../../articles/html/serialize.ts";
import { fastParse } from "../../articles/html/tree/fast-parse.ts";
import { parseHtml, safeTree } from "../../articles/html/tree/tree.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Demands } from "../profiles/profile.ts";
import { type BodyChanges, noChanges } from "./body-changes.ts";
import { convertTree } from "./convert-body.ts";

export type JudgedBody = { readonly html: string; readonly text: string; readonly changes: BodyChanges };

/** A safe body as the partner takes it, and its words as plain text, a line for each block. */
export function judgedBody(html: string, demands: Demands, content: PartnerRule["content"], hosts: readonly string[]): JudgedBody {
  const changes = noChanges();
  const whole = fastParse(html) ?? safeTree(parseHtml(html, "fragment")).tree;
  const asked = typeof content === "object" ? firstParagraphs(whole, content.paragraphs) : whole;
  const unchanged = asked === whole && takesAnything(demands);
  const converted = unchanged ? asked : convertTree(asked, { demands, hosts, changes });
  const tree = demands.bodyLinks === 0 ? converted : withFewerLinks(converted, demands.bodyLinks, changes);
  return { html: unchanged && tree === whole ? html : written(tree), text: linesOf(tree), changes };
}

const written = (tree: Root): string => serialize(tree, Number.POSITIVE_INFINITY) ?? "";

const takesAnything = (demands: Demands): boolean =>
  demands.bodyTags.length === 0 &&
  Object.keys(demands.renameTags).length === 0 &&
  demands.bodyImages &&
  demands.bodyImageTypes.length === 0 &&
  !demands.ownImages &&
  demands.bodyImageMinWidth === 0 &&
  demands.bodyImageMinHeight === 0 &&
  demands.bodyVideos === "any" &&
  !demands.plainSpaces;

function linesOf(tree: Root): string {
  const lines = blocksOf(tree.children as ElementContent[]).map((block) => plainText({ type: "root", children: [...block] }));
  return lines.filter((line) => line !== "").join("\n");
}

/** Each block, and what stands between two of them. */
function blocksOf(nodes: readonly ElementContent[]): readonly (readonly ElementContent[])[] {
  const blocks: ElementContent[][] = [[]];
  for (const node of nodes) {
    if (node.type !== "element" || !block.has(node.tagName)) blocks.at(-1)?.push(node);
    else if (holders.has(node.tagName)) blocks.push(...blocksOf(node.children).map((inner) => [...inner]), []);
    else blocks.push([node], []);
  }
  return blocks;
}

const holders: ReadonlySet<string> = new Set("ul ol blockquote div section dl details table thead tbody tfoot figure aside".split(" "));
const block: ReadonlySet<string> = new Set([...holders, ..."p h1 h2 h3 h4 h5 h6 li pre hr dt dd tr figcaption summary address".split(" ")]);

/** The body up to the end of its n-th paragraph; a wrapper for the direction of the text stays around it. */
function firstParagraphs(tree: Root, count: number): Root {
  const [only, ...others] = tree.children.filter((child) => child.type !== "text" || child.value.trim() !== "");
  if (only?.type === "element" && only.tagName === "div" && others.length === 0) {
    const inner = firstParagraphs({ type: "root", children: only.children }, count);
    return { type: "root", children: [{ ...only, children: inner.children as ElementContent[] }] };
  }
  let seen = 0;
  const last = tree.children.findIndex((child) => {
    if (child.type === "element" && child.tagName === "p" && plainText(child, 1) !== "") seen += 1;
    return seen >= count;
  });
  return last === -1 || last === tree.children.length - 1 ? tree : { type: "root", children: tree.children.slice(0, last + 1) };
}

/** The words of links beyond the limit stay, without a link. */
function withFewerLinks(tree: Root, most: number, changes: BodyChanges): Root {
  let seen = 0;
  const within = (nodes: readonly ElementContent[]): ElementContent[] =>
    nodes.flatMap((node): readonly ElementContent[] => {
      if (node.type !== "element") return [node];
      const isLink = node.tagName === "a";
      if (isLink) seen += 1;
      const isTooMany = isLink && seen > most;
      if (isTooMany) changes.links += 1;
      const children = within(node.children);
      return isTooMany ? children : [{ ...node, children } satisfies Element];
    });
  return { type: "root", children: within(tree.children as ElementContent[]) };
}
