import { typeOfName } from "../../articles/links/media-type.ts";
import type { Headers, Key } from "../../stores/store.ts";

/**
 * The cache times of windows and pages. No stale-while-revalidate: it would give a WebSub hub the old feed. stale-if-error, because a
 * reader that gets an error may stay away for days. `edgeLifetime`: how long CloudFront caches a window, in seconds.
 */
export const edgeLifetime = 60;
const short = `public, max-age=300, s-maxage=${edgeLifetime}, stale-if-error=604800`;
const long = "public, max-age=3600, s-maxage=86400, stale-if-error=604800";

/** For media: the name is the hash of the bytes, so no client ever needs to fetch it again. */
export const cacheForever = "public, max-age=31536000, immutable";

/** For a partner's files: no cache that others use may keep them, so CloudFront keeps none. The edge function sends the same. */
const unshared = "private, max-age=60";

const types: Readonly<Record<string, string>> = {
  "rss.xml": "application/rss+xml; charset=utf-8",
  "atom.xml": "application/atom+xml; charset=utf-8",
  "rsl.xml": "application/rsl+xml; charset=utf-8",
  "feed.json": "application/feed+json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".opml": "text/x-opml; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/** The headers of a plain file, from its key: a folder store cannot keep headers. */
export function headersByKey(key: Key): Headers {
  const name = key.slice(key.lastIndexOf("/") + 1);
  // An article's address may have no trailing slash, so its page may have no extension.
  const ending = name.includes(".") ? name.slice(name.lastIndexOf(".")) : ".html";
  const contentType = types[name] ?? types[ending] ?? typeOfName(name) ?? "application/octet-stream";
  if (key.startsWith("partners/")) return { contentType, cacheControl: unshared };
  if (key.startsWith("media/")) return { contentType, cacheControl: cacheForever };
  return headersOf(/\/archive\/[^/]+\/[^/]+$/.test(key) ? "archive" : "window", contentType);
}

/** The headers of a published text file. */
export function headersOf(kind: "window" | "archive" | "partner", contentType: string): Headers {
  const times = { window: short, archive: long, partner: unshared };
  return { contentType, cacheControl: times[kind] };
}
