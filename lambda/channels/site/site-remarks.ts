import type { Site } from "./site.ts";

/** Remarks on settings that are valid but may not do what was intended. */
export function remarksOn(site: Site): readonly string[] {
  const atTop = new URL(site.feedUrl).pathname === "/";
  return [
    ...(site.news !== undefined && site.permalink === undefined && site.permalinks === undefined
      ? ['site.yaml: "news" is there but no "permalink": the sitemap shows only articles with a url of their own.']
      : []),
    ...(site.pages && site.permalink === undefined && site.permalinks === undefined
      ? ['site.yaml: "pages" is true but there is no "permalink": only articles with a url of their own have a page.']
      : []),
    ...(site.rights !== undefined && !atTop
      ? [
          'site.yaml: the files of "rights" are published below feedUrl, but crawlers look for robots.txt and .well-known/ only at the top of a host.',
        ]
      : []),
  ];
}
