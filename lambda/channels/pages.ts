import type { Finding } from "../articles/article.ts";
import { quoted } from "../articles/remark.ts";
import { fitsEveryStore, type Key } from "../stores/store.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { isReserved } from "./reserved.ts";
import type { Site } from "./site.ts";

/** An article and the key under which its page is published. */
export type Placed = { readonly entry: CatalogEntry & { readonly url: string }; readonly key: Key };

/** Of whom there is a page: not of the withdrawn. */
const readable: readonly string[] = ["live", "kept", "missing"];

/** Which articles have a page of their own and where; `homeless`: ids of those at whose address something else stands. */
export type Placing = { readonly pages: readonly Placed[]; readonly notices: readonly Finding[]; readonly homeless: ReadonlySet<string> };

/**
 * What is in the target: the id of the article whose page was last published under a key; what is not ours, where a page
 * cannot be a folder of it or lie below;
 * `theirs`: what an earlier run has looked at and found to be somebody else's, which no page takes the place of.
 */
export type Ground = {
  readonly holder: (key: Key) => string | undefined;
  readonly strangers: readonly Key[];
  readonly theirs: readonly Key[];
};

/**
 * Where each article's page goes, as far as the target serves its url and nothing else is there: what the wire publishes comes first,
 * then what is somebody else's, then whose page is there already, then the articles in the order in which
 * they were first seen. A date that somebody writes takes nobody's address away. `taken`: the keys of everything else.
 */
export function placePages(
  entries: readonly CatalogEntry[],
  site: Home,
  taken: readonly Key[],
  { holder, strangers, theirs }: Ground,
): Placing {
  const room = openRoom(taken, strangers, theirs);
  const notices: Finding[] = [];
  const placed = new Map<string, Placed>();
  const homeless = new Set<string>();
  const wanted = entries.flatMap((entry): readonly Placed[] => {
    if (entry.url === undefined || !readable.includes(entry.state)) return [];
    const key = pageKeyOf(entry.url, site);
    if (key === undefined) notices.push(elsewhere(entry, entry.url));
    // What the target would have to answer and cannot leads nowhere; what is another's is answered there.
    if (key === undefined && addressIn(entry.url, site) !== undefined) homeless.add(entry.id);
    return key === undefined ? [] : [{ entry: { ...entry, url: entry.url }, key }];
  });
  const holds = ({ entry, key }: Placed) => holder(key) === entry.id;
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

/** Who was first seen first, comes first. */
function bySight(pages: readonly Placed[]): readonly Placed[] {
  return pages.toReversed().sort((a, b) => (a.entry.since === b.entry.since ? 0 : a.entry.since < b.entry.since ? -1 : 1));
}

type Home = Pick<Site, "url" | "feedUrl" | "channels" | "permalink" | "moves" | "language" | "languages">;

/**
 * The key of a page under the target, which the hosts of `url` and of `feedUrl` serve: where they are one host, as `feedUrl` says.
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
    // Without an ending it is a folder, as the edge takes it, unless the newsroom's own addresses are all of that kind: no single article decides.
    const name = last === "" ? ["index.html"] : last.includes(".") || isBareOf(permalink) ? [last] : [last, "index.html"];
    return [...segments, ...name].join("/");
  } catch {
    return undefined;
  }
}

/** What an address has behind the one that the target answers for; undefined where it is another's. */
function addressIn(address: string, { url, feedUrl }: Pick<Site, "url" | "feedUrl">): string | undefined {
  const { href, origin } = new URL(address);
  const base = new URL(feedUrl).origin === origin ? feedUrl : url;
  const path = (href.split("#")[0] ?? "").replace(/\?$/, "");
  return path.startsWith(base) ? path.slice(base.length) : undefined;
}

/** Whether the newsroom's addresses end in neither a slash nor an ending. */
function isBareOf(permalink: string | undefined): boolean {
  return permalink !== undefined && !/(?:\/|\.[^/{}]*)$/.test(permalink);
}

/** Which keys are free: no key is another one's folder, and not every disk tells capital letters from small ones, or one way to write é from the other. */
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
  const message = `The article has no page here: ${url} is not an address that this site's target serves.`;
  return { kind: "notice", code: "page-elsewhere", key: meta.key, message };
}

function reservedFor({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page and no link: ${url} is an address that this wire, or who asks it, gives another meaning.`;
  return { kind: "notice", code: "page-reserved", key: meta.key, message, hint: "Give it another slug or section, or another url." };
}

function tooLong({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page and no link: no disk or bucket can hold the name that ${quoted(url)} asks for.`;
  const hint = "Give it a shorter slug or section, or another url: 252 bytes between slashes, 900 in all.";
  return { kind: "notice", code: "page-name-too-long", key: meta.key, message, hint };
}

function occupied({ meta }: CatalogEntry, url: string): Finding {
  const message = `The article has no page and no link: something else stands at ${url}.`;
  return { kind: "notice", code: "page-occupied", key: meta.key, message, hint: "Give it another slug or section, or another url." };
}
