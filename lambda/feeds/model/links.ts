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
 * The links of a document in one format: its site and the same feed in other languages, itself, its hub (WebSub, 4), the parts
 * before and after it (RFC 5005, 4), the page for people, the licence (RFC 4946) and that for machines. `feed` can write only three of these.
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
    // RSL defines elements for RSS alone; in Atom it is linked as in HTML and in HTTP.
    ...link({ rel: "license", href: document.rsl, type: "application/rsl+xml" }),
  ];
};

/**
 * The links of an entry except its files: its page, the same story in other languages, its discussion (RFC 4685, 4), its source,
 * its licence (RFC 4946). RSS has its own elements for the first and the third.
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
    // Not RSS's own `source`: that names the feed an item came from by the address of the feed, but this is a page (RSS 2.0,
    // source).
    ...link({ rel: "via", href: via?.url, ...(via?.title === undefined || via.title === "" ? {} : { title: via.title }) }),
    ...link({ rel: "license", href: entry.license }),
  ];
};

/**
 * The same story elsewhere, once per language (RFC 4287, 4.1.2: no two alternates with the same type and language). Empty for an
 * entry without a page: readers would open the translation instead.
 */
export const translationsOf = (entry: Entry): NonNullable<Entry["translations"]> =>
  (entry.url === undefined ? [] : (entry.translations ?? [])).filter(
    ({ language }, index, all) => language !== entry.language && all.findIndex((one) => one.language === language) === index,
  );

/**
 * Most readers take the first alternate as the page itself, newsboat and feedparser take the last, and SimplePie prefers any
 * alternate to the `link` of RSS. So the page stands before and after its translations, the second time without type and
 * language, because no two may have the same. In RSS an entry without translations needs only its `link`.
 */
const alternates = (own: Link, others: readonly Link[], format: "rss" | "atom"): readonly Link[] => {
  if (others.length === 0) return format === "rss" ? [] : [own];
  return [own, ...others, { rel: "alternate", href: own.href }];
};

const link = ({ href, ...rest }: Omit<Link, "href"> & { readonly href: string | undefined }): readonly Link[] =>
  href === undefined ? [] : [{ ...rest, href }];

/** A link in Atom. */
export const linkElement = ({ rel, href, type, hreflang, title }: Link): string =>
  `<link${xmlAttributes({ rel, type, hreflang, title, href })}/>`;

/** A link in RSS. Its title has hex references, like plain text in RSS (RSS Profile, 2.2); validators expect them here too. */
export const rssLinkElement = ({ rel, href, type, hreflang, title }: Link): string => {
  const named = xmlAttributes({ title }).replaceAll("&amp;", "&#x26;").replaceAll("&lt;", "&#x3C;");
  return `<atom:link${xmlAttributes({ rel, type, hreflang })}${named}${xmlAttributes({ href })}/>`;
};
