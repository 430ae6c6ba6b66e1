/** What RFC 3986 lets stand in a URI as it is; brackets are for IPv6 hosts alone. */
const PROPER = /^[a-z][a-z0-9+.-]*:(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*)?$/i;
const IMPROPER = /[^\w.~:/?@!$&'()*+,;=%-]|%(?![0-9a-f]{2})/gi;

/**
 * An absolute address as an ASCII URI: a Cyrillic host in Punycode, a Cyrillic path in percent signs. RSS takes no other
 * (RSS 2.0, "Comments"), and validators of JSON Feed take no other. What is one already stays to the letter; what is no
 * address stays too, for the gate to refuse.
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
