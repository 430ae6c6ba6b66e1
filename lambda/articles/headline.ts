import type { Root } from "hast";
import type { Body } from "./body.ts";
import { firstLineOf } from "./heading.ts";
import { TITLE_ELEMENT } from "./html-document.ts";
import { pathOf } from "./identity.ts";
import { plainText } from "./plain-text.ts";
import { notice, type Remark } from "./remark.ts";
import { summaryOf } from "./summary.ts";

/** A title before it is mended, and the body that is left. `fromBody`: it stands in the text, and not in front matter. */
export type ChosenTitle = { readonly title: string; readonly tree: Root; readonly fromBody: boolean; readonly remarks: readonly Remark[] };

const SHORT = 100;

/**
 * In this order: front matter; the body's headline (a heading, or the first line of a plain text); the title of an HTML page;
 * the first line; the beginning of the text; the file's name. A headline leaves the body unless the body would be empty.
 */
export function chooseTitle(given: string | undefined, body: Body, key: string): ChosenTitle {
  const whole = { tree: body.tree, fromBody: false, remarks: [] };
  if (given !== undefined) return { ...whole, title: given };
  const pageTitle = body.fields.find(({ name }) => name === TITLE_ELEMENT)?.value;
  const headline = body.headline() ?? (typeof pageTitle === "string" ? undefined : firstLineOf(body.tree));
  if (headline !== undefined) {
    const tree = hasContent(headline.rest) ? headline.rest : body.tree;
    return { title: headline.title, tree, fromBody: true, remarks: [] };
  }
  if (typeof pageTitle === "string") return { ...whole, title: pageTitle };
  const beginning = summaryOf(plainText(body.tree, 2000), SHORT);
  if (beginning !== "") return { ...whole, title: beginning, fromBody: true };
  const name = (pathOf(key).split("/").at(-1) ?? key).replace(/[-_]+/g, " ").trim();
  const remark = notice("title-from-name", "The article has no title; it is called after its file.", { hint: 'Write title: "…".' });
  return { ...whole, title: name, remarks: [remark] };
}

/** Words, or something to look at or listen to. */
export function hasContent(tree: Root): boolean {
  return plainText(tree, 1) !== "" || JSON.stringify(tree.children.slice(0, 50)).search(/"tagName":"(?:img|audio|video)"/) !== -1;
}
