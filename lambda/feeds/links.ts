import type { FeedDocument, Format } from "./feed.ts";
import { MEDIA_TYPE } from "./media-types.ts";
import { xmlAttributes } from "./text.ts";

export type Link = { readonly rel: string; readonly href: string; readonly type?: string; readonly hreflang?: string };

/**
 * Where a document leads, in one format: itself, its hub (WebSub, 4), the parts before and after it (RFC 5005, 4), the same
 * in other languages, the page for people, the licence (RFC 4946). `feed` can say the first two only.
 */
export const feedLinks = (document: FeedDocument, format: Format): readonly Link[] => {
  const type = MEDIA_TYPE[format];
  const self = document.urls[format];
  const translations = document.alternates.map(({ language, urls }) => ({ language, href: urls[format] }));
  return [
    ...link({ rel: "self", href: self, type }),
    ...link({ rel: "hub", href: document.hub }),
    ...link({ rel: "current", href: document.current?.[format], type }),
    ...link({ rel: "prev-archive", href: document.previous?.[format], type }),
    ...link({ rel: "next-archive", href: document.next?.[format], type }),
    ...translations
      .filter(({ href }) => href !== self)
      .flatMap(({ language, href }) => link({ rel: "alternate", href, type, hreflang: language })),
    ...link({ rel: "related", href: document.page, type: "text/html" }),
    ...link({ rel: "license", href: document.license }),
  ];
};

const link = ({ href, ...rest }: Omit<Link, "href"> & { readonly href: string | undefined }): readonly Link[] =>
  href === undefined ? [] : [{ ...rest, href }];

/** `name`: "link" in Atom, "atom:link" in RSS. */
export const linkElement = (name: string, { rel, href, type, hreflang }: Link): string =>
  `<${name}${xmlAttributes({ rel, type, hreflang, href })}/>`;
