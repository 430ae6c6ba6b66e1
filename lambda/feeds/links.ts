import type { Entry, FeedDocument } from "./feed.ts";
import { MEDIA_TYPE } from "./media-types.ts";
import { xmlAttributes } from "./text.ts";

export type Link = {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly hreflang?: string;
  readonly title?: string;
};

/**
 * Where a document leads, in one format: its site and the same feed in other languages, itself, its hub (WebSub, 4), the parts
 * before and after it (RFC 5005, 4), the page for people, the licence (RFC 4946). `feed` can say three of these.
 */
export const feedLinks = (document: FeedDocument, format: "rss" | "atom"): readonly Link[] => {
  const type = MEDIA_TYPE[format];
  const self = document.urls[format];
  const translations = document.alternates.flatMap(({ language, urls }) =>
    urls[format] === self ? [] : link({ rel: "alternate", href: urls[format], type, hreflang: language }),
  );
  return [
    ...alternates({ rel: "alternate", href: document.site, type: "text/html" }, translations, format),
    ...link({ rel: "self", href: self, type }),
    ...link({ rel: "hub", href: document.hub }),
    ...link({ rel: "current", href: document.current?.[format], type }),
    ...link({ rel: "prev-archive", href: document.previous?.[format], type }),
    ...link({ rel: "next-archive", href: document.next?.[format], type }),
    ...link({ rel: "related", href: document.page, type: "text/html" }),
    ...link({ rel: "license", href: document.license }),
  ];
};

/**
 * Where an entry leads, but for its files: its page, the same story in other languages, where it is talked about (RFC 4685, 4),
 * where it was taken from, its licence (RFC 4946). RSS has words of its own for the first and the third.
 */
export const entryLinks = (entry: Entry, format: "rss" | "atom"): readonly Link[] => {
  const { url, via } = entry;
  const own = link({ rel: "alternate", href: url, type: "text/html", hreflang: entry.language });
  const others = translationsOf(entry).map(({ language, url: href }) => ({
    rel: "alternate",
    href,
    type: "text/html",
    hreflang: language,
  }));
  return [
    ...own.flatMap((one) => alternates(one, others, format)),
    ...(format === "rss" ? [] : link({ rel: "replies", href: entry.comments, type: "text/html" })),
    // Not RSS's own `source`: that names the feed an item came from, by that feed's address, and this is a page (RSS 2.0, source).
    ...link({ rel: "via", href: via?.url, ...(via?.title === undefined || via.title === "" ? {} : { title: via.title }) }),
    ...link({ rel: "license", href: entry.license }),
  ];
};

/**
 * The same story elsewhere, once a language (RFC 4287, 4.1.2: no two alternates of one type and language). None for an entry
 * without a page: readers would open the translation for it.
 */
export const translationsOf = (entry: Entry): NonNullable<Entry["translations"]> =>
  (entry.url === undefined ? [] : (entry.translations ?? [])).filter(
    ({ language }, index, all) => language !== entry.language && all.findIndex((one) => one.language === language) === index,
  );

/**
 * Most readers take the first alternate for the page itself, newsboat and feedparser the last, and SimplePie prefers any to the
 * `link` of RSS; so the page stands on both sides of its translations, the second time bare, as two of one type and language may
 * not be. Where RSS has no translations its `link` is enough.
 */
const alternates = (own: Link, others: readonly Link[], format: "rss" | "atom"): readonly Link[] => {
  if (others.length === 0) return format === "rss" ? [] : [own];
  return [own, ...others, { rel: "alternate", href: own.href }];
};

const link = ({ href, ...rest }: Omit<Link, "href"> & { readonly href: string | undefined }): readonly Link[] =>
  href === undefined ? [] : [{ ...rest, href }];

/** Of Atom. */
export const linkElement = ({ rel, href, type, hreflang, title }: Link): string =>
  `<link${xmlAttributes({ rel, type, hreflang, title, href })}/>`;

/** In RSS. What is plain text there has hex references (RSS Profile, 2.2), for validators also where it is a link's title. */
export const rssLinkElement = ({ rel, href, type, hreflang, title }: Link): string => {
  const named = xmlAttributes({ title }).replaceAll("&amp;", "&#x26;").replaceAll("&lt;", "&#x3C;");
  return `<atom:link${xmlAttributes({ rel, type, hreflang })}${named}${xmlAttributes({ href })}/>`;
};
