/** A program that fetches feeds, by the name that it sends (User-Agent). */
export type Reader = { readonly name: string; readonly agent: string };

/** Our own name: every examination begins with it, so that an operator who reads the log knows who asked. */
export const doctorAgent = "Wireroom-Doctor (examines feeds when a person asks)";

/**
 * Ten readers that many people use, and a browser. The names are those that the programs send, as their source or the logs of feed
 * hosts show them; numbers of versions and subscribers are examples. Bot filters go by such names: reference, Ghost#23365.
 */
export const readers: readonly Reader[] = [
  { name: "NetNewsWire", agent: "NetNewsWire (RSS Reader; https://netnewswire.com/)" },
  { name: "Feedly", agent: "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 1 subscribers; like FeedFetcher-Google)" },
  { name: "Inoreader", agent: "Mozilla/5.0 (compatible; inoreader.com; 1 subscribers)" },
  { name: "NewsBlur", agent: "NewsBlur Feed Fetcher - 1 subscriber - https://www.newsblur.com/site/1/ (Mozilla/5.0)" },
  { name: "Feedbin", agent: "Feedbin feed-id:1 - 1 subscribers" },
  { name: "Miniflux", agent: "Mozilla/5.0 (compatible; Miniflux/2.2.0; +https://miniflux.app)" },
  { name: "FreshRSS", agent: "FreshRSS/1.26.0 (Linux; https://freshrss.org)" },
  { name: "Tiny Tiny RSS", agent: "Tiny Tiny RSS/24.02 (https://tt-rss.org/)" },
  { name: "Thunderbird", agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0" },
  { name: "feedparser", agent: "feedparser/6.0.11 +https://github.com/kurtmckee/feedparser/" },
  {
    name: "a browser",
    agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  },
];
