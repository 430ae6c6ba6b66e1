import type { Root } from "hast";
import type { Beginning } from "./beginning.ts";
import type { Body, SourceFormat } from "./body.ts";
import { firstLineOf, type Headline, withoutRepeated } from "./html/heading.ts";
import { TITLE_ELEMENT } from "./html/html-document.ts";
import { plainText } from "./html/plain-text.ts";
import { notice, type Remark } from "./model/remark.ts";
import { pathOf } from "./title/identity.ts";
import { decidesSummary, summarize } from "./title/summary.ts";

/** A title before repair, and the body that is left. `fromBody`: it comes from the text, not from front matter. */
export type ChosenTitle = {
  readonly title: string;
  readonly tree: Root;
  readonly fromBody: boolean;
  readonly remarks: readonly Remark[];
  /** It comes from an h1. */
  readonly isTop?: boolean;
};

const SHORT = 100;

/**
 * Tries, in this order: front matter, whose title an opening heading may repeat; the body's headline (a heading, or the first line of a plain text); the title of an HTML page; the
 * file's name if it reads like a title; the first line; the beginning of the text; the file's name as it is. A headline leaves the body
 * unless the body would then be empty or the line shows more than words.
 */
export function chooseTitle(given: string | undefined, body: Body, key: string): ChosenTitle {
  const whole = { tree: body.tree, fromBody: false, remarks: [] };
  if (given !== undefined) return { ...whole, title: given, tree: unlessEmpty(withoutRepeated(body.tree, given), body) };
  const pageTitle = body.fields.find(({ name }) => name === TITLE_ELEMENT)?.value;
  const own = body.fields.find(({ name }) => name === "canonical")?.value;
  const heading = body.headline(typeof own === "string" ? own : undefined);
  if (heading !== undefined) return fromBody(heading, body);
  if (typeof pageTitle === "string") return { ...whole, title: pageTitle };
  const name = nameOf(key);
  if (readsAsTitle(name)) return { ...whole, title: name };
  const line = firstLineOf(body.tree);
  if (line !== undefined) return fromBody(line, body);
  const beginning = summarize(plainText(body.tree, 2000), SHORT);
  if (beginning !== "") return { ...whole, title: beginning, fromBody: true };
  const remark = notice("title-from-name", "The article has no title; its file name is used.", { hint: 'Write title: "…".' });
  return { ...whole, title: name.replace(/[-_]+/g, " ").trim() || key, remarks: [remark] };
}

/** The title as the whole text would give it; undefined if something in the rest could change it. */
export function titleOfBeginning(
  given: string | undefined,
  { body, rest }: Beginning,
  form: SourceFormat,
  key: string,
): ChosenTitle | undefined {
  const chosen = chooseTitle(given, body, key);
  if (given !== undefined || rest === "" || chosen.isTop === true) return chosen;
  const isDecided = decidesSummary(plainText(body.tree, 2000), SHORT) && !(form === "markdown" && HEADING.test(rest));
  return isDecided ? chosen : undefined;
}

/** Whatever may become an h1. */
const HEADING = /^[ \t>]*#(?:[ \t]|$)|^[ \t>]*=+[ \t]*$|<h1/im;

const fromBody = ({ title, rest, isTop = false }: Headline, body: Body): ChosenTitle => ({
  isTop,
  title,
  tree: unlessEmpty(rest, body),
  fromBody: true,
  remarks: [],
});

/** What is left of a body without its headline; the whole body if that is nothing. */
const unlessEmpty = (rest: Root, body: Body): Root => (rest === body.tree || hasContent(rest) ? rest : body.tree);

/** The name of the file, or of an index page's folder, without a date or an ordering number in front. */
function nameOf(key: string): string {
  const name = pathOf(key).split("/").at(-1) ?? "";
  return name.replace(/^(?:\d{4}[-_.]\d{2}[-_.]\d{2}|\d{6,14})(?:[-_ ]+(?=.))/, "").trim();
}

/**
 * Notes are named after their subject ("Sea level, autumn", "Каспий"), other files by what a program needs ("sea-level", "IMG_2034",
 * "note"). A title has words with spaces between, or is one capitalised word.
 */
function readsAsTitle(name: string): boolean {
  if (NAMELESS.test(name)) return false;
  const isHash = name.split(" ").every((word) => /^[0-9a-f-]*$/i.test(word) && /\d/.test(word));
  return !isHash && (/\p{L}\S* +\S|\S +\p{L}/u.test(name) || /^[\p{Lu}\p{Lt}\p{Lo}][\p{Ll}\p{Lo}\p{M}]+$/u.test(name));
}

/** What editors call an unnamed file. */
const NAMELESS =
  /^(?:untitled|(?:new )?(?:note|document|file|page|post|draft)|index|безымянн\p{L}*|без (?:названия|имени)|нов\p{L}+ (?:заметка|документ)|未命名|无标题|新建)[ \d().-]*$/iu;

/** Whether there are words, or a picture, sound or video. */
export function hasContent(tree: Root): boolean {
  return plainText(tree, 1) !== "" || JSON.stringify(tree.children.slice(0, 50)).search(/"tagName":"(?:img|audio|video)"/) !== -1;
}
