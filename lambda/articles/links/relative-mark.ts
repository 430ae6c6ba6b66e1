import { escapeValue } from "../html/serialize.ts";
import { SELF } from "../model/article.ts";

/**
 * The mark of an address relative to the article's own, which only the catalog knows: `wireroom-self:` and the address, percent-encoded
 * down to letters, digits and `-._~%`. A place in the article itself is `wireroom-self:#place`.
 */
export function relativeMark(written: string): string {
  return `${SELF}${encodeURIComponent(written.toWellFormed()).replace(/['!()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** Whether an address is neither absolute nor rooted at the site (RFC 3986, 4.2), without tabs and line ends, as in the URL standard. */
export function isRelative(written: string): boolean {
  const address = written.replace(/[\t\n\r]/g, "").trim();
  return address !== "" && !/^(?:[a-z][a-z0-9+.-]*:|[/\\#])/i.test(address);
}

/** An article's url, if it has one, and the base of its relative links. */
export type Whereabouts = { readonly url: string | undefined; readonly base: string };

const MARK = /(?<=^|="|, )wireroom-self:(#[^",\s]*|[\w.~%-]*)/g;

/** Resolves every mark in an address. */
export function fromHome(address: string, { url, base }: Whereabouts): string {
  if (!address.includes(SELF)) return address;
  return address.replace(MARK, (whole, reference: string) => {
    if (reference.startsWith("#")) return url === undefined ? whole : `${url}${reference}`;
    return URL.parse(decoded(reference), base)?.href ?? base;
  });
}

const MARKED_TAG = /<[a-z][^<>]*wireroom-self:[^<>]*>/g;
const ATTRIBUTE = / (?:src|srcset|href|poster|cite)="([^"]*wireroom-self:[^"]*)"/g;

/** Resolves every mark in safe HTML. If the article has no url, links to places in it lose their address, so that no link is dead. */
export function htmlFromHome(html: string, home: Whereabouts): string {
  if (!html.includes(SELF)) return html;
  return html.replace(MARKED_TAG, (tag) =>
    tag.replace(ATTRIBUTE, (whole, value: string) => {
      if (value.startsWith(`${SELF}#`) && home.url === undefined) return "";
      // Commas separate the addresses of a srcset.
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
