import type { Site } from "./site.ts";

/** What a report says of the settings: they are right, and yet may not do what was meant. */
export function remarksOn(site: Site): readonly string[] {
  const atTop = new URL(site.feedUrl).pathname === "/";
  return [
    ...site.idle.map((key) => `site.yaml: "${key}" is understood, but this version does not act on it yet.`),
    ...(site.pages && site.permalink === undefined
      ? ['site.yaml: "pages" is true and there is no "permalink": only articles that name a url of their own have a page.']
      : []),
    ...(site.rights !== undefined && !atTop
      ? ['site.yaml: "rights" is written below feedUrl, and crawlers look for robots.txt and .well-known/ at the top of a host alone.']
      : []),
  ];
}
