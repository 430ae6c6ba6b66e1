import { SELF } from "../model/article.ts";
import { plainPath } from "./plain-address.ts";

const LINKS: ReadonlySet<string> = new Set(["http:", "https:", "mailto:", "tel:"]);
const FILES: ReadonlySet<string> = new Set(["http:", "https:"]);

/** Ghost exports write a placeholder for the site's address. */
export const onSite = (written: string): string => written.trim().replace(/^__GHOST_URL__(?=\/)/, "");

/** An absolute address with one of the protocols, as the URL standard serializes it; undefined if there is none. */
function resolve(written: string, base: string, protocols: ReadonlySet<string>): string | undefined {
  const address = onSite(written);
  if (plainPath(address) !== undefined) return address;
  const url = address === "" ? null : URL.parse(address, base);
  return url !== null && protocols.has(url.protocol) && isWritable(url) ? withoutSpaces(url) : undefined;
}

/**
 * Whether RFC 3986 allows what the URL standard has parsed. Everything after the host can be percent-encoded (feeds/model/address.ts). A host
 * cannot, although the standard lets it hold `"`, "`", "{" and "}"; nor can a broken user name.
 */
function isWritable({ hostname, username, password }: URL): boolean {
  return HOST.test(hostname) && USER.test(username) && USER.test(password);
}

const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=-]*)$/i;
const USER = /^(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*$/i;

/** The standard keeps spaces in `mailto:` and `tel:`, but no URI may hold one (RFC 3986). In a phone number they only help the eye. */
const withoutSpaces = ({ href, protocol }: URL): string => (protocol === "tel:" ? href.replaceAll(" ", "") : href.replaceAll(" ", "%20"));

/** The absolute address of a link. `#place` in the article itself becomes `SELF` and the fragment. */
export function absoluteLink(written: string, base: string): string | undefined {
  const address = written.trim();
  if (!address.startsWith("#")) return resolve(address, base, LINKS);
  // The URL standard percent-encodes what a fragment may not hold.
  return `${SELF}${new URL(address, "https://self.invalid/").hash || "#"}`;
}

/** The absolute address of a file to load or play. */
export const absoluteFile = (written: string, base: string): string | undefined => resolve(written, base, FILES);
