import type { Entry, FeedDocument } from "../../lambda/feeds/model/feed.ts";

/** An entry with the required values, and those that the test gives. */
export const anEntry = (says: Partial<Entry> = {}): Entry => ({
  id: "tag:wire.example,2026:articles/harvest",
  uri: "tag:wire.example,2026:articles/harvest",
  url: "https://wire.example/world/harvest/",
  title: "The harvest is in",
  summary: "Farmers of the valley brought in the last of the wheat.",
  html: "<p>Farmers of the valley brought in the last of the wheat.</p>",
  published: "2026-11-20T08:00:00.000Z",
  updated: "2026-11-21T09:30:00.000Z",
  language: "en",
  authors: [],
  tags: [],
  attachments: [],
  ...says,
});

/** A distinct entry: its id and url end in the number. */
export const anEntryNumbered = (number: number, says: Partial<Entry> = {}): Entry =>
  anEntry({
    id: `tag:wire.example,2026:articles/${number}`,
    uri: `tag:wire.example,2026:articles/${number}`,
    url: `https://wire.example/world/${number}/`,
    ...says,
  });

/** A window of one entry in three formats, with the values that the test gives. */
export const aFeed = (says: Partial<FeedDocument> = {}): FeedDocument => ({
  kind: "window",
  path: "all",
  urls: {
    rss: "https://feeds.wire.example/all/rss.xml",
    atom: "https://feeds.wire.example/all/atom.xml",
    json: "https://feeds.wire.example/all/feed.json",
  },
  id: "tag:wire.example,2026:feed/all",
  title: "The Wire",
  description: "News of the valley",
  site: "https://wire.example/",
  language: "en",
  updated: "2026-11-21T09:30:00.000Z",
  author: { name: "The Wire" },
  alternates: [],
  tombstones: [],
  entries: [anEntry()],
  ...says,
});
