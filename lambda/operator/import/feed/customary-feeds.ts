import type { OldFeed } from "../model/imported.ts";

/** Where the programs that people come from have their feeds, by the name in `generator`. */
const customs: readonly { readonly program: RegExp; readonly feeds: Readonly<Record<string, OldFeed["format"]>> }[] = [
  {
    program: /wordpress/i,
    feeds: { "feed/": "rss", "feed/rss2/": "rss", "feed/rss/": "rss", "feed/rdf/": "rss", "feed/atom/": "atom", "wp-rss2.php": "rss" },
  },
  { program: /^ghost/i, feeds: { "rss/": "rss" } },
  { program: /^hugo/i, feeds: { "index.xml": "rss" } },
  { program: /^jekyll/i, feeds: { "feed.xml": "atom" } },
  { program: /^blogger/i, feeds: { "feeds/posts/default": "atom" } },
];

/** The feeds that a site of this program has. `site`: its address. */
export function customaryFeeds(generator: string, site: string): readonly OldFeed[] {
  const found = customs.find(({ program }) => program.test(generator));
  const home = new URL(site).href.replace(/\/?$/, "/");
  return Object.entries(found?.feeds ?? {}).map(([path, format]) => ({ url: new URL(path, home).href, format }));
}
