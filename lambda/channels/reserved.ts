import { typeOfName } from "../articles/media-type.ts";
import type { Key } from "../stores/store.ts";
import { leadsAway } from "./moves.ts";
import type { ChannelRule, Site } from "./site.ts";

/** Words that name a folder of the wire at the top of a target; no channel may have one as its name. */
export const folders = ["archive", "media", "partners", "articles", "section", "tag", "author", "language"];

/** Files of the wire at the top of a target. */
export const files = ["index.html", "feeds.opml", "status.json", "sitemap-news.xml", "robots.txt", "edge.json"];

const anyFormat = ["rss.xml", "atom.xml", "feed.json"];

/** Where people, readers and older software look for a site's feed, and the files of a channel that will do there. */
export const customary: readonly (readonly [path: string, files: readonly string[]])[] = [
  ...["/feed", "/feed/", "/rss", "/rss/", "/feed.xml", "/rss.xml", "/index.xml"].map((path) => [path, anyFormat] as const),
  ["/atom.xml", ["atom.xml", "rss.xml"]],
  ["/feed.json", ["feed.json"]],
];

/** Folders that are no place for pages: media, and what lies behind a partner's access. */
const closed = new Set(["media", "partners"]);
/** The same, unless the newsroom's own `permalink` says otherwise: an address with a partner's token in it, and the archives of a site. */
const spared = ["p", "archive"];

/** What programs ask a host for without having been led there, and what they take for its owner's word (the proofs of search engines). */
const asked =
  /^(?:(?:favicon|apple-touch-icon[\w-]*|(?:app-)?ads|sellers|robots|humans|security|sitemap[\w-]*|manifest|service-worker|sw|crossdomain|clientaccesspolicy|browserconfig)\.[a-z0-9]+|(?:google|yandex_|pinterest-|naver)[0-9a-f]+\.html?|baidu_verify_[^/]*\.html?)$/;

/** Data, scripts and styles: what a browser, a reader or a crawler takes for something else than a page. */
const noPage = /\.(?:xml|rss|atom|rdf|opml|json|jsonld|txt|csv|ics|vcf|js|mjs|cjs|css|map|wasm|webmanifest|zip|xsl|xslt)$/;

const ofCustom = new Set(customary.map(([path]) => path.replaceAll("/", "")));

/**
 * Whether an address means something to the wire or to those who ask it, so that no article's page may stand there: made from what is
 * published at this time or may be later. `key`: as it would lie in the target.
 */
export function isReserved(key: Key, site: Pick<Site, "channels" | "permalink" | "moves" | "language" | "languages">): boolean {
  const segments = key.normalize("NFC").toLowerCase().split("/");
  const [first = "", second = ""] = segments;
  const last = segments.at(-1) ?? "";
  if (first.startsWith(".") || closed.has(first) || (spared.includes(first) && first !== site.permalink?.split("/")[1])) return true;
  // With a slash behind it, too: what is a folder on a disk can be no file there.
  const isTop = segments.length === 1 || (segments.length === 2 && second === "index.html");
  if (files.includes(first) || (isTop && (ofCustom.has(first) || asked.test(first)))) return true;
  if (segments.some((segment) => /\.(?:gz|br)$/.test(segment)) || noPage.test(last) || typeOfName(last) !== undefined) return true;
  const tags = new Set([site.language, ...site.languages].map((tag) => tag.toLowerCase()));
  return leadsAway(site.moves, key) || site.channels.some((rule) => isOfChannel(rule, segments, tags));
}

/** What a channel has, and what it may come to have. */
function isOfChannel(rule: ChannelRule, [first = "", ...below]: readonly string[], tags: ReadonlySet<string>): boolean {
  if (rule.kind === "by") return first === rule.by;
  if (first !== rule.name.normalize("NFC").toLowerCase()) return false;
  const [second, third] = rule.split === "language" && tags.has(below[0] ?? "") ? below.slice(1) : below;
  return second === undefined || second === "archive" || (second === "index.html" && third === undefined);
}
