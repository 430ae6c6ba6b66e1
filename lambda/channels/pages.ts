import type { Finding } from "../articles/article.ts";
import type { Key } from "../stores/store.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import type { Site } from "./site.ts";

/** An article and the key under which its page is published. */
export type Placed = { readonly entry: CatalogEntry & { readonly url: string }; readonly key: Key };

/** Of whom there is a page: not of the withdrawn. */
const readable: readonly string[] = ["live", "kept", "missing"];

/** Folders that are no place for pages: media, what lies behind a partner's access, what RFC 8615 names. */
const closed = new Set(["media", "partners", ".well-known"]);

/**
 * Where each article's page goes, as far as the target serves its url and nothing else is there: feeds come first, then the articles
 * in the order of their publication, so that no newcomer takes an address away. `taken`: the keys of everything else.
 */
export function placePages(
  entries: readonly CatalogEntry[],
  site: Pick<Site, "url" | "feedUrl">,
  taken: readonly Key[],
): { readonly pages: readonly Placed[]; readonly notices: readonly Finding[] } {
  const room = openRoom(taken);
  const notices: Finding[] = [];
  const pages: Placed[] = [];
  for (const entry of entries.toReversed()) {
    const { url } = entry;
    if (url === undefined || !readable.includes(entry.state)) continue;
    const key = pageKeyOf(url, site);
    if (key !== undefined && room.take(key)) pages.push({ entry: { ...entry, url }, key });
    else notices.push(key === undefined ? elsewhere(entry, url) : occupied(entry, url));
  }
  return { pages: pages.toReversed(), notices };
}

/**
 * The key of a page under the target, which the hosts of `url` and of `feedUrl` serve: where they are one host, as `feedUrl` says.
 * Undefined for an address that the target does not answer.
 */
export function pageKeyOf(address: string, { url, feedUrl }: Pick<Site, "url" | "feedUrl">): Key | undefined {
  const { href, search, origin } = new URL(address);
  const base = new URL(feedUrl).origin === origin ? feedUrl : url;
  const path = href.split("#")[0] ?? "";
  if (!path.startsWith(base) || search !== "") return undefined;
  const rest = path.slice(base.length);
  try {
    const segments = (rest === "" || rest.endsWith("/") ? `${rest}index.html` : rest).split("/").map(decodeURIComponent);
    const key = segments.join("/");
    const sound = segments.every((segment) => /^[^/\0]+$/.test(segment) && segment !== "." && segment !== "..");
    return sound && !closed.has(segments[0] ?? "") && !/\.(gz|br)$/i.test(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Which keys are free: no key is another one's folder, and not every disk tells capital letters from small ones. */
function openRoom(taken: readonly Key[]) {
  const keys = new Set<string>();
  const folders = new Set<string>();
  const add = (key: string) => {
    keys.add(key);
    for (const folder of foldersOf(key)) folders.add(folder);
  };
  for (const key of taken) add(key.toLowerCase());
  const take = (written: Key): boolean => {
    const key = written.toLowerCase();
    if (keys.has(key) || folders.has(key) || foldersOf(key).some((folder) => keys.has(folder))) return false;
    add(key);
    return true;
  };
  return { take };
}

function foldersOf(key: string): readonly string[] {
  return key.split("/").map((_, index, segments) => segments.slice(0, index).join("/"));
}

function elsewhere({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page here: ${url} is not an address that this site's target serves.`;
  return { kind: "notice", code: "page-elsewhere", key: meta.key, message };
}

function occupied({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page: something else stands at ${url}.`;
  return { kind: "notice", code: "page-occupied", key: meta.key, message, hint: "Give it another slug or section, or another url." };
}
