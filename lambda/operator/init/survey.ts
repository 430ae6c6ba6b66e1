import picomatch from "picomatch";
import { type MediaReference, referencesOf } from "../../articles/links/media-mark.ts";
import type { Article, Newsroom, Parsed } from "../../articles/model/article.ts";
import { parse } from "../../articles/parse.ts";
import { chooseSources } from "../../articles/source.ts";
import type { Survey } from "../../reports/started.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";

/** How many articles are read: enough to know a newsroom, and done in a second. */
const sample = 300;
/** A language of fewer articles may be a mistake of the detector. */
const least = 3;

/** What a look at the articles tells about the site. */
export type Looked = Survey & {
  /**
   * Folders directly below those of the globs in which nearly all articles have a date, if most articles elsewhere have none: those are the
   * news of a site, and the rest are its pages.
   */
  readonly dated: readonly string[];
  /** Folders directly below those of the globs that hold nothing but data: no file has a title or text. */
  readonly dataFolders: readonly string[];
  /** Every file that the globs take. */
  readonly keys: readonly Key[];
  /** The articles with a date. */
  readonly datedKeys: readonly Key[];
  readonly sectioned: readonly { readonly key: Key; readonly section: string }[];
  readonly references: readonly MediaReference[];
  /** As the articles write them. */
  readonly authors: readonly string[];
};

export async function survey(content: Store, listing: readonly Listed[], newsroom: Newsroom): Promise<Looked> {
  const { articles, soleInFolder } = chooseSources(listing, newsroom);
  const step = Math.max(1, articles.length / sample);
  const chosen = Array.from({ length: Math.min(sample, articles.length) }, (_, index) => articles[Math.floor(index * step)]).filter(
    (listed) => listed !== undefined && listed.size <= newsroom.limits.article,
  ) as readonly Listed[];
  const parsed = await inParallel(chosen, async ({ key }) => {
    const bytes = (await content.read(key))?.bytes ?? new Uint8Array();
    return parse({ key, bytes }, newsroom, { soleInFolder: soleInFolder.has(key) });
  });
  const read = parsed.flatMap((one) => (one.kind === "article" ? [one.article] : []));
  const undated = read.filter(({ published }) => published === undefined);
  const languages = frequent(read.map(({ language }) => language)).filter(
    ([language, count]) => count >= least && !language.startsWith("und"),
  );
  return {
    files: articles.length,
    read: read.length,
    undated: undated.length,
    undatedFolders: frequent(undated.map(({ key }) => key.slice(0, Math.max(0, key.lastIndexOf("/"))))),
    quarantined: parsed.filter(({ kind }) => kind === "quarantined").length,
    languages: languages.map(([language]) => language),
    sections: frequent(read.flatMap(({ section }) => section ?? [])).map(([section]) => section),
    dated: datedFolders(read, newsroom),
    dataFolders: dataFolders(parsed, newsroom),
    keys: articles.map(({ key }) => key),
    datedKeys: read.flatMap(({ key, published }) => (published === undefined ? [] : [key])),
    sectioned: read.flatMap(({ key, section }) => (section === undefined ? [] : [{ key, section }])),
    references: read.flatMap((article) => referencesOf(article)),
    authors: read.flatMap(({ authors }) => authors.map(({ name }) => name)),
    tags: new Set(read.flatMap(({ tags }) => tags)).size,
  };
}

/** Each value with its count, the most frequent first, equals by code unit. */
function frequent(values: readonly string[]): readonly (readonly [string, number])[] {
  return [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => [value, all.length] as const)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

const baseOf = ({ articles }: Newsroom): string => (articles.length === 1 ? picomatch.scan(articles[0] ?? "").base : "");

const below = (key: Key, base: string): string => /^[^/]+(?=\/)/.exec(base === "" ? key : key.slice(base.length + 1))?.[0] ?? "";

function dataFolders(parsed: readonly Parsed[], newsroom: Newsroom): readonly string[] {
  const base = baseOf(newsroom);
  const isData = (one: Parsed) => one.kind === "quarantined" && one.findings.some(({ code }) => code === "article-empty");
  return [...Map.groupBy(parsed, (one) => below(one.kind === "article" ? one.article.key : one.key, base))]
    .filter(([folder, all]) => folder !== "" && all.length >= least && all.every(isData))
    .map(([folder]) => (base === "" ? folder : `${base}/${folder}`))
    .sort();
}

function datedFolders(read: readonly Article[], newsroom: Newsroom): readonly string[] {
  const base = baseOf(newsroom);
  if (base === "" || read.filter(({ published }) => published === undefined).length * 2 <= read.length) return [];
  const folders = Map.groupBy(read, ({ key }) => below(key, base));
  return [...folders]
    .filter(
      ([folder, all]) =>
        folder !== "" && all.length >= least && all.filter(({ published }) => published !== undefined).length >= all.length * 0.9,
    )
    .map(([folder]) => folder)
    .sort();
}
