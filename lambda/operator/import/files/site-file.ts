import { stringify } from "yaml";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import { mistakesInMoves } from "../../../channels/site/moves.ts";
import { feedFiles } from "../../../channels/site/site.ts";
import { parseSite } from "../../../channels/site/site-file.ts";
import type { ImportedHead, ImportedSite, OldFeed } from "../model/imported.ts";
import { permalinkPattern } from "./permalink-pattern.ts";

/** What a site.yaml is made of. `url`: ends with "/". `day`: today. */
export type SiteOrder = {
  readonly site: ImportedSite;
  readonly url: string;
  readonly heads: readonly ImportedHead[];
  readonly day: string;
  /** Whether the content has pages, too, which no feed had. */
  readonly withPages: boolean;
};

export type SiteFileMade = { readonly text: string; readonly elsewhere: readonly { readonly from: string; readonly to: string }[] };

/** Makes a site.yaml that keeps the old addresses, where this site can answer at them. */
export function siteFileFor({ site, url, heads, day, withPages }: SiteOrder): SiteFileMade {
  const feedUrl = feedUrlOf(site.feeds, url);
  const name = channelName(site.feeds[0], feedUrl);
  const target = (feed: OldFeed) => `/${name}/${feedFiles[feed.format]}`;
  const { moved, elsewhere } = movesFor(site.feeds, url, feedUrl, target);
  const pattern = permalinkPattern(heads, url);
  const block = (comment: string, value: Readonly<Record<string, unknown>>) => {
    const kept = omitUndefined(value);
    return Object.keys(kept).length === 0 ? "" : `\n${comment}${stringify(kept, { lineWidth: 0 })}`;
  };
  const identity = { ids: { authority: new URL(url).hostname, since: day } };
  const channel = { name, archive: "monthly", ...(withPages ? { where: { path: "posts/**" } } : {}) };
  const parts = [
    "# The publisher and its feeds. docs/site-yaml.md explains every key.\n",
    block("", { title: site.title, description: site.description }),
    block("# The address of the articles, and that of the feeds if it differs. Never change them once readers subscribe.\n", {
      url,
      feedUrl: feedUrl === url ? undefined : feedUrl,
    }),
    block("# The language of articles that name none, and the time zone of dates without one.\n", {
      language: site.language,
      timezone: site.timezone,
    }),
    block("", omitUndefined({ image: site.image, icon: site.icon, copyright: site.copyright, license: site.license, author: site.author })),
    block("# For the ids of new articles. Imported articles keep theirs.\n", identity),
    pattern === undefined
      ? `\n# The address of articles that name none. The old addresses have no common pattern.\n# permalink: "/{section}/{slug}/"\n`
      : block("# The address of articles that name none, as most old ones have it.\n", { permalink: pattern }),
    block("# A feed with its archives, so that every imported entry stays in some document.\n", { channels: [channel] }),
    block("# Tells readers at once of new entries. The old feed named this hub; check that it still serves you.\n", { hub: site.hub }),
    block("# The addresses of the old feeds lead to the new one (301), so subscribers stay.\n", { moved }),
  ];
  return { text: valid(parts, url), elsewhere };
}

/** Leaves out a value that site.yaml refuses (an image that is no address), never a whole file. */
function valid(parts: readonly string[], url: string): string {
  const accepted = parts.filter((part) => {
    if (part === "" || part.includes("\nurl: ")) return true;
    try {
      parseSite(`url: ${JSON.stringify(url)}\n${part}`, "site.yaml");
      return true;
    } catch {
      return false;
    }
  });
  return accepted.join("");
}

/** A host of its own for feeds is kept, if it belongs to the site: feeds.wire.example of wire.example. */
function feedUrlOf([feed]: readonly OldFeed[], url: string): string {
  const [address, home] = [URL.parse(feed?.url ?? ""), new URL(url)];
  if (address === null || address.host === home.host || !/^https?:$/.test(address.protocol)) return url;
  return address.hostname.endsWith(`.${home.hostname.replace(/^www\./, "")}`) ? `${address.origin}/` : url;
}

/** A feed of Wireroom keeps its address: /world/rss.xml is the channel world. */
function channelName(feed: OldFeed | undefined, feedUrl: string): string {
  const path = feed === undefined ? "" : (pathBelow(feed.url, feedUrl) ?? "");
  const found = /^\/([a-z0-9][a-z0-9_-]*)\/(?:rss\.xml|atom\.xml|feed\.json)$/.exec(path)?.[1];
  if (found === undefined) return "all";
  try {
    parseSite(`url: ${JSON.stringify(feedUrl)}\nchannels: [{ name: ${JSON.stringify(found)} }]`, "site.yaml");
    return found;
  } catch {
    return "all";
  }
}

/** The path below an address. Many old feeds still name themselves with http: the scheme does not matter. */
function pathBelow(url: string, home: string): string | undefined {
  const [plain, base] = [url, home].map((address) => address.replace(/^https?:/, "")) as [string, string];
  return plain.startsWith(base) ? `/${plain.slice(base.length)}` : undefined;
}

function movesFor(feeds: readonly OldFeed[], url: string, feedUrl: string, target: (feed: OldFeed) => string) {
  const moved: Record<string, string> = {};
  const elsewhere: { from: string; to: string }[] = [];
  for (const feed of feeds) {
    const to = target(feed);
    const within = pathBelow(feed.url, feedUrl);
    if (within === to || (within !== undefined && moved[within] !== undefined)) continue;
    if (within !== undefined && mistakesInMoves({ url, feedUrl, moved: { ...moved, [within]: to } }).length === 0) moved[within] = to;
    else elsewhere.push({ from: feed.url, to: new URL(`.${to}`, feedUrl).href });
  }
  return { moved: Object.keys(moved).length === 0 ? undefined : moved, elsewhere };
}
