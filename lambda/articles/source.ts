import picomatch from "picomatch";
import type { Key, Listed } from "../stores/store.ts";
import type { Finding, Newsroom } from "./model/article.ts";

/** A file that looks like an article but is not taken, and why: one sentence. */
export type PassedOver = { readonly key: Key; readonly reason: string };

export type Chosen = {
  /** The sources to parse, in the order of the listing. */
  readonly articles: readonly Listed[];
  /** How many files look like articles but are not taken, by extension in lower case (".mdx"). */
  readonly passedOver: Readonly<Record<string, number>>;
  /** The same files, by key. */
  readonly notTaken: readonly PassedOver[];
  /** Keys of `index.*` files whose folder holds no other article. */
  readonly soleInFolder: ReadonlySet<Key>;
};

/** Extensions in which people write articles, whether or not the globs include them. */
const WRITTEN =
  /\.(?:md|markdown|mdown|mkd|mdx|mdoc|html?|xhtml|txt|text|rst|adoc|asciidoc|org|textile|wiki|docx?|odt|rtf|pages|tex|epub|pdf)$/i;
/** Files for the upkeep of a repository, which are never articles, by whole name; also `LICENSE-MIT.txt` and `requirements-dev.txt`. */
const HOUSEKEEPING =
  /^(?:_index|readme|licen[cs]e(?:-(?:mit|apache|bsd)[\w.-]*)?|copying|changelog|changes|history|contributing|contributors|code_of_conduct|security|notice|authors|maintainers|todo|robots|humans|requirements(?:[-_][\w-]+)?|cmakelists)(?:\.[\w-]+)*$/i;

export function chooseSources(listing: readonly Listed[], newsroom: Pick<Newsroom, "articles" | "ignore" | "people">): Chosen {
  const { isWanted, isUnwanted } = matcher(newsroom);
  const isPerson = newsroom.people?.glob === undefined ? () => false : picomatch(newsroom.people.glob, { nocase: true });
  const isTaken = (key: Key) => isWanted(key) && !isUnwanted(key);
  const articles: Listed[] = [];
  const passedOver: Record<string, number> = {};
  const notTaken: PassedOver[] = [];
  for (const listed of listing) {
    const { key } = listed;
    if (isDotted(key) || isPerson(key)) continue;
    if (isTaken(key)) {
      articles.push(listed);
      continue;
    }
    const ending = WRITTEN.exec(key)?.[0].toLowerCase();
    if (ending === undefined || HOUSEKEEPING.test(nameOf(key))) continue;
    passedOver[ending] = (passedOver[ending] ?? 0) + 1;
    notTaken.push({ key, reason: isWanted(key) ? "site.yaml ignores it (ignore)." : "site.yaml does not include it (articles)." });
  }
  return { articles, passedOver, notTaken, soleInFolder: soleIn(articles) };
}

function soleIn(articles: readonly Listed[]): ReadonlySet<Key> {
  const indexes = articles.filter(({ key }) => isIndex(key));
  if (indexes.length === 0) return new Set();
  const shared = new Set(articles.filter(({ key }) => !isIndex(key)).map(({ key }) => folderOf(key)));
  return new Set(indexes.map(({ key }) => key).filter((key) => !shared.has(folderOf(key))));
}

function matcher({ articles, ignore }: Pick<Newsroom, "articles" | "ignore">) {
  const options = { nocase: true };
  const isUnwanted = ignore.length === 0 ? () => false : picomatch([...ignore], options);
  return { isWanted: picomatch([...articles], options), isUnwanted };
}

/** A dotfile, or a file in a dot folder: from editors, Git or Wireroom. */
export const isDotted = (key: Key): boolean => /(?:^|\/)\./.test(key);

const nameOf = (key: Key): string => key.slice(key.lastIndexOf("/") + 1);
export const folderOf = (key: Key): string => key.slice(0, key.lastIndexOf("/") + 1);

/** `index.md`, and `index.ru.md` of a story in several languages. */
export const isIndex = (key: Key): boolean => /^index(?:\.[\w-]+)?\.[^.]+$/i.test(nameOf(key));

/** A file over the limit is a problem already in the listing, and is never read. */
export function tooLarge({ key, size }: Listed, newsroom: Pick<Newsroom, "limits">): Finding | undefined {
  const limit = newsroom.limits.article;
  if (size <= limit) return undefined;
  return {
    kind: "problem",
    code: "article-too-large",
    key,
    message: `The file has ${readable(size, limit)}; the limit is ${readable(limit, size)}.`,
    hint: "Shorten it, move its media out, or raise limits.article in site.yaml.",
  };
}

/** Rounded to two decimals; in bytes if rounding would make two sizes look equal. */
function readable(bytes: number, beside: number): string {
  const [unit, name] = bytes < 1_000_000 ? [1_000, "KB"] : [1_000_000, "MB"];
  const rounded = (size: number): number => Math.round((size / unit) * 100) / 100;
  return bytes < 1_000 || rounded(bytes) === rounded(beside) ? `${bytes} ${bytes === 1 ? "byte" : "bytes"}` : `${rounded(bytes)} ${name}`;
}
