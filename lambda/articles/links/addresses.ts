import type { Element, Root } from "hast";
import type { Key } from "../../stores/store.ts";
import { walk } from "../html/tree/tree.ts";
import { SELF } from "../model/article.ts";
import { absoluteFile, absoluteLink, onSite } from "./absolute.ts";
import { type ArticleReference, articleMark, articleName, articleReferenceOf, leadsElsewhere, namesArticle } from "./article-link.ts";
import { mediaMark, mediaReferenceOf } from "./media-mark.ts";
import { mediaTypeOfName } from "./media-type.ts";
import { plainParts, plainPath } from "./plain-address.ts";
import { isRelative, relativeMark } from "./relative-mark.ts";
import { absoluteSources } from "./srcset.ts";

/**
 * What an article's addresses resolve against: its own address if it names one (`own`), else the site's; and its key, for files next to it.
 * If it names none, relative addresses become marks, because its address comes from the site's permalink later.
 */
export type Home = { readonly base: string; readonly own: boolean; readonly key: Key };

const settled = (written: string, address: string, { own }: Home): string =>
  own || !isRelative(onSite(written)) ? address : relativeMark(onSite(written));

/** The address of a link in the body. */
function linkAddress(written: string, home: Home): string | undefined {
  const address = namesArticle(written) ? undefined : absoluteLink(written, home.base);
  return address === undefined || address.startsWith(SELF) ? address : settled(written, address, home);
}

/** The address of a picture, sound or video; a mark if it may be a file in the content folder. */
export function mediaAddress(written: string, home: Home): string | undefined {
  const absolute = namesArticle(written) ? undefined : absoluteFile(written, home.base);
  if (absolute === undefined) return undefined;
  const address = settled(written, absolute, home);
  const reference = mediaReferenceOf(onSite(written), home.key, address);
  return reference === undefined ? address : mediaMark(reference);
}

/** What was removed: links and files without a usable address. */
export type Dropped = {
  readonly links: readonly string[];
  readonly files: readonly string[];
  readonly inlineImages: number;
  /** The articles that the tree now links to, by mark: each once. */
  readonly articles: readonly ArticleReference[];
  /** The addresses exceeded `most` characters in total, so the work stopped. */
  readonly exceedsLimit: boolean;
};

/** The elements of the allow-list with an address. */
const ADDRESSED: ReadonlySet<string> = new Set(["a", "audio", "blockquote", "del", "img", "ins", "q", "source", "video"]);

/**
 * Makes every address in a tree absolute, in place (the caller owns the tree). A link without an address keeps its text; an image or source
 * without one is removed.
 */
export function makeAbsolute(tree: Root, home: Home, most: number): Dropped {
  const { base } = home;
  const ofSite = plainParts(base);
  const links: string[] = [];
  const files: string[] = [];
  const articles = new Map<string, ArticleReference>();
  let inlineImages = 0;
  let length = 0;
  let pictures = 0;
  const otherwise = (written: string, address: string | undefined): string =>
    address === undefined ? "" : settled(written, address, home);
  const file = (written: string): string | undefined => {
    const address = mediaAddress(written, home);
    if (address === undefined && /^\s*data:/i.test(written)) inlineImages += 1;
    else if (address === undefined) files.push(written);
    return address;
  };
  walk(tree, (node) => {
    if (node.type !== "element" || !ADDRESSED.has(node.tagName)) return undefined;
    const { properties } = node;
    if (length > most) return "stop";
    if (isPicture(node)) pictures += 1;
    length += rewrite(properties, "href", (written) => {
      if (leadsElsewhere(written, ofSite)) return written;
      const address = absoluteLink(written, base);
      const another = written.trim().startsWith("#")
        ? undefined
        : articleReferenceOf(onSite(written), home.key, otherwise(written, address), base);
      if (another !== undefined) {
        articles.set(articleName(another), another);
        return articleMark(another);
      }
      if (address === undefined) links.push(written);
      const isFile = address !== undefined && mediaTypeOfName(plainPath(address) ?? new URL(address).pathname) !== undefined;
      return isFile ? mediaAddress(written, home) : linkAddress(written, home);
    });
    length += rewrite(properties, "src", file) + rewrite(properties, "poster", file);
    length += rewrite(properties, "cite", (written) => linkAddress(written, home));
    if (properties.srcSet !== undefined) {
      const sources = absoluteSources(properties.srcSet, (written) => mediaAddress(written, home));
      properties.srcSet = sources === "" ? undefined : sources;
      length += sources.length;
    }
    return undefined;
  });
  if (pictures > 0) dropEmpty(tree);
  return { links, files, inlineImages, articles: [...articles.values()], exceedsLimit: length > most };
}

/**
 * Returns the length of the new address. (Deleting a property would make every later read of any element's properties four times slower.)
 */
function rewrite(properties: Element["properties"], name: string, absolute: (written: string) => string | undefined): number {
  const written = properties[name];
  if (written === undefined) return 0;
  const address = typeof written === "string" ? absolute(written) : undefined;
  properties[name] = address;
  return address?.length ?? 0;
}

/** Removes images and sources that have no address left. */
function dropEmpty(tree: Root): void {
  const prune = (parent: Root | Element): void => {
    if (!parent.children.some(isEmpty)) return;
    parent.children = parent.children.filter((child) => !isEmpty(child)) as Element["children"];
  };
  prune(tree);
  walk(tree, (node) => {
    if (node.type === "element") prune(node);
    return undefined;
  });
}

const isPicture = ({ tagName }: Element): boolean => tagName === "img" || tagName === "source";

function isEmpty(node: Root["children"][number]): boolean {
  return node.type === "element" && isPicture(node) && node.properties.src === undefined && node.properties.srcSet === undefined;
}
