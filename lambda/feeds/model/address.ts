/** The characters that RFC 3986 allows unescaped in a URI; it allows brackets only around an IPv6 host. */
const PROPER = /^[a-z][a-z0-9+.-]*:(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*)?$/i;
const IMPROPER = /[^\w.~:/?@!$&'()*+,;=%-]|%(?![0-9a-f]{2})/gi;

/**
 * An absolute address as an ASCII URI: the host in Punycode, the path percent-encoded. RSS requires this (RSS 2.0, "Comments"),
 * and so do validators of JSON Feed. A URI that is already correct stays to the letter. A text that is not an address stays too,
 * and the gate refuses it.
 */
export const asUri = (address: string): string => {
  if (PROPER.test(address) || !URL.canParse(address)) return address;
  const { href, hash } = new URL(address);
  const body = hash === "" ? href : href.slice(0, -hash.length);
  const path = body.indexOf("/", body.indexOf("://") + 3);
  const cut = path === -1 ? body.length : path;
  return body.slice(0, cut) + escaped(body.slice(cut)) + (hash === "" ? "" : `#${escaped(hash.slice(1))}`);
};

const escaped = (part: string): string => part.replace(IMPROPER, encodeURIComponent);
