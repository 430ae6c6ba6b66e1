import { chooseSources, folderOf, isIndex } from "../../articles/source.ts";
import type { SourceRecord } from "../../channels/catalog/ledger/record.ts";
import type { Medium, Picture } from "../../channels/media/media.ts";
import type { Site } from "../../channels/site/site.ts";
import type { CatalogCache } from "../../state/catalog-cache.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";
import { byCodeUnit } from "./intake.ts";

/** Above so many look-ups at once, a listing is cheaper. */
const fewLookUps = 2_000;

/**
 * The sources of the content, from the catalog of the last run and a look at the keys that notices name: nothing is listed. `cached`: the
 * records of the catalog that hold for this program and these settings. Undefined if only a listing can tell: nothing or another
 * program's state is known, the settings may have changed, or a key is one whose earlier state no record shows.
 */
export async function listingFromNamed(
  keys: readonly Key[],
  content: Store,
  { fingerprint, records, media, passedOver }: CatalogCache,
  heads: string,
  site: Site,
): Promise<readonly Listed[] | undefined> {
  const named = [...new Set(keys)].map((key) => ({ key, version: "", size: 0, settled: true }));
  if (fingerprint !== heads || passedOver === undefined || named.length > fewLookUps) return undefined;
  // What is not taken is counted in every report.
  if (keys.includes(siteFile) || chooseSources(named, site).notTaken.length > 0) return undefined;
  const found = (await inParallel(named, ({ key }) => content.find(key))).filter((one) => one !== undefined);
  const anew = new Set(named.map(({ key }) => key));
  const there = new Set(found.map(({ key }) => key));
  // Another file may take the place of a picture that is gone.
  if (media.some(({ key }) => anew.has(key) && !there.has(key))) return undefined;
  const known = records.flatMap(({ key, version }) => (anew.has(key) ? [] : [{ key, version, size: 0, settled: true }]));
  const before = await withoutGonePages(known, found, records, content, site);
  return [...before, ...found, ...(await unnoticedBeside([...before, ...found], records, content, site))].sort(byCodeUnit);
}

/**
 * The known files without index pages that are gone and not noticed yet: a neighbour that comes or goes decides whether an index page is an
 * article, so that it is read again.
 */
async function withoutGonePages(
  known: readonly Listed[],
  found: readonly Listed[],
  records: readonly SourceRecord[],
  content: Store,
  site: Site,
): Promise<readonly Listed[]> {
  const { soleInFolder } = chooseSources([...known, ...found], site);
  const wasSole = new Map(records.map(({ key, sole }) => [key, sole === true]));
  const again = known.filter(({ key }) => isIndex(key) && wasSole.get(key) !== soleInFolder.has(key));
  const gone = await inParallel(again, async ({ key }) => ((await content.find(key)) === undefined ? [key] : []));
  const absent = new Set(gone.flat());
  return absent.size === 0 ? known : known.filter(({ key }) => !absent.has(key));
}

/**
 * Articles beside an index page that would now be the only article of its folder: they may be there already, and not noticed yet. Each
 * such folder is listed.
 */
async function unnoticedBeside(
  listing: readonly Listed[],
  records: readonly SourceRecord[],
  content: Store,
  site: Site,
): Promise<readonly Listed[]> {
  const known = new Set(records.flatMap(({ key, sole }) => (sole === true ? [key] : [])));
  const folders = new Set([...chooseSources(listing, site).soleInFolder].filter((key) => !known.has(key)).map(folderOf));
  if (folders.size === 0) return [];
  const there = new Set(listing.map(({ key }) => key));
  const beside = await inParallel([...folders], async (folder) =>
    (await content.list(folder)).filter(({ key }) => folderOf(key) === folder && !there.has(key)),
  );
  return [...chooseSources(beside.flat(), site).articles];
}

const siteFile = "site.yaml";

/**
 * The records without files that have moved: a new file with the same bytes has been noticed, but the end of the old one not yet. Else an
 * article that moved would count as a second one.
 */
export async function withoutMoved(
  records: readonly SourceRecord[],
  before: readonly SourceRecord[],
  content: Store,
): Promise<readonly SourceRecord[]> {
  const known = new Map(before.map((record) => [record.key, record]));
  const fresh = records.filter((record) => !known.has(record.key)).flatMap((record) => (record.kind === "article" ? [record.source] : []));
  if (fresh.length === 0) return records;
  const sources = new Set(fresh);
  const twins = records.filter((record) => record.kind === "article" && known.has(record.key) && sources.has(record.source));
  const gone = await inParallel(twins, async ({ key }) => ((await content.find(key)) === undefined ? [key] : []));
  const moved = new Set(gone.flat());
  return moved.size === 0 ? records : records.filter(({ key }) => !moved.has(key));
}

/** The files of references that neither the listing nor the catalog knows: a new article may show a picture that was there before. */
export async function findPictures(content: Store, pictures: readonly Picture[], cached: readonly Medium[]): Promise<readonly Listed[]> {
  const known = new Set(cached.map(({ key }) => key.normalize("NFC")));
  const unknown = pictures.filter(({ places, listed }) => listed === undefined && !places.some((place) => known.has(place)));
  const keys = [...new Set(unknown.flatMap(({ places }) => places.flatMap((place) => [place, place.normalize("NFD")])))];
  if (keys.length > fewLookUps) return content.list();
  return (await inParallel(keys, (key) => content.find(key))).filter((one) => one !== undefined);
}
