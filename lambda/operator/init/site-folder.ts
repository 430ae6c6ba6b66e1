import { chooseSources } from "../../articles/source.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";
import { generatorIn, isOfPackage, noGenerator } from "./generators.ts";
import { survey } from "./survey.ts";

/** A site in a folder of a repository. `others`: further folders with a site. */
export type SiteFolder = { readonly folder: string; readonly generator: string; readonly others: readonly string[] };

/** Where repositories of programs keep their sites, the most usual first. */
const usual = ["website", "site", "docs", "web", "www", "blog"];

/**
 * The folder directly below in which a generator's site with articles is (Docusaurus in website/), if the content itself is no site and has no
 * article with a date elsewhere.
 */
export async function siteFolderIn(content: Store): Promise<SiteFolder | undefined> {
  const listing = (await content.list()).filter(({ key }) => !/(?:^|\/)node_modules\/|^\.[^/]+\//.test(key) && !isOfPackage(key));
  if (listing.some(({ key }) => key === "site.yaml")) return undefined;
  if ((await generatorIn(listing, content)).whole.generator !== noGenerator) return undefined;
  const sites: { readonly folder: string; readonly generator: string; readonly articles: number }[] = [];
  for (const [folder, files] of Map.groupBy(listing, ({ key }) => key.slice(0, key.indexOf("/") + 1))) {
    const own = files.map((file) => ({ ...file, key: file.key.slice(folder.length) }));
    if (folder === "" || own.some(({ key }) => key === "site.yaml")) continue;
    const { generator, articles: globs, ignore } = (await generatorIn(own, content, folder)).whole;
    const articles = generator === noGenerator ? 0 : chooseSources(own, { articles: globs, ignore }).articles.length;
    if (articles > 0) sites.push({ folder: folder.slice(0, -1), generator, articles });
  }
  const rank = (folder: Key) => (usual.includes(folder.toLowerCase()) ? usual.indexOf(folder.toLowerCase()) : usual.length);
  const [best, ...rest] = sites.toSorted((a, b) => rank(a.folder) - rank(b.folder) || b.articles - a.articles);
  const outside = listing.filter(({ key }) => !sites.some(({ folder }) => key.startsWith(`${folder}/`)));
  if (best === undefined || (await hasArticles(outside, content))) return undefined;
  return { folder: best.folder, generator: best.generator, others: rest.map(({ folder }) => folder) };
}

/** Whether there is an article with a date. */
async function hasArticles(listing: readonly Listed[], content: Store): Promise<boolean> {
  const { articles, ignore } = (await generatorIn(listing, content)).whole;
  const newsroom = {
    articles,
    ignore,
    url: "https://news.invalid/",
    language: "en",
    languages: [],
    timezone: "UTC",
    limits: { article: 5_000_000 },
  };
  return (await survey(content, listing, newsroom)).datedKeys.length > 0;
}
