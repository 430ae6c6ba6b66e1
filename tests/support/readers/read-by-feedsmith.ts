import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import type { Format } from "../../../lambda/feeds/model/feed.ts";
import type { ListedEntry, ListedFile } from "../a-listing.ts";

/** A feed file as feedsmith reads it, in the shape of the listing. */
export type Read = Pick<ListedFile, "address" | "older" | "entries">;

export const readByFeedsmith = (text: string, format: Format): Read => READERS[format](text);

const READERS: Readonly<Record<Format, (text: string) => Read>> = {
  rss: (text) => {
    const { items = [], atom } = parseRssFeed(text);
    return {
      ...placeOf(atom?.links),
      entries: items.map((item): ListedEntry => {
        // RSS allows one enclosure; the others are in media:content, with the lead image.
        const further = (item.media?.contents ?? []).filter(({ medium }) => medium !== "image");
        return {
          id: item.guid?.value ?? "",
          title: item.title ?? "",
          link: item.link ?? null,
          published: instant(item.pubDate),
          updated: instant(item.atom?.updated),
          authors: item.dc?.creators ?? [],
          categories: (item.categories ?? []).map(({ name = "" }) => name),
          enclosures: [
            // RSS requires a length, so an unknown one is 0.
            ...(item.enclosures ?? []).map(({ url = "", type = "", length }) => ({
              url,
              type,
              bytes: length === 0 ? null : (length ?? null),
            })),
            ...further.map(({ url = "", type = "", fileSize }) => ({ url, type, bytes: fileSize ?? null })),
          ],
        };
      }),
    };
  },
  atom: (text) => {
    const { entries = [], links } = parseAtomFeed(text);
    return {
      ...placeOf(links),
      entries: entries.map((entry): ListedEntry => {
        const related = (rel: string) => (entry.links ?? []).filter((link) => link.rel === rel);
        return {
          id: entry.id ?? "",
          title: entry.title?.value ?? "",
          link: related("alternate").at(0)?.href ?? null,
          published: instant(entry.published),
          updated: instant(entry.updated),
          authors: (entry.authors ?? []).map(({ name = "" }) => name),
          categories: (entry.categories ?? []).map(({ term = "" }) => term),
          enclosures: related("enclosure").map(({ href = "", type = "", length }) => ({ url: href, type, bytes: length ?? null })),
        };
      }),
    };
  },
  json: (text) => {
    const { items = [], feed_url, next_url } = parseJsonFeed(text);
    return {
      address: feed_url ?? "",
      older: next_url ?? null,
      entries: items.map((item): ListedEntry => {
        const attachments = item.attachments ?? [];
        return {
          id: item.id ?? "",
          title: item.title ?? "",
          link: item.url ?? null,
          published: instant(item.date_published),
          updated: instant(item.date_modified),
          authors: (item.authors ?? []).map(({ name = "" }) => name),
          categories: item.tags ?? [],
          enclosures: attachments.map(({ url = "", mime_type = "", size_in_bytes }) => ({
            url,
            type: mime_type,
            bytes: size_in_bytes ?? null,
          })),
        };
      }),
    };
  },
};

type Link = { readonly rel?: string | undefined; readonly href?: string | undefined };

/** Atom and RSS put the RFC 5005 relations in links. */
function placeOf(links: readonly Link[] = []): Pick<Read, "address" | "older"> {
  const at = (rel: string) => links.find((link) => link.rel === rel)?.href;
  return { address: at("self") ?? "", older: at("prev-archive") ?? null };
}

function instant(written: unknown): string {
  return new Date(String(written)).toISOString();
}
