import type { MediaReference } from "../articles/links/media-mark.ts";
import { mayShow } from "../channels/catalog/ledger/record.ts";
import { mediumKey, placesOf } from "../channels/media/media.ts";
import type { CatalogCache } from "../state/catalog-cache.ts";
import { catalogsOverTime } from "../state/over-time.ts";
import type { Key, Store } from "../stores/store.ts";

/** An erased article's id, the digests under which it was kept, the media that the site itself shows, and its static folders. */
type Own = {
  readonly id: string;
  readonly digests: ReadonlySet<string>;
  readonly ofSite: readonly MediaReference[];
  readonly folders: readonly string[];
};

/**
 * Published copies of the pictures, sounds and films of all editions of an article, as far as the store keeps old catalogs. A copy is named
 * after its bytes, so only the catalogs tell which file it was made from. Leaves out each copy that another article or the site shows or has shown.
 */
export async function copiesOverTime(state: Store, own: Own): Promise<readonly Key[]> {
  const [ours, others] = [new Set<Key>(), new Set<Key>()];
  for await (const { records, known, media } of catalogsOverTime(state)) {
    const { mine, theirs } = references({ records, known }, own);
    for (const medium of media) {
      const key = medium.key.normalize("NFC");
      (mine.has(key) && !theirs.has(key) ? ours : others).add(mediumKey(medium));
    }
  }
  return [...ours].filter((copy) => !others.has(copy)).sort();
}

function references({ records, known }: Pick<CatalogCache, "records" | "known">, { id, digests, ofSite, folders }: Own) {
  const [mine, theirs] = [new Set<Key>(), new Set(ofSite.flatMap((one) => placesOf(one, folders)))];
  const said = [
    ...records.flatMap((record) =>
      record.kind === "article" ? [{ own: digests.has(record.meta.digest), media: mayShow(record.meta) }] : [],
    ),
    ...Object.entries(known).map(([one, meta]) => ({ own: one === id, media: mayShow(meta) })),
  ];
  for (const { own, media } of said) for (const place of media.flatMap((one) => placesOf(one, folders))) (own ? mine : theirs).add(place);
  return { mine, theirs };
}
