import { htmlText } from "../model/text.ts";
import type { Urls } from "./page-frame.ts";

/** Readers that take a feed by a link, each with the address that subscribes to a feed (their own "subscribe" buttons use these). */
const READERS: readonly (readonly [name: string, address: (feed: string) => string])[] = [
  ["Feedly", (feed) => `https://feedly.com/i/subscription/feed%2F${encodeURIComponent(feed)}`],
  ["Inoreader", (feed) => `https://www.inoreader.com/?add_feed=${encodeURIComponent(feed)}`],
  ["NewsBlur", (feed) => `https://www.newsblur.com/?url=${encodeURIComponent(feed)}`],
  ["The Old Reader", (feed) => `https://theoldreader.com/feeds/subscribe?url=${encodeURIComponent(feed)}`],
  ["Feedbin", (feed) => `https://feedbin.com/?subscribe=${encodeURIComponent(feed)}`],
];

/** Hosts that no reader on the web reaches. */
const HERE = /^https?:\/\/(?:localhost|127\.|\[::1\])/i;

/** Links that subscribe to a feed in common readers, and `feed:` for programs on this device; none for a feed on this machine. */
export const readerLinks = (urls: Urls, words: { readonly subscribeWith: string; readonly readerHere: string }): readonly string[] => {
  const feed = urls.rss ?? urls.atom ?? urls.json;
  if (feed === undefined || HERE.test(feed)) return [];
  const links = [[words.readerHere, `feed:${feed}`] as const, ...READERS.map(([name, address]) => [name, address(feed)] as const)].map(
    ([name, href]) => `<a href="${htmlText(href)}">${htmlText(name)}</a>`,
  );
  return [`<p class="faint">${words.subscribeWith}</p>`, `<p class="row">${links.join(" ")}</p>`];
};
