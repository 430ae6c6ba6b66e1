import { plainName } from "./front-matter/fields/field-names.ts";
import type { FrontMatter } from "./front-matter/front-matter.ts";
import { blocksOf } from "./markdown/templates/code-lines.ts";

/** A loop over the articles of a site: Jekyll and Liquid, Eleventy and Nunjucks, Hugo. */
const LOOP =
  /\{%-?\s{0,3}for\s{1,3}[\w, ]{1,80}?\sin\s{1,3}(?:site\.(?:posts|articles|news|tags|categories|pages|collections|related_posts)|paginator\.|pagination\.|collections[.[]|postslist\b)|\{\{-?\s{0,3}range\b[^}]{0,120}?(?:Pages|Paginator)/;
/** Fields that let a generator make a page of others. */
const LAYOUTS: ReadonlySet<string> = new Set(["layout", "template"]);

/** The most characters of the source of a list, and of its words around the loop. */
const LONGEST = 20_000;
const LONGEST_INTRODUCTION = 400;

/**
 * Why an article without a date is only a page of the site: it lists other articles, or a layout makes it, or it leads elsewhere. Undefined if
 * it is an article. `hasWords`: whether any text of its own is left; asked only if the answer matters.
 */
export function pageOfSite({ fields, body }: Pick<FrontMatter, "fields" | "body">, hasWords: () => boolean): string | undefined {
  const names = new Set(fields.filter(({ value }) => value !== null && value !== false && value !== "").map(({ name }) => plainName(name)));
  if (names.has("pagination") || (body.length <= LONGEST && LOOP.test(body) && introduction(body) <= LONGEST_INTRODUCTION)) return LIST;
  if (names.has("redirectto") || names.has("redirecturl"))
    return hasWords() ? undefined : "It has no date and no text, and leads to another page.";
  return [...LAYOUTS].some((name) => names.has(name)) && !hasWords() ? "It has no date and no text: a layout makes the page." : undefined;
}

const LIST = "It is a list of other articles, without a date.";

/** How many characters outside of code, tags and loops a page has. Infinite if its loop stands in code, as an article about templates shows one. */
function introduction(body: string): number {
  const blocks = blocksOf(body, "markdown");
  const prose: string[] = [];
  for (let at = 0; at < body.length; ) {
    const { isCode, end } = blocks(at);
    if (!isCode) prose.push(body.slice(at, end));
    at = end;
  }
  const text = prose.join("").replace(/`[^`\n]*`/g, "");
  if (!LOOP.test(text)) return Number.POSITIVE_INFINITY;
  const outside = text
    .replace(/\{%-?\s*for\b[\s\S]*?\{%-?\s*endfor\s*-?%\}/g, "")
    .replace(/\{\{-?\s*range\b[\s\S]*?\{\{-?\s*end\s*-?\}\}/g, "");
  return outside.replace(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}|<[^<>]*>|\s+/g, "").length;
}
