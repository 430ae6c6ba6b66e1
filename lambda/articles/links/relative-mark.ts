import { escapeValue } from "../html/serialize.ts";
import { SELF } from "../model/article.ts";

/**
 * An address that is relative to the article's own, which only the catalog knows: `wireroom-self:` and the address as it was written,
 * encoded down to letters, figures and `-._~%`; of a place in the article itself `wireroom-self:#place`.
 */
export function relativeMark(written: string): string {
  return `${SELF}${encodeURIComponent(written.toWellFormed()).replace(/['!()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** Neither absolute nor from the top of the site (RFC 3986, 4.2), as the URL standard reads it: without tabs and line ends. */
export function isRelative(written: string): boolean {
  const address = written.replace(/[\t\n\r]/g, "").trim();
  return address !== "" && !/^(?:[a-z][a-z0-9+.-]*:|[/\\#])/i.test(address);
}

/** Where an article is: its url, if it has one, and the address against which its relative links are resolved. */
export type Whereabouts = { readonly url: string | undefined; readonly base: string };

const MARK = /(?<=^|="|, )wireroom-self:(#[^",\s]*|[\w.~%-]*)/g;

/** An address with the article's own in every mark's place. */
export function fromHome(address: string, { url, base }: Whereabouts): string {
  if (!address.includes(SELF)) return address;
  return address.replace(MARK, (whole, reference: string) => {
    if (reference.startsWith("#")) return url === undefined ? whole : `${url}${reference}`;
    return URL.parse(decoded(reference), base)?.href ?? base;
  });
}

const MARKED_TAG = /<[a-z][^<>]*wireroom-self:[^<>]*>/g;
const ATTRIBUTE = / (?:src|srcset|href|poster|cite)="([^"]*wireroom-self:[^"]*)"/g;

/** Safe HTML with the article's own address in every mark's place. A link to a place in it loses its address, where it has no url: no link leads nowhere. */
export function htmlFromHome(html: string, home: Whereabouts): string {
  if (!html.includes(SELF)) return html;
  return html.replace(MARKED_TAG, (tag) =>
    tag.replace(ATTRIBUTE, (whole, value: string) => {
      if (value.startsWith(`${SELF}#`) && home.url === undefined) return "";
      // A comma parts the addresses of a set.
      return whole.replace(MARK, (mark) => escapeValue(fromHome(mark, home)).replaceAll(",", whole.startsWith(" srcset") ? "%2C" : ","));
    }),
  );
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return "";
  }
}
