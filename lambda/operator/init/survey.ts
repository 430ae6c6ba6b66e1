import picomatch from "picomatch";
import type { Article, Newsroom } from "../../articles/model/article.ts";
import { parse } from "../../articles/parse.ts";
import { chooseSources } from "../../articles/source.ts";
import type { Survey } from "../../reports/started.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Listed, Store } from "../../stores/store.ts";

/** How many articles are read: enough to know a newsroom, and done in a second. */
const sample = 300;
/** A language of fewer articles may be a mistake of the detector. */
const least = 3;

/**
 * `dated`: folders directly below those of the globs in which nearly all articles have a date, if most articles elsewhere have none: those
 * are the news of a site, and the rest are its pages.
 */
export async function survey(
  content: Store,
  listing: readonly Listed[],
  newsroom: Newsroom,
): Promise<Survey & { readonly dated: readonly string[] }> {
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
  const languages = frequent(read.map(({ language }) => language)).filter(
    ([language, count]) => count >= least && !language.startsWith("und"),
  );
  return {
    files: articles.length,
    read: read.length,
    undated: read.filter(({ published }) => published === undefined).length,
    quarantined: parsed.filter(({ kind }) => kind === "quarantined").length,
    languages: languages.map(([language]) => language),
    sections: frequent(read.flatMap(({ section }) => section ?? [])).map(([section]) => section),
    dated: datedFolders(read, newsroom),
    tags: new Set(read.flatMap(({ tags }) => tags)).size,
  };
}

/** Each value with its count, the most frequent first, equals by code unit. */
function frequent(values: readonly string[]): readonly (readonly [string, number])[] {
  return [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => [value, all.length] as const)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

function datedFolders(read: readonly Article[], { articles }: Newsroom): readonly string[] {
  const base = articles.length === 1 ? picomatch.scan(articles[0] ?? "").base : "";
  if (base === "" || read.filter(({ published }) => published === undefined).length * 2 <= read.length) return [];
  const folders = Map.groupBy(read, ({ key }) => /^[^/]+(?=\/)/.exec(key.slice(base.length + 1))?.[0] ?? "");
  return [...folders]
    .filter(
      ([folder, all]) =>
        folder !== "" && all.length >= least && all.filter(({ published }) => published !== undefined).length >= all.length * 0.9,
    )
    .map(([folder]) => folder)
    .sort();
}
