import { addressOfPage, isPageStart } from "../feeds/pages/article-page.ts";
import { isRemovable } from "../plan/changes/removals.ts";
import { headersByKey } from "../plan/manifest/headers.ts";
import { hashOf, type Manifest } from "../plan/manifest/manifest.ts";
import type { Orphans } from "../plan/manifest/target.ts";
import { decompressStart, encodingOf, plainOf } from "../plan/manifest/variants.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Listed, Store } from "../stores/store.ts";

type Around = {
  readonly target: Store;
  readonly listing: readonly Listed[];
  readonly wanted: ReadonlySet<Key>;
  readonly manifest: Manifest;
  readonly site: Bases;
};
type Bases = { readonly url: string; readonly feedUrl: string };

/**
 * Tells what of the target is ours by looking at it: a run that was cut may have written pages that no manifest knows, and a manifest may
 * be lost, or put back. Ours is what the manifest vouches for, and what says itself that it is the page of an article, made by this
 * program for this very key.
 */
export async function orphansIn({ target, listing, wanted, manifest, site }: Around): Promise<Orphans> {
  const files = new Map(Object.entries(manifest.files));
  const before = new Map(Object.entries(manifest.strangers));
  const others = otherWiresIn(listing);
  const beside = listing.filter(({ key }) => {
    const file = files.get(plainOf(key));
    return (
      !wanted.has(key) && !wanted.has(plainOf(key)) && !key.startsWith("media/") && (file === undefined || isRemovable(plainOf(key), file))
    );
  });
  const seen = await inParallel(beside, async (listed) => {
    const { key, version } = listed;
    const file = files.get(plainOf(key));
    if (file !== undefined && [file.version, ...Object.values(file.variants ?? {})].includes(version)) return { listed, ours: true };
    if (before.get(key) === version || others.some((folder) => key.startsWith(folder))) return { listed, ours: false };
    const text = await startOf(target, listed, file !== undefined);
    const address = addressOfPage(text);
    const own = address !== undefined && isAt(plainOf(key), address, site);
    if (own) return { listed, ours: true, ...(file === undefined ? { address } : {}) };
    return { listed, ours: file !== undefined && hashOf(Buffer.from(text), headersByKey(plainOf(key))) === file.hash };
  });
  const strange = seen.filter(({ ours, listed }) => !ours && listed.settled);
  return {
    ours: new Map(seen.flatMap(({ ours, listed }) => (ours ? [[listed.key, listed.version]] : []))),
    addresses: new Map(seen.flatMap(({ listed, address }) => (address === undefined ? [] : [[listed.key, address]]))),
    strangers: Object.fromEntries(strange.map(({ listed }) => [listed.key, listed.version])),
  };
}

/** The folders that are the targets of other wires: their pages are made as ours are, and lie at addresses below ours. */
function otherWiresIn(listing: readonly Listed[]): readonly string[] {
  const found = listing.flatMap(({ key }) => /^(?!media\/)(.+\/)(?:edge\.json|status\.json|feeds\.opml)$/.exec(key)?.[1] ?? []);
  return [...new Set(found)];
}

/** Bytes that hold the head of nearly every page. */
const enough = 65_536;
/** More than any page is long: a larger file of somebody else's is not read. */
const most = 50_000_000;

/** The beginning of a text, decompressed, to the end of a page's head at least; "" where it changed since it was listed. */
async function startOf(target: Store, { key, version, size }: Listed, whole: boolean): Promise<string> {
  const encoding = encodingOf(key);
  for (const last of [whole ? size : enough, size]) {
    if (last > most) return "";
    const found = await target.read(key, last < size ? { first: 0, last: last - 1 } : undefined);
    if (found?.version !== version) return "";
    const bytes = encoding === undefined ? found.bytes : decompressStart(found.bytes, encoding);
    const text = Buffer.from(bytes ?? []).toString("utf8");
    if (last >= size || !isPageStart(text) || text.includes("</head>")) return text;
  }
  return "";
}

/** Whether an address leads to that key, as a file or a folder, below the paths of either base: a host may have changed its name. */
function isAt(key: Key, address: string, { url, feedUrl }: Bases): boolean {
  const path = URL.parse(address)?.pathname;
  if (path === undefined) return false;
  return [url, feedUrl].some((base) => {
    const below = new URL(base).pathname;
    try {
      const rest = decodeURIComponent(path.slice(below.length));
      return path.startsWith(below) && [rest, `${rest.replace(/(?<=[^/])$/, "/")}index.html`].includes(key);
    } catch {
      return false;
    }
  });
}
