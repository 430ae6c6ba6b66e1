import type { Field } from "../front-matter/field.ts";
import { isPageAddress } from "../front-matter/fields/people.ts";

/** The authors and dates that a page states in JSON-LD (schema.org). */
export function linkedData(html: string): readonly Field[] {
  const things = blocksIn(html).flatMap(thingsIn);
  const article = things.find((thing) => words(thing["@type"]).some((type) => ARTICLE.test(type)));
  if (article === undefined) return [];
  const named = new Map(things.map((thing) => [thing["@id"], thing]));
  const authors = list(article.author).flatMap((author) => nameOf(author, named));
  const date = (name: string, value: unknown): readonly Field[] =>
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value) ? [{ name, value, line: 1 }] : [];
  return [
    ...(authors.length === 0 ? [] : [{ name: "author", value: authors, line: 1 }]),
    ...date("date", article.datePublished),
    ...date("updated", article.dateModified),
  ];
}

type Thing = Readonly<Record<string, unknown>>;

const ARTICLE = /(?:Article|BlogPosting|SocialMediaPosting|^Report)$/;
const BLOCK = /<script\b[^<>]{0,300}\bapplication\/ld\+json\b[^<>]{0,300}>/gi;
const MOST_BLOCKS = 20;
const MOST_THINGS = 1000;

/** All blocks that are valid JSON. */
function blocksIn(html: string): readonly unknown[] {
  const starts = [...html.matchAll(BLOCK)].slice(0, MOST_BLOCKS);
  return starts.flatMap(({ index, 0: tag }) => {
    const from = index + tag.length;
    const end = html.slice(from).search(/<\/script/i);
    try {
      return [JSON.parse(html.slice(from, end === -1 ? undefined : from + end)) as unknown];
    } catch {
      return [];
    }
  });
}

/** Things: at the top, in a list or graph, and what a page is about. Not parts of things, which may be teasers of other articles. */
function thingsIn(block: unknown): readonly Thing[] {
  const found: Thing[] = [];
  const queue = [block];
  const add = (values: readonly unknown[]): void => void queue.push(...values.slice(0, MOST_THINGS - queue.length));
  for (const value of queue) {
    if (Array.isArray(value)) add(value);
    else if (isThing(value)) {
      found.push(value);
      add([value["@graph"], value.mainEntity].filter((more) => more !== undefined));
    }
  }
  return found;
}

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const words = (value: unknown): readonly string[] => list(value).filter((word) => typeof word === "string");

/** The name of a person or organisation, which may be stated elsewhere in the graph. */
function nameOf(author: unknown, named: ReadonlyMap<unknown, Thing>): readonly string[] {
  const name = isThing(author) ? (author.name ?? named.get(author["@id"])?.name) : author;
  return words(name)
    .map((word) => word.trim())
    .filter((word) => word !== "" && !isAddress(word));
}

/** A web or mail address instead of a name (in Open Graph, `article:author` is a profile's address). */
export const isAddress = (name: string): boolean => isPageAddress(name) || /^(?:mailto:.*|[^\s@]+@[^\s@]+\.[^\s@]+)$/i.test(name.trim());
