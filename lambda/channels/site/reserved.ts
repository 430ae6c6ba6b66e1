import { typeOfName } from "../../articles/links/media-type.ts";
import type { Key } from "../../stores/store.ts";
import { leadsAway } from "./moves.ts";
import type { ChannelRule, Site } from "./site.ts";

/** Folders of the wire at the top of a target; no channel may have one of these names. */
export const topFolders = ["archive", "media", "partners", "articles", "section", "tag", "author", "language"];

/** Files of the wire at the top of a target. */
export const topFiles = ["index.html", "feeds.opml", "status.json", "sitemap-news.xml", "robots.txt", "rsl.xml", "edge.json"];

const anyFormat = ["rss.xml", "atom.xml", "feed.json"];

/** The paths where people, readers and older software look for a site's feed, and the files of a channel that can answer there. */
export const customaryPaths: readonly (readonly [path: string, files: readonly string[]])[] = [
  ...["/feed", "/feed/", "/rss", "/rss/", "/feed.xml", "/rss.xml", "/index.xml"].map((path) => [path, anyFormat] as const),
  ["/atom.xml", ["atom.xml", "rss.xml"]],
  ["/feed.json", ["feed.json"]],
];

/** Folders without pages: media, everything behind a partner's access, and the desk of a preview. */
const closed = new Set(["media", "partners", "-"]);
/** The same, unless the site's own `permalink` uses them: addresses with a partner's token, and the archives of a site. */
const spared = ["p", "archive"];

/** Paths that programs request from a host without a link, and files that prove the ownership of a host (search engines). */
const asked =
  /^(?:(?:favicon|apple-touch-icon[\w-]*|(?:app-)?ads|sellers|robots|humans|security|sitemap[\w-]*|manifest|service-worker|sw|crossdomain|clientaccesspolicy|browserconfig)\.[a-z0-9]+|(?:google|yandex_|pinterest-|naver)[0-9a-f]+\.html?|baidu_verify_[^/]*\.html?)$/;

/** Data, scripts and styles: a browser, a reader or a crawler would not take them for a page. */
const noPage = /\.(?:xml|rss|atom|rdf|opml|json|jsonld|txt|csv|ics|vcf|js|mjs|cjs|css|map|wasm|webmanifest|zip|xsl|xslt)$/;

const ofCustom = new Set(customaryPaths.map(([path]) => path.replaceAll("/", "")));

/**
 * Whether an address has a meaning for the wire or its readers, so that no article's page may be there; it depends only on what
 * the wire publishes now or may publish later. `key`: its key in the target.
 */
export function isReserved(key: Key, site: Pick<Site, "channels" | "permalink" | "moves" | "language" | "languages">): boolean {
  const segments = key.normalize("NFC").toLowerCase().split("/");
  const [first = "", second = ""] = segments;
  const last = segments.at(-1) ?? "";
  if (first.startsWith(".") || closed.has(first) || (spared.includes(first) && first !== site.permalink?.split("/")[1])) return true;
  // With a slash at its end too: a folder on a disk cannot also be a file.
  const isTop = segments.length === 1 || (segments.length === 2 && second === "index.html");
  if (topFiles.includes(first) || (isTop && (ofCustom.has(first) || asked.test(first)))) return true;
  if (segments.some((segment) => /\.(?:gz|br)$/.test(segment)) || noPage.test(last) || typeOfName(last) !== undefined) return true;
  const tags = new Set([site.language, ...site.languages].map((tag) => tag.toLowerCase()));
  return leadsAway(site.moves, key) || site.channels.some((rule) => isOfChannel(rule, segments, tags));
}

/** The keys that a channel has, and those that it may get. */
function isOfChannel(rule: ChannelRule, [first = "", ...below]: readonly string[], tags: ReadonlySet<string>): boolean {
  if (rule.kind === "by") return first === rule.by;
  if (first !== rule.name.normalize("NFC").toLowerCase()) return false;
  const [second, third] = rule.split === "language" && tags.has(below[0] ?? "") ? below.slice(1) : below;
  return second === undefined || second === "archive" || (second === "index.html" && third === undefined);
}
