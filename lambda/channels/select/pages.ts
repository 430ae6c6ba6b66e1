import type { Finding } from "../../articles/model/article.ts";
import { quoted } from "../../articles/model/remark.ts";
import { fitsEveryStore, type Key } from "../../stores/store.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import { isReserved } from "../site/reserved.ts";
import type { Site } from "../site/site.ts";

/** An article and the key under which its page is published. */
export type PlacedPage = { readonly entry: CatalogEntry & { readonly url: string }; readonly key: Key };

/** The states of articles that have a page; a withdrawn article has none. */
const readable: readonly string[] = ["live", "kept", "missing"];

/** Which articles have a page, and where; `homeless`: ids of articles whose address is taken by something else. */
export type PagePlacement = {
  readonly pages: readonly PlacedPage[];
  readonly notices: readonly Finding[];
  readonly homeless: ReadonlySet<string>;
};

/**
 * What the target holds: `holder`, the id of the article whose page was last published under a key; `strangers`, keys that are
 * not ours, which a page can neither contain nor lie below; `theirs`, keys that an earlier run found to belong to somebody else,
 * which no page replaces.
 */
export type OccupiedKeys = {
  readonly holder: (key: Key) => string | undefined;
  readonly strangers: readonly Key[];
  readonly theirs: readonly Key[];
};

/**
 * Decides where each article's page goes, if the target serves its url and nothing else is there. First come the other files that
 * we publish, then files of others, then pages that already exist, then the articles in the order of their first sight. So nobody
 * can take an address away by writing a date. `taken`: the keys of everything else.
 */
export function placePages(
  entries: readonly CatalogEntry[],
  site: Home,
  taken: readonly Key[],
  { holder, strangers, theirs }: OccupiedKeys,
): PagePlacement {
  const room = openRoom(taken, strangers, theirs);
  const notices: Finding[] = [];
  const placed = new Map<string, PlacedPage>();
  const homeless = new Set<string>();
  const wanted = entries.flatMap((entry): readonly PlacedPage[] => {
    if (entry.url === undefined || !readable.includes(entry.state)) return [];
    const key = pageKeyOf(entry.url, site);
    if (key === undefined) notices.push(elsewhere(entry, entry.url));
    // An address that the target would have to answer but cannot is a dead link; an address of another site is answered there.
    if (key === undefined && addressIn(entry.url, site) !== undefined) homeless.add(entry.id);
    return key === undefined ? [] : [{ entry: { ...entry, url: entry.url }, key }];
  });
  const holds = ({ entry, key }: PlacedPage) => holder(key) === entry.id;
  for (const page of [...wanted.filter(holds), ...bySight(wanted.filter((one) => !holds(one)))]) {
    const { entry, key } = page;
    const refusal = !fitsEveryStore(key) ? tooLong : isReserved(key, site) ? reservedFor : room.take(key) ? undefined : occupied;
    if (refusal === undefined) placed.set(entry.id, page);
    else {
      homeless.add(entry.id);
      notices.push(refusal(entry, entry.url));
    }
  }
  return { pages: wanted.filter(({ entry }) => placed.has(entry.id)), notices, homeless };
}

/** In the order of first sight. */
function bySight(pages: readonly PlacedPage[]): readonly PlacedPage[] {
  return pages.toReversed().sort((a, b) => (a.entry.since === b.entry.since ? 0 : a.entry.since < b.entry.since ? -1 : 1));
}

type Home = Pick<Site, "url" | "feedUrl" | "channels" | "permalink" | "moves" | "language" | "languages">;

/**
 * The key of a page in the target, which the hosts of `url` and `feedUrl` serve; if both have one host, `feedUrl` decides.
 * Undefined for an address that the target does not answer, as the edge function reads addresses (lambda/edge).
 */
export function pageKeyOf(address: string, { url, feedUrl, permalink }: Pick<Site, "url" | "feedUrl" | "permalink">): Key | undefined {
  const rest = addressIn(address, { url, feedUrl });
  if (rest === undefined || rest.includes("?")) return undefined;
  try {
    const segments = rest.split("/").map(decodeURIComponent);
    const isSound = (segment: string) => /^[^/\\\p{Cc}]+$/u.test(segment) && segment !== "." && segment !== "..";
    const last = segments.pop() ?? "";
    if (!segments.every(isSound) || (last !== "" && !isSound(last))) return undefined;
    // A path without a file extension is a folder, as at the edge, unless the permalink of the site makes such addresses; no
    // single article decides this.
    const name = last === "" ? ["index.html"] : last.includes(".") || isBareOf(permalink) ? [last] : [last, "index.html"];
    return [...segments, ...name].join("/");
  } catch {
    return undefined;
  }
}

/** The part of an address after the base that the target answers for; undefined for an address elsewhere. */
function addressIn(address: string, { url, feedUrl }: Pick<Site, "url" | "feedUrl">): string | undefined {
  const { href, origin } = new URL(address);
  const base = new URL(feedUrl).origin === origin ? feedUrl : url;
  const path = (href.split("#")[0] ?? "").replace(/\?$/, "");
  return path.startsWith(base) ? path.slice(base.length) : undefined;
}

/** Whether the addresses of the site end in neither a slash nor a file extension. */
function isBareOf(permalink: string | undefined): boolean {
  return permalink !== undefined && !/(?:\/|\.[^/{}]*)$/.test(permalink);
}

/**
 * Decides which keys are free: no key is the folder of another one, and some disks ignore case or Unicode normalization (two ways
 * to write é).
 */
function openRoom(taken: readonly Key[], strangers: readonly Key[], theirs: readonly Key[]) {
  const keys = new Set<string>();
  const folders = new Set<string>();
  const files = new Set<string>();
  const below = (key: string) => {
    files.add(key);
    for (const folder of foldersOf(key)) folders.add(folder);
  };
  const add = (key: string) => {
    keys.add(key);
    below(key);
  };
  for (const key of taken) add(folded(key));
  for (const key of strangers) below(folded(key));
  for (const key of theirs) keys.add(folded(key));
  const take = (written: Key): boolean => {
    const key = folded(written);
    if (keys.has(key) || folders.has(key) || foldersOf(key).some((folder) => files.has(folder))) return false;
    add(key);
    return true;
  };
  return { take };
}

const folded = (key: Key): string => key.normalize("NFC").toLowerCase();

function foldersOf(key: string): readonly string[] {
  return key.split("/").map((_, index, segments) => segments.slice(0, index).join("/"));
}

function elsewhere({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page here: this site's target does not serve the address ${url}.`;
  return { kind: "notice", code: "page-elsewhere", key: meta.key, message };
}

function reservedFor({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page and no link: ${url} has another meaning for this wire or for its readers.`;
  return { kind: "notice", code: "page-reserved", key: meta.key, message, hint: "Give it another slug or section, or another url." };
}

function tooLong({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page and no link: no disk or bucket can hold the name in ${quoted(url)}.`;
  const hint = "Give it a shorter slug or section, or another url: at most 252 bytes between slashes and 900 in total.";
  return { kind: "notice", code: "page-name-too-long", key: meta.key, message, hint };
}

function occupied({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page and no link: there is something else at ${url}, which was left untouched.`;
  return { kind: "notice", code: "page-occupied", key: meta.key, message, hint: "Give it another slug or section, or another url." };
}
