import { addressOfPage, isPageStart } from "../feeds/pages/article-page.ts";
import { isRemovable } from "../plan/changes/removals.ts";
import { headersByKey } from "../plan/manifest/headers.ts";
import { hashOf, type Manifest } from "../plan/manifest/manifest.ts";
import { type Orphans, otherWiresIn } from "../plan/manifest/target.ts";
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
 * Finds out which files of the target are ours, and reads those that the manifest does not have: a run may have been cut after it wrote
 * pages, and a manifest may be lost or restored from a copy. Ours are the files in the manifest, and pages that say they are an article's
 * page, made by this program for exactly this key.
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

/** How many bytes contain the head of nearly every page. */
const enough = 65_536;
/** Longer than any page, in bytes: a larger file is not ours and is not read. */
const most = 50_000_000;

/** The decompressed beginning of a text, at least up to the end of a page's head; "" if the file changed since it was listed. */
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

/** Whether an address is that of the key, as a file or a folder, below the path of either base. The host may differ: a site may have moved. */
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
