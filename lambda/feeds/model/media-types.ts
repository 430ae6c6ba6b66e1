import type { Format } from "./feed.ts";

/** The media type of each format, without charset, as a link to such a document gives it (RFC 4287, 4.2.7.3). */
export const MEDIA_TYPE: Readonly<Record<Format, string>> = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
};
