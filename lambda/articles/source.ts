import picomatch from "picomatch";
import type { Key, Listed } from "../stores/store.ts";
import type { Finding, Newsroom } from "./model/article.ts";

/** A file that looks like an article and is none, and why: one sentence. */
export type PassedOver = { readonly key: Key; readonly reason: string };

export type Chosen = {
  /** What is to be parsed, in the order of the listing. */
  readonly articles: readonly Listed[];
  /** How many files look like articles and are not taken, by their ending in small letters (".mdx"). */
  readonly passedOver: Readonly<Record<string, number>>;
  /** The same, each by its name. */
  readonly notTaken: readonly PassedOver[];
  /** Keys of `index.*` files whose folder holds no other article. */
  readonly soleInFolder: ReadonlySet<Key>;
};

/** Endings of what people write articles in, whether or not the globs take them. */
const WRITTEN =
  /\.(?:md|markdown|mdown|mkd|mdx|mdoc|html?|xhtml|txt|text|rst|adoc|asciidoc|org|textile|wiki|docx?|odt|rtf|pages|tex|epub|pdf)$/i;
/** What keeps a house in order and is no article in anybody's eyes, by its whole name; `LICENSE-MIT.txt`, and `requirements-dev.txt`. */
const HOUSEKEEPING =
  /^(?:_index|readme|licen[cs]e(?:-(?:mit|apache|bsd)[\w.-]*)?|copying|changelog|changes|history|contributing|contributors|code_of_conduct|security|notice|authors|maintainers|todo|robots|humans|requirements(?:[-_][\w-]+)?|cmakelists)(?:\.[\w-]+)*$/i;

export function chooseSources(listing: readonly Listed[], newsroom: Pick<Newsroom, "articles" | "ignore">): Chosen {
  const { isWanted, isUnwanted } = matcher(newsroom);
  const isTaken = (key: Key) => isWanted(key) && !isUnwanted(key);
  const visible = listing.filter(({ key }) => !isHidden(key));
  const articles = visible.filter(({ key }) => isTaken(key));
  const passedOver: Record<string, number> = {};
  const notTaken: PassedOver[] = [];
  for (const { key } of visible) {
    const ending = WRITTEN.exec(key)?.[0].toLowerCase();
    if (ending === undefined || isTaken(key) || HOUSEKEEPING.test(nameOf(key))) continue;
    passedOver[ending] = (passedOver[ending] ?? 0) + 1;
    notTaken.push({ key, reason: isWanted(key) ? "site.yaml leaves it out (ignore)." : "site.yaml does not take it (articles)." });
  }
  const shared = new Set(articles.filter(({ key }) => !isIndex(key)).map(({ key }) => folderOf(key)));
  const soleInFolder = new Set(articles.map(({ key }) => key).filter((key) => isIndex(key) && !shared.has(folderOf(key))));
  return { articles, passedOver, notTaken, soleInFolder };
}

function matcher({ articles, ignore }: Pick<Newsroom, "articles" | "ignore">) {
  const options = { nocase: true };
  const isUnwanted = ignore.length === 0 ? () => false : picomatch([...ignore], options);
  return { isWanted: picomatch([...articles], options), isUnwanted };
}

/** A dotfile, or something in a dot folder: editors', Git's and ours. */
const isHidden = (key: Key): boolean => /(?:^|\/)\./.test(key);

const nameOf = (key: Key): string => key.slice(key.lastIndexOf("/") + 1);
const folderOf = (key: Key): string => key.slice(0, key.lastIndexOf("/") + 1);

/** `index.md`, and `index.ru.md` of a story in several languages. */
export const isIndex = (key: Key): boolean => /^index(?:\.[\w-]+)?\.[^.]+$/i.test(nameOf(key));

/** An article over the limit is a problem from the listing alone, and is never read. */
export function tooLarge({ key, size }: Listed, newsroom: Pick<Newsroom, "limits">): Finding | undefined {
  const limit = newsroom.limits.article;
  if (size <= limit) return undefined;
  return {
    kind: "problem",
    code: "article-too-large",
    key,
    message: `The file has ${readable(size, limit)}; an article may have ${readable(limit, size)}.`,
    hint: "Shorten it, move its media out, or raise limits.article in site.yaml.",
  };
}

/** In two digits behind the point, or to the byte, where that would make it the same as another size. */
function readable(bytes: number, beside: number): string {
  const [unit, name] = bytes < 1_000_000 ? [1_000, "KB"] : [1_000_000, "MB"];
  const rounded = (size: number): number => Math.round((size / unit) * 100) / 100;
  return bytes < 1_000 || rounded(bytes) === rounded(beside) ? `${bytes} bytes` : `${rounded(bytes)} ${name}`;
}
